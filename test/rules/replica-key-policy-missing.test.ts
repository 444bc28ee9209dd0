import { applied, hasJq } from './remedies/applied.ts';
import { expect, it } from 'vitest';
import { describeRule } from './describe-rule.ts';
import { deny, ours, policyAnd, roleOf, statementsOf } from './permission/situations.ts';
import rule from '../../rules/replica-key-policy-missing.ts';
import { allow, ownersKeyPolicy, policyOf, withReplicaKey } from '../../rules/shared/example.ts';
import { healthy, tryRule } from '../../src/tester.ts';

const base = { replicationRule: withReplicaKey() };
const key = (policy: string, grants: readonly object[] = []) => ({
  ...base,
  replicaKey: { policy, grants: grants as never },
});
const toRole = { Principal: { AWS: healthy.role } };
const encrypt = { ...allow('kms:Encrypt', '*'), ...toRole };
const grant = { GrantId: 'g-1', GranteePrincipal: healthy.role, Operations: ['Encrypt'] };

const named = (name: string): object => ({ Principal: { AWS: `arn:aws:iam::111122223333:${name}` } });

describeRule(rule, {
  pass: [
    { name: 'the role is named', ...base },
    { name: 'its account is named', ...key(policyOf({ ...encrypt, Principal: { AWS: ours } })) },
    { name: 'one of the rights is another rule’s matter', ...key(policyOf(encrypt)) },
    { name: 'a grant', ...key(ownersKeyPolicy, [grant]) },
    { name: 'whatever the role may by itself', ...base, role: roleOf([]) },
    {
      name: 'a Deny is another rule’s',
      ...key(policyAnd('replicaKey', deny('kms:*', '*', { Principal: '*' }))),
    },
    {
      name: 'so is a condition that S3 does not meet',
      ...key(
        policyOf({
          ...encrypt,
          Condition: { StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } },
        }),
      ),
    },
  ],
  fail: [
    {
      name: 'its owner is named alone',
      ...key(ownersKeyPolicy),
      message:
        "Role 'orders-replication' may not kms:Encrypt or kms:GenerateDataKey on 'arn:aws:kms:eu-central-1:444455556666:key/66666666-7777-8888-9999-000000000000': the policy of the key 'arn:aws:kms:eu-central-1:444455556666:key/66666666-7777-8888-9999-000000000000', of account 444455556666, does not allow it. Objects of 'orders' that are encrypted with KMS will not reach 'orders-replica'.",
    },
    {
      name: 'the role under another path',
      ...key(
        policyOf({
          ...allow(['kms:Encrypt', 'kms:GenerateDataKey'], '*'),
          ...named('role/service-role/orders-replication'),
        }),
      ),
      message: [
        "/66666666-7777-8888-9999-000000000000' allows 'role/service-role/orders-replication', but the role's ARN is 'role/orders-replication'. Objects",
      ],
    },
    {
      name: 'a role that was deleted',
      ...key(policyOf({ ...allow('kms:*', '*'), Principal: { AWS: 'AROAEXAMPLEEXAMPLE123' } })),
      message: ["' allows 'AROAEXAMPLEEXAMPLE123', a role that was deleted, but the role's ARN is"],
    },
    {
      name: 'the role may decrypt alone',
      ...key(policyOf({ ...allow('kms:Decrypt', '*'), ...toRole })),
      message: ['kms:Encrypt or kms:GenerateDataKey'],
    },
    {
      name: 'a grant to another role',
      ...key(ownersKeyPolicy, [{ ...grant, GranteePrincipal: 'arn:aws:iam::111122223333:role/backup' }]),
      message: ['does not allow it'],
    },
  ],
  notApplicable: [
    {
      name: 'a key of the role’s own account',
      replicationRule: withReplicaKey('arn:aws:kms:eu-central-1:111122223333:key/1'),
      replicaKey: { policy: ownersKeyPolicy },
    },
    { name: 'no key is named', replicaKey: { policy: ownersKeyPolicy } },
    {
      name: 'the route leaves such objects out',
      ...key(ownersKeyPolicy),
      replicationRule: { ...withReplicaKey(), SourceSelectionCriteria: undefined },
    },
    { name: 'the role does not exist', ...key(ownersKeyPolicy), role: { definition: null, policies: null } },
    {
      name: 'the key does not exist',
      ...base,
      replicaKey: { description: null, policy: null, grants: null },
    },
  ],
  unknown: [
    { name: 'the policy is denied', ...key(ownersKeyPolicy), denied: ['replicaKey.policy'] },
    { name: 'the grants are denied', ...key(ownersKeyPolicy), denied: ['replicaKey.grants'] },
  ],
  undetermined: [
    {
      name: 'the policy cannot be read',
      ...key('{'),
      message: [
        'The policy of the key ',
        "' is malformed at line 1, column 2, so nobody can say what it allows: ",
      ],
    },
    {
      name: 'the policy cannot be read, and may deny what a grant allows',
      ...key('[]', [{ ...grant, Operations: ['Encrypt', 'GenerateDataKey'] }]),
      message: ["' is malformed at line 1, column 1, "],
    },
  ],
});

it.skipIf(!hasJq)('adds to the key what encrypting and a Bucket Key take', () => {
  const outcome = tryRule(rule, key(ownersKeyPolicy));
  const fix = 'finding' in outcome ? outcome.finding.fix : null;
  expect(fix?.cli).toContain(
    'aws kms put-key-policy --key-id arn:aws:kms:eu-central-1:444455556666:key/66666666-7777-8888-9999-000000000000 --policy-name default --region eu-central-1 ',
  );
  const after = applied([fix?.cli], { policy: ownersKeyPolicy });
  expect(statementsOf(after ?? '')).toEqual([
    ...statementsOf(ownersKeyPolicy),
    {
      Sid: 'Replication',
      Effect: 'Allow',
      ...toRole,
      Action: ['kms:Encrypt', 'kms:GenerateDataKey', 'kms:Decrypt'],
      Resource: '*',
    },
  ]);
});
