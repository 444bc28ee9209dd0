/** A healthy pair of buckets in two accounts and Regions, as AWS would describe it. */
import type { ReplicationConfiguration, ReplicationRule } from '../model/aws.ts';
import type { BucketFacts, ObjectFacts, RoleFacts } from '../model/facts.ts';

/** Names and values of the healthy pair. */
export const healthy = {
  source: { name: 'orders', account: '111122223333', region: 'eu-west-1' },
  destination: { name: 'orders-replica', account: '444455556666', region: 'eu-central-1' },
  role: 'arn:aws:iam::111122223333:role/orders-replication',
  at: '2026-01-01T00:00:00.000Z',
} as const;

const replicationRule: ReplicationRule = {
  ID: 'everything',
  Priority: 1,
  Filter: {},
  Status: 'Enabled',
  DeleteMarkerReplication: { Status: 'Disabled' },
  Destination: {
    Bucket: `arn:aws:s3:::${healthy.destination.name}`,
    Metrics: { Status: 'Enabled' },
  },
};

/** Facts of either bucket; the source's replication comes on top. */
export const bucketFacts: BucketFacts = {
  replication: null,
  encryption: {
    Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' }, BucketKeyEnabled: false }],
  },
  versioning: { Status: 'Enabled' },
  objectLock: null,
  requestPayment: { Payer: 'BucketOwner' },
  lifecycle: null,
  tagging: null,
};

const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 's3.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});

/** Nothing is missing. */
export const objectFacts: ObjectFacts = {
  backfill: {
    compared: 3000,
    missing: 0,
    pending: 0,
    pendingMinutes: 1440,
    ineligible: 0,
    exact: true,
    examples: [],
  },
};

/** The role exists and trusts S3. */
export const roleFacts: RoleFacts = { definition: { Arn: healthy.role, AssumeRolePolicyDocument: trust } };

/** A configuration of one rule that takes everything, changed. */
export function replicationOf(rule: Partial<ReplicationRule> | undefined): ReplicationConfiguration {
  return { Role: healthy.role, Rules: [{ ...replicationRule, ...rule }] };
}
