/** The policies that stand around a replication role in an organization: three levels, a boundary, both ends. */
import { isMalformed, parsePolicy, type Kind, type Policy } from '../src/iam/policy.ts';
import { UNGOVERNED, type Layers } from '../src/iam/request.ts';

export const OURS = '111122223333';
export const THEIRS = '444455556666';
export const NAMES = {
  role: `arn:aws:iam::${OURS}:role/service-role/replication`,
  source: 'arn:aws:s3:::orders',
  replica: 'arn:aws:s3:::orders-replica',
  sourceKey: `arn:aws:kms:us-east-1:${OURS}:key/1234`,
  replicaKey: `arn:aws:kms:eu-west-1:${THEIRS}:key/5678`,
} as const;

function policy(kind: Kind, name: string, ...Statement: readonly object[]): Policy {
  const parsed = parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement }), name, kind);
  if (isMalformed(parsed)) throw new Error(parsed.malformed);
  return parsed;
}

const allow = (Action: string | readonly string[], Resource: string, more: object = {}): object => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});
const deny = (
  Action: string | readonly string[],
  Resource: string | readonly string[],
  more = {},
): object => ({
  Effect: 'Deny',
  Action,
  Resource,
  ...more,
});
const to = (AWS: string): object => ({ Principal: { AWS } });

const full = policy('identity', 'FullAWSAccess', allow('*', '*'));
const regions = policy('identity', 'regions', {
  Effect: 'Deny',
  NotAction: ['iam:*', 'organizations:*', 'route53:*', 'support:*', 'cloudfront:*', 'sts:*'],
  Resource: '*',
  Condition: {
    StringNotEquals: { 'aws:RequestedRegion': ['us-east-1', 'us-west-2', 'eu-west-1'] },
    ArnNotLike: { 'aws:PrincipalArn': ['arn:aws:iam::*:role/admin/*'] },
  },
});
const guard = policy(
  'identity',
  'guard',
  deny(['organizations:LeaveOrganization', 'account:*'], '*'),
  deny(['s3:PutBucketPublicAccessBlock', 's3:DeleteBucketPolicy'], '*'),
  deny(['kms:ScheduleKeyDeletion', 'kms:DisableKey'], '*'),
);

const rcpFull = policy('resource', 'RCPFullAWSAccess', allow('*', '*', { Principal: '*' }));
const perimeter = policy(
  'resource',
  'perimeter',
  deny(['s3:*', 'kms:*'], '*', {
    Principal: '*',
    Condition: {
      StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-example' },
      BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
    },
  }),
  deny('s3:*', '*', { Principal: '*', Condition: { BoolIfExists: { 'aws:SecureTransport': 'false' } } }),
);

const viaS3 = (region: string, bucket: string): object => ({
  Condition: {
    StringLike: {
      'kms:ViaService': `s3.${region}.amazonaws.com`,
      'kms:EncryptionContext:aws:s3:arn': [bucket, `${bucket}/*`],
    },
  },
});
const role = policy(
  'identity',
  'replication',
  allow(['s3:GetReplicationConfiguration', 's3:ListBucket'], NAMES.source),
  allow(
    ['s3:GetObjectVersionForReplication', 's3:GetObjectVersionAcl', 's3:GetObjectVersionTagging'],
    `${NAMES.source}/*`,
  ),
  allow(['s3:ReplicateObject', 's3:ReplicateDelete', 's3:ReplicateTags'], `${NAMES.replica}/*`),
  allow('kms:Decrypt', `arn:aws:kms:us-east-1:${OURS}:key/*`, viaS3('us-east-1', NAMES.source)),
  allow(['kms:Encrypt', 'kms:GenerateDataKey'], NAMES.replicaKey, viaS3('eu-west-1', NAMES.replica)),
);
const boundary = policy('identity', 'boundary', allow(['s3:*', 'kms:*', 'logs:*'], '*'));
const around: Layers = {
  ...UNGOVERNED,
  identity: [role],
  boundary,
  serviceControl: [[full, guard], [full, regions], [full]],
  resourceControl: [[rcpFull, perimeter], [rcpFull], [rcpFull]],
};

const onlyTls = (bucket: string): object =>
  deny('s3:*', [bucket, `${bucket}/*`], {
    Sid: 'OnlyTls',
    Principal: '*',
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  });
/** Somebody else's share of the bucket, which tells the objects apart for that somebody only. */
const readers = allow('s3:GetObject*', `${NAMES.source}/reports/*`, to(`arn:aws:iam::${OURS}:role/analysts`));

export const atSource: Layers = {
  ...around,
  resource: policy('resource', 'source', onlyTls(NAMES.source), readers),
};
export const atReplica: Layers = {
  ...around,
  resource: policy(
    'resource',
    'replica',
    onlyTls(NAMES.replica),
    allow(
      ['s3:ReplicateObject', 's3:ReplicateDelete', 's3:ReplicateTags'],
      `${NAMES.replica}/*`,
      to(NAMES.role),
    ),
  ),
};

const delegates = (account: string): object => allow('kms:*', '*', to(`arn:aws:iam::${account}:root`));
export const atSourceKey: Layers = { ...around, resource: policy('resource', 'source key', delegates(OURS)) };
export const atReplicaKey: Layers = {
  ...around,
  resource: policy(
    'resource',
    'replica key',
    delegates(THEIRS),
    allow(['kms:Encrypt', 'kms:GenerateDataKey'], '*', to(NAMES.role)),
  ),
};
