/** The permissions that AWS's pages give to a replication role, by page, with the bucket and key policies beside them. */
import type { Place, Replicator } from '../../src/iam/replication.ts';
import { OURS, ROLE, THEIRS, allow, to } from './build.ts';

const organization = 'unknown';
export const replicator: Replicator = { arn: ROLE, account: OURS, organization, tags: 'unknown' };
export const source: Place = {
  arn: 'arn:aws:s3:::amzn-s3-demo-source-bucket',
  account: OURS,
  region: 'us-east-1',
  organization,
};
export const destination: Place = {
  arn: 'arn:aws:s3:::amzn-s3-demo-destination-bucket',
  account: OURS,
  region: 'us-west-2',
  organization,
};
export const elsewhere: Place = { ...destination, account: THEIRS };
export const sourceKey: Place = { ...source, arn: `arn:aws:kms:us-east-1:${OURS}:key/1234` };
export const replicaKey: Place = { ...destination, arn: `arn:aws:kms:us-west-2:${OURS}:key/5678` };

const readsConfiguration = allow(['s3:GetReplicationConfiguration', 's3:ListBucket'], [source.arn]);

/** setting-repl-config-perm-overview.html, step 2: the role. */
export const minimal = [
  readsConfiguration,
  allow(
    ['s3:GetObjectVersionForReplication', 's3:GetObjectVersionAcl', 's3:GetObjectVersionTagging'],
    [`${source.arn}/*`],
  ),
  allow(['s3:ReplicateObject', 's3:ReplicateDelete', 's3:ReplicateTags'], `${destination.arn}/*`),
];

/** The same page: the trust, of S3 and of S3 with its batches. */
export const trusts = ['s3.amazonaws.com', ['s3.amazonaws.com', 'batchoperations.s3.amazonaws.com']].map(
  (Service) => ({
    Effect: 'Allow',
    Principal: { Service },
    Action: 'sts:AssumeRole',
  }),
);

/** The same page, step 3: the policy of a destination in another account. */
export const destinationPolicy = [
  allow(['s3:ReplicateDelete', 's3:ReplicateObject'], `${destination.arn}/*`, {
    Sid: 'Permissions on objects',
    ...to(ROLE),
  }),
  allow(['s3:List*', 's3:GetBucketVersioning', 's3:PutBucketVersioning'], destination.arn, {
    Sid: 'Permissions on bucket',
    ...to(ROLE),
  }),
];

/** object-lock-managing.html#object-lock-managing-replication: two more on the source. */
export const lock = [allow(['s3:GetObjectRetention', 's3:GetObjectLegalHold'], `${source.arn}/*`)];

/** replication-change-owner.html: the role, and the destination's policy, which names the account. */
export const owner = [
  allow(['s3:GetObjectVersionForReplication', 's3:GetObjectVersionAcl'], [`${source.arn}/*`]),
  allow(['s3:ListBucket', 's3:GetReplicationConfiguration'], [source.arn]),
  allow(
    [
      's3:ReplicateObject',
      's3:ReplicateDelete',
      's3:ObjectOwnerOverrideToBucketOwner',
      's3:ReplicateTags',
      's3:GetObjectVersionTagging',
    ],
    `${destination.arn}/*`,
  ),
];
export const ownerPolicy = [
  allow(
    [
      's3:ReplicateObject',
      's3:ReplicateDelete',
      's3:ObjectOwnerOverrideToBucketOwner',
      's3:ReplicateTags',
      's3:GetObjectVersionTagging',
    ],
    [`${destination.arn}/*`],
    to(OURS),
  ),
];

const viaS3 = (region: string, arn: string): object => ({
  Condition: {
    StringLike: { 'kms:ViaService': `s3.${region}.amazonaws.com`, 'kms:EncryptionContext:aws:s3:arn': [arn] },
  },
});

/** replication-config-for-kms-objects.html#replication-walkthrough-4: the role. */
export const kms = [
  allow(
    [
      's3:ListBucket',
      's3:GetReplicationConfiguration',
      's3:GetObjectVersionForReplication',
      's3:GetObjectVersionAcl',
      's3:GetObjectVersionTagging',
    ],
    [source.arn, `${source.arn}/*`],
  ),
  allow(['s3:ReplicateObject', 's3:ReplicateDelete', 's3:ReplicateTags'], `${destination.arn}/*`, {
    Condition: {
      StringLikeIfExists: {
        's3:x-amz-server-side-encryption': ['aws:kms', 'AES256', 'aws:kms:dsse'],
        's3:x-amz-server-side-encryption-aws-kms-key-id': [replicaKey.arn],
      },
    },
  }),
  allow(['kms:Decrypt'], [sourceKey.arn], viaS3('us-east-1', `${source.arn}/*`)),
  allow(['kms:Encrypt'], [replicaKey.arn], viaS3('us-west-2', `${destination.arn}/*`)),
];

/** The same page, #kms-replication-examples: SSE-S3 and SSE-KMS under a prefix, and with Bucket Keys. */
export const kmsUnderPrefix = kmsExample(`${source.arn}/Tax*`, `${destination.arn}/Tax*`);
export const kmsWithBucketKeys = kmsExample(source.arn, destination.arn);

function kmsExample(read: string, written: string): readonly object[] {
  return [
    readsConfiguration,
    allow(['s3:GetObjectVersionForReplication', 's3:GetObjectVersionAcl'], [`${source.arn}/Tax*`]),
    allow(['s3:ReplicateObject', 's3:ReplicateDelete'], `${destination.arn}/Tax*`),
    allow(['kms:Decrypt'], [sourceKey.arn], viaS3('us-east-1', read)),
    allow(['kms:Encrypt'], [replicaKey.arn], viaS3('us-west-2', written)),
  ];
}

/** kms/latest/developerguide/key-policy-default.html: the account may use its policies. */
export const keyPolicy = [
  allow('kms:*', '*', { Sid: 'Enable IAM User Permissions', ...to(`arn:aws:iam::${OURS}:root`) }),
];
/** replication-troubleshoot.html: a key of another account names the role. */
export const foreignKeyPolicy = [
  allow('kms:*', '*', to(`arn:aws:iam::${THEIRS}:root`)),
  allow(['kms:GenerateDataKey', 'kms:Encrypt'], '*', {
    Sid: 'AllowS3ReplicationSourceRoleToUseTheKey',
    ...to(ROLE),
  }),
];
/** The same page: what that role needs of its own. */
export const troubleshootRole = [
  allow(['kms:Decrypt', 'kms:GenerateDataKey'], [sourceKey.arn]),
  allow(['kms:GenerateDataKey', 'kms:Encrypt'], [replicaKey.arn]),
];
