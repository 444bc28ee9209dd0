/** Parts of the rules' examples: the healthy pair with a key for its replicas. */
import type {
  EncryptionConfiguration,
  KeyDescription,
  ReplicationConfiguration,
  ReplicationDestination,
  ReplicationRule,
  RolePolicies,
} from '../../src/model/aws.ts';
import type { Situation } from '../../src/rule.ts';

export const replicaKeyArn = 'arn:aws:kms:eu-central-1:444455556666:key/66666666-7777-8888-9999-000000000000';

export const sourceKeyArn = 'arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555';

/** A replication rule that takes KMS objects, and this key for their replicas. */
export function withReplicaKey(key = replicaKeyArn): Partial<ReplicationRule> {
  return {
    SourceSelectionCriteria: { SseKmsEncryptedObjects: { Status: 'Enabled' } },
    Destination: {
      Bucket: 'arn:aws:s3:::orders-replica',
      EncryptionConfiguration: { ReplicaKmsKeyID: key },
    },
  };
}

/** A usable key, changed. */
export function describedKey(Arn: string, changed: Partial<KeyDescription> = {}): KeyDescription {
  return {
    Arn,
    KeyState: 'Enabled',
    KeySpec: 'SYMMETRIC_DEFAULT',
    KeyUsage: 'ENCRYPT_DECRYPT',
    KeyManager: 'CUSTOMER',
    ...changed,
  };
}

/** The text of a policy. */
export function policyOf(...Statement: readonly object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement });
}

/** A role that may do this and nothing else. */
export function roleMay(...statements: readonly object[]): { readonly policies: RolePolicies } {
  return {
    policies: {
      Inline: [{ Name: 'replication', Document: policyOf(...statements) }],
      Attached: [],
      Boundary: null,
    },
  };
}

/** A statement that allows. */
export function allow(
  Action: string | readonly string[],
  Resource: string | readonly string[],
  Condition?: object,
): object {
  return { Effect: 'Allow', Action, Resource, ...(Condition === undefined ? {} : { Condition }) };
}

/** The role of the healthy pair. */
export const roleArn = 'arn:aws:iam::111122223333:role/orders-replication';

/** SSE-KMS with a Bucket Key. */
export const kmsSource = kmsWith(sourceKeyArn);
export const kmsDestination = kmsWith(replicaKeyArn);

/** SSE-KMS with a key of one's own. */
export function kmsWith(KMSMasterKeyID: string, BucketKeyEnabled = true): EncryptionConfiguration {
  return {
    Rules: [
      { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID }, BucketKeyEnabled },
    ],
  };
}

/** A key that leaves everything to the account of the destination, and nothing to others. */
export const ownersKeyPolicy = leftTo('444455556666');

/** A key that leaves everything to the policies of the source's account. */
export const accountKeyPolicy = leftTo('111122223333');

function leftTo(account: string): string {
  return policyOf({
    Sid: 'Account',
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${account}:root` },
    Action: 'kms:*',
    Resource: '*',
  });
}

/** The pair with SSE-KMS and a Bucket Key at both ends. */
export const encryptedPair = {
  source: { encryption: kmsSource },
  replicationRule: withReplicaKey(),
  destination: { encryption: kmsDestination },
};

/** The pair with SSE-KMS, whose role may decrypt the source's objects under a condition and do all with the replicas' key. */
export function decryptingUnder(condition: object): Situation {
  return {
    ...encryptedPair,
    sourceKey: { policy: accountKeyPolicy },
    role: roleMay(allow('kms:Decrypt', sourceKeyArn, condition), mayEncryptReplicas()),
  };
}

/** All that replication does with the replicas' key. */
export function mayEncryptReplicas(condition?: object): object {
  return allow(['kms:Encrypt', 'kms:GenerateDataKey', 'kms:Decrypt'], replicaKeyArn, condition);
}

/** A condition on the encryption context of S3. */
export function inContext(...arns: readonly string[]): object {
  return { StringLike: { 'kms:EncryptionContext:aws:s3:arn': arns } };
}

/** A destination that replicates on into another bucket. */
export function replicatingOn(
  Bucket: string,
  changed: Partial<ReplicationRule> = {},
): { readonly replication: ReplicationConfiguration } {
  return {
    replication: {
      Role: 'arn:aws:iam::444455556666:role/replica-replication',
      Rules: [{ Status: 'Enabled', Filter: {}, Priority: 1, ...changed, Destination: { Bucket } }],
    },
  };
}

/** A configuration of these rules, each a complete one of version 2 that takes everything, changed. */
export function replicating(...rules: readonly Partial<ReplicationRule>[]): {
  readonly replication: ReplicationConfiguration;
} {
  return {
    replication: {
      Role: 'arn:aws:iam::111122223333:role/orders-replication',
      Rules: rules.map((changed, index) => ({
        ID: `rule-${index + 1}`,
        Priority: index + 1,
        Filter: {},
        Status: 'Enabled',
        DeleteMarkerReplication: { Status: 'Disabled' },
        Destination: toReplica(),
        ...changed,
      })),
    },
  };
}

/** The healthy destination, changed. */
export function toReplica(changed: Partial<ReplicationDestination> = {}): ReplicationDestination {
  return { Bucket: 'arn:aws:s3:::orders-replica', Metrics: { Status: 'Enabled' }, ...changed };
}
