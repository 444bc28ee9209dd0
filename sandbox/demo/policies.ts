/** The policy documents of the demo. */

/** The text of a policy with these statements. */
export function policy(...Statement: readonly object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement });
}

/** The trust policy of a role that this principal may assume. */
export function trust(Principal: object, Condition?: object): string {
  return policy({
    Effect: 'Allow',
    Principal,
    Action: 'sts:AssumeRole',
    ...(Condition ? { Condition } : {}),
  });
}

/** What a replication role needs: https://docs.aws.amazon.com/AmazonS3/latest/userguide/setting-repl-config-perm-overview.html */
export const replicationPermissions = policy(
  {
    Effect: 'Allow',
    Action: ['s3:GetReplicationConfiguration', 's3:ListBucket'],
    Resource: 'arn:aws:s3:::acme-*',
  },
  {
    Effect: 'Allow',
    Action: [
      's3:GetObjectVersionForReplication',
      's3:GetObjectVersionAcl',
      's3:GetObjectVersionTagging',
      's3:GetObjectRetention',
      's3:GetObjectLegalHold',
    ],
    Resource: 'arn:aws:s3:::acme-*/*',
  },
  {
    Effect: 'Allow',
    Action: [
      's3:ReplicateObject',
      's3:ReplicateDelete',
      's3:ReplicateTags',
      's3:ObjectOwnerOverrideToBucketOwner',
    ],
    Resource: ['arn:aws:s3:::acme-*/*', 'arn:aws:s3:::initech-inbound/*'],
  },
  { Effect: 'Allow', Action: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey'], Resource: '*' },
);

/** Convenient, and far too much. */
export const everything = policy(
  { Effect: 'Allow', Action: 's3:*', Resource: '*' },
  { Effect: 'Allow', Action: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey'], Resource: '*' },
);

/** A destination that takes replicas from the roles of other accounts. */
export function acceptReplicas(bucket: string, sources: readonly string[]): object {
  return acceptReplicasOf(bucket, sources.map(rootOf));
}

/** The same for principals of any kind. */
export function acceptReplicasOf(bucket: string, AWS: readonly string[]): object {
  return {
    Sid: 'TakeReplicas',
    Effect: 'Allow',
    Principal: { AWS },
    Action: [
      's3:ReplicateObject',
      's3:ReplicateDelete',
      's3:ReplicateTags',
      's3:ObjectOwnerOverrideToBucketOwner',
    ],
    Resource: `arn:aws:s3:::${bucket}/*`,
  };
}

/** A destination that its owners shut too tightly: nobody but they may ask whether it is versioned, or list its versions. */
export function denyReads(bucket: string, owner: string): object {
  return {
    Sid: 'OnlyTheOwners',
    Effect: 'Deny',
    Principal: '*',
    Action: ['s3:GetBucketVersioning', 's3:ListBucketVersions'],
    Resource: `arn:aws:s3:::${bucket}`,
    Condition: { StringNotEquals: { 'aws:PrincipalArn': owner } },
  };
}

/** What everybody may read. */
export function openToEverybody(bucket: string): object {
  return {
    Sid: 'Website',
    Effect: 'Allow',
    Principal: '*',
    Action: 's3:GetObject',
    Resource: `arn:aws:s3:::${bucket}/*`,
  };
}

/** Nobody may touch the objects but from the company's endpoint, or in this role. */
export function onlyOurEndpoint(bucket: string, role?: string): object {
  return {
    Sid: 'OnlyOurEndpoint',
    Effect: 'Deny',
    Principal: '*',
    Action: ['s3:GetObject', 's3:PutObject', 's3:Replicate*'],
    Resource: `arn:aws:s3:::${bucket}/*`,
    Condition: {
      StringNotEquals: { 'aws:SourceVpce': 'vpce-0acme0acme0acme00' },
      ...(role === undefined ? {} : { ArnNotEquals: { 'aws:PrincipalArn': role } }),
    },
  };
}

/** Of a key: nobody may use it but from the office. */
export const officeOnly = {
  Sid: 'OfficeOnly',
  Effect: 'Deny',
  Principal: '*',
  Action: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey'],
  Resource: '*',
  Condition: { NotIpAddress: { 'aws:SourceIp': '198.51.100.0/24' } },
};

/** A key that its account administers, and that the roles of the sources' accounts may use. */
export function keyPolicy(owner: string, sources: readonly string[], more: readonly object[] = []): string {
  return policy(
    { Effect: 'Allow', Principal: { AWS: rootOf(owner) }, Action: 'kms:*', Resource: '*' },
    {
      Effect: 'Allow',
      Principal: { AWS: [owner, ...sources].map(rootOf) },
      Action: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey'],
      Resource: '*',
    },
    ...more,
  );
}

function rootOf(account: string): string {
  return `arn:aws:iam::${account}:root`;
}
