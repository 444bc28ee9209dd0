/** The statements of the demo's bucket policies. */
import { rootOf } from './document.ts';
import { readConfiguration, readMore, readVersions } from './permissions.ts';

const replicate = ['s3:ReplicateObject', 's3:ReplicateDelete', 's3:ReplicateTags'];
const changeOwner = 's3:ObjectOwnerOverrideToBucketOwner';

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
    Action: [...replicate, changeOwner],
    Resource: `arn:aws:s3:::${bucket}/*`,
  };
}

/** A destination that becomes the owner of replicas below a prefix only. */
export function acceptToOwn(bucket: string, AWS: readonly string[], prefix: string): readonly object[] {
  const Resource = `arn:aws:s3:::${bucket}/*`;
  return [
    { Sid: 'TakeReplicas', Effect: 'Allow', Principal: { AWS }, Action: replicate, Resource },
    {
      Sid: 'OwnReplicas',
      Effect: 'Allow',
      Principal: { AWS },
      Action: changeOwner,
      Resource: `arn:aws:s3:::${bucket}/${prefix}*`,
    },
  ];
}

/** A source that lets another account's role replicate it. */
export function letReplicate(bucket: string, AWS: string): readonly object[] {
  const Resource = `arn:aws:s3:::${bucket}`;
  return [
    { Sid: 'Configuration', Effect: 'Allow', Principal: { AWS }, Action: readConfiguration, Resource },
    {
      Sid: 'Objects',
      Effect: 'Allow',
      Principal: { AWS },
      Action: [...readVersions, ...readMore],
      Resource: `${Resource}/*`,
    },
  ];
}

/** Nobody may delete what is there, by replication neither. */
export function keepEverything(bucket: string): object {
  return {
    Sid: 'KeepEverything',
    Effect: 'Deny',
    Principal: '*',
    Action: ['s3:DeleteObject', 's3:DeleteObjectVersion', 's3:ReplicateDelete'],
    Resource: `arn:aws:s3:::${bucket}/*`,
  };
}

/** Nobody may lock an object for longer. */
export function lockNoLonger(bucket: string, days: number): object {
  return {
    Sid: 'LockNoLonger',
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:PutObjectRetention',
    Resource: `arn:aws:s3:::${bucket}/*`,
    Condition: { NumericGreaterThan: { 's3:object-lock-remaining-retention-days': String(days) } },
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
