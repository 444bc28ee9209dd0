/** The healthy pair with SSE-KMS and Bucket Keys at both ends, whose role may use each key under a condition. */
import { ownStatements, policyAnd, roleOf, statementsOf, without } from './situations.ts';
import {
  accountKeyPolicy,
  allow,
  kmsDestination,
  kmsSource,
  kmsWith,
  policyOf,
  replicaKeyArn,
  sourceKeyArn,
  withReplicaKey,
} from '../../../rules/shared/example.ts';
import type { TestSituation } from '../../../src/tester.ts';

export const both: TestSituation = {
  source: { encryption: kmsSource },
  sourceKey: { policy: accountKeyPolicy },
  destination: { encryption: kmsDestination },
  replicationRule: withReplicaKey(),
};
/** Without Bucket Keys. */
export const neither: TestSituation = {
  ...both,
  source: { encryption: kmsWith(sourceKeyArn, false) },
  destination: { encryption: kmsWith(replicaKeyArn, false) },
};
/** With one at the source alone. */
export const sourceAlone: TestSituation = { ...both, destination: neither.destination ?? {} };

const decrypt = 'kms:Decrypt';
const encrypting = ['kms:Encrypt', 'kms:GenerateDataKey'];
const others = without(ownStatements, decrypt, ...encrypting);

/** A role that may use the keys under these conditions; without one it may as it likes. */
export function roleUnder(source?: object, replica?: object, verify: object | undefined = replica) {
  return {
    role: roleOf([
      ...others,
      allow(decrypt, sourceKeyArn, source),
      allow(encrypting, replicaKeyArn, replica),
      allow(decrypt, replicaKeyArn, verify),
    ]),
  };
}

/** Another account's key whose policy lets the role use it under a condition. */
export function replicaKeyUnder(Condition: object): TestSituation {
  const [owner, role] = statementsOf(policyAnd('replicaKey'));
  return { replicaKey: { policy: policyOf({ ...owner }, { ...role, Condition }) } };
}

export const context = (...arns: readonly string[]): object => ({
  StringLike: { 'kms:EncryptionContext:aws:s3:arn': arns },
});
export const via = (region: string): object => ({
  StringEquals: { 'kms:ViaService': `s3.${region}.amazonaws.com` },
});

/** What concerns none of these rules. */
export const silentElsewhere = [
  { name: 'the route leaves such objects out', source: { encryption: kmsSource } },
  {
    name: 'the role does not exist',
    ...both,
    role: { definition: null, policies: null },
  },
  {
    name: 'the role may not use either key at all, which is another rule’s',
    ...both,
    role: roleOf(others),
  },
] as const;
