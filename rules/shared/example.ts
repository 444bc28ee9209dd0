/** Parts of the rules' examples: the healthy pair with a key for its replicas. */
import type {
  KeyDescription,
  ReplicationConfiguration,
  ReplicationDestination,
  ReplicationRule,
} from '../../src/model/aws.ts';

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
