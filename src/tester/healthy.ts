/** A healthy pair of buckets in two accounts and Regions, as AWS would describe it. */
import { accountOf } from '../arn.ts';
import type { ReplicationConfiguration, ReplicationRule, RoleWithPolicies } from '../model/aws.ts';
import type { AccountFacts, BucketFacts, KeyFacts, ObjectFacts, RoleFacts } from '../model/facts.ts';

/** Names and values of the healthy pair. */
export const healthy = {
  source: { name: 'orders', account: '111122223333', region: 'eu-west-1' },
  destination: { name: 'orders-replica', account: '444455556666', region: 'eu-central-1' },
  role: 'arn:aws:iam::111122223333:role/orders-replication',
  /** Keys that a situation may name. */
  sourceKey: 'arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555',
  replicaKey: 'arn:aws:kms:eu-central-1:444455556666:key/66666666-7777-8888-9999-000000000000',
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

function policy(...Statement: readonly object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement });
}

const trust = policy({
  Effect: 'Allow',
  Principal: { Service: 's3.amazonaws.com' },
  Action: 'sts:AssumeRole',
});

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
  intelligentTiering: [],
  inventory: [],
  notification: {
    TopicConfigurations: [{ Events: ['s3:Replication:OperationFailedReplication'] }],
    QueueConfigurations: [],
    LambdaFunctionConfigurations: [],
  },
  logging: null,
  tagging: null,
  ownershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
  policy: null,
  policyStatus: null,
  publicAccessBlock: {
    BlockPublicAcls: true,
    IgnorePublicAcls: true,
    BlockPublicPolicy: true,
    RestrictPublicBuckets: true,
  },
};

/** Lets the role replicate into the destination, which is another account's. */
export const destinationPolicy = policy({
  Sid: 'Replicas',
  Effect: 'Allow',
  Principal: { AWS: healthy.role },
  Action: ['s3:ReplicateObject', 's3:ReplicateDelete', 's3:ObjectOwnerOverrideToBucketOwner'],
  Resource: `arn:aws:s3:::${healthy.destination.name}/*`,
});

const day = { from: '2025-12-31T00:00:00.000Z', to: healthy.at };

/** Nothing is missing, nothing failed in the last day, and the destination is seconds behind. */
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
  failedOperations: { ...day, sum: 0, datapoints: 24 },
  lag: {
    ...day,
    latency: { maximum: 40, latest: 4, datapoints: 24 },
    pendingBytes: { maximum: 1_000_000, latest: 0, datapoints: 24 },
  },
};

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/setting-repl-config-perm-overview.html */
const replicationPolicy = policy(
  {
    Sid: 'ReadConfiguration',
    Effect: 'Allow',
    Action: ['s3:GetReplicationConfiguration', 's3:ListBucket'],
    Resource: `arn:aws:s3:::${healthy.source.name}`,
  },
  {
    Sid: 'ReadObjects',
    Effect: 'Allow',
    Action: [
      's3:GetObjectVersionForReplication',
      's3:GetObjectVersionAcl',
      's3:GetObjectVersionTagging',
      's3:GetObjectVersionAnnotationForReplication',
      's3:GetObjectRetention',
      's3:GetObjectLegalHold',
    ],
    Resource: `arn:aws:s3:::${healthy.source.name}/*`,
  },
  {
    Sid: 'WriteReplicas',
    Effect: 'Allow',
    Action: ['s3:ReplicateObject', 's3:ReplicateDelete', 's3:ObjectOwnerOverrideToBucketOwner'],
    Resource: `arn:aws:s3:::${healthy.destination.name}/*`,
  },
  {
    Sid: 'Decrypt',
    Effect: 'Allow',
    Action: ['kms:Decrypt'],
    Resource: healthy.sourceKey,
    Condition: { StringEquals: { 'kms:ViaService': `s3.${healthy.source.region}.amazonaws.com` } },
  },
  {
    Sid: 'Encrypt',
    Effect: 'Allow',
    Action: ['kms:Encrypt', 'kms:GenerateDataKey', 'kms:Decrypt'],
    Resource: healthy.replicaKey,
    Condition: { StringEquals: { 'kms:ViaService': `s3.${healthy.destination.region}.amazonaws.com` } },
  },
);

/** The role exists, trusts S3, and may do what replication needs. */
export const roleFacts: RoleFacts = {
  definition: { Arn: healthy.role, AssumeRolePolicyDocument: trust, Tags: [] },
  policies: {
    Inline: [{ Name: 'replication', Document: replicationPolicy }],
    Attached: [],
    Boundary: null,
  },
};

/** A usable key of the account, whose policy lets the account's own policies decide and the role use it. */
export function keyFacts(arn: string): KeyFacts {
  return {
    description: {
      Arn: arn,
      KeyState: 'Enabled',
      KeySpec: 'SYMMETRIC_DEFAULT',
      KeyUsage: 'ENCRYPT_DECRYPT',
      KeyManager: 'CUSTOMER',
    },
    policy: policy(
      {
        Sid: 'Account',
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${accountOf(arn)}:root` },
        Action: 'kms:*',
        Resource: '*',
      },
      {
        Sid: 'Replication',
        Effect: 'Allow',
        Principal: { AWS: healthy.role },
        Action: ['kms:Encrypt', 'kms:GenerateDataKey', 'kms:Decrypt'],
        Resource: '*',
      },
    ),
    grants: [],
  };
}

const everything = [
  { Name: 'FullAWSAccess', Document: policy({ Effect: 'Allow', Action: '*', Resource: '*' }) },
];
const everythingOfAll = [
  {
    Name: 'RCPFullAWSAccess',
    Document: policy({ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }),
  },
];

/** A role with which S3 Batch Replication may send the source's objects again. */
export const batchRole: RoleWithPolicies = {
  Arn: `arn:aws:iam::${healthy.source.account}:role/batch-replication`,
  AssumeRolePolicyDocument: policy({
    Effect: 'Allow',
    Principal: { Service: 'batchoperations.s3.amazonaws.com' },
    Action: 'sts:AssumeRole',
  }),
  Tags: [],
  Policies: {
    Inline: [
      {
        Name: 'batch-replication',
        Document: policy(
          {
            Effect: 'Allow',
            Action: 's3:InitiateReplication',
            Resource: `arn:aws:s3:::${healthy.source.name}/*`,
          },
          {
            Effect: 'Allow',
            Action: ['s3:GetReplicationConfiguration', 's3:PutInventoryConfiguration'],
            Resource: `arn:aws:s3:::${healthy.source.name}`,
          },
          { Effect: 'Allow', Action: 's3:PutObject', Resource: 'arn:aws:s3:::orders-reports/*' },
        ),
      },
    ],
    Attached: [],
    Boundary: null,
  },
};

/** An account below the root and one OU, limited by nothing. */
export const accountFacts: AccountFacts = {
  serviceControlPolicies: [everything, everything, everything],
  resourceControlPolicies: [everythingOfAll, everythingOfAll, everythingOfAll],
  publicAccessBlock: null,
  regions: ['ap-south-1', 'eu-central-1', 'eu-north-1', 'eu-west-1', 'us-east-1'].map((RegionName) => ({
    RegionName,
    RegionOptStatus: 'ENABLED_BY_DEFAULT',
  })),
  batchRoles: [],
};

/** A configuration of one rule that takes everything, changed. */
export function replicationOf(rule: Partial<ReplicationRule> | undefined): ReplicationConfiguration {
  return { Role: healthy.role, Rules: [{ ...replicationRule, ...rule }] };
}
