/** Makes a bucket as the layout describes it, but for its routes and what keeps house in it. */
import {
  CreateBucketCommand,
  PutBucketEncryptionCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutObjectLockConfigurationCommand,
  type BucketLocationConstraint,
  type S3Client,
  type ServerSideEncryptionRule,
} from '@aws-sdk/client-s3';
import type { Clients } from './clients.ts';
import type { Directory } from './directory.ts';
import { policy } from './document.ts';
import type { DemoBucket } from './layout/bucket.ts';
import { acceptReplicas } from './policies.ts';
import { dataAlias } from './security.ts';

/** Creates and configures a bucket. */
export async function makeBucket(clients: Clients, directory: Directory, bucket: DemoBucket): Promise<void> {
  const s3 = clients.s3(bucket);
  const { name: Bucket, tags = {} } = bucket;
  await createBucket(s3, bucket);
  // Object Lock has switched versioning on already.
  if (bucket.unversioned !== true && bucket.objectLock === undefined) {
    const VersioningConfiguration = { Status: 'Enabled' } as const;
    await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
  }
  if (bucket.encryption !== undefined || bucket.blocksSseC === true) {
    const ServerSideEncryptionConfiguration = { Rules: [encryptionRule(directory, bucket)] };
    await s3.send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration }));
  }
  if (bucket.ownership !== undefined) {
    const OwnershipControls = { Rules: [{ ObjectOwnership: bucket.ownership }] };
    await s3.send(new PutBucketOwnershipControlsCommand({ Bucket, OwnershipControls }));
  }
  if (typeof bucket.objectLock === 'number') {
    const Mode = bucket.governance === true ? 'GOVERNANCE' : 'COMPLIANCE';
    const Rule = { DefaultRetention: { Mode, Days: bucket.objectLock } } as const;
    const ObjectLockConfiguration = { ObjectLockEnabled: 'Enabled', Rule } as const;
    await s3.send(new PutObjectLockConfigurationCommand({ Bucket, ObjectLockConfiguration }));
  }
  const TagSet = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  if (TagSet.length > 0) await s3.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet } }));
  const sources = directory.sourcesOf(bucket).map((account) => clients.idOf(account));
  if (sources.length > 0) {
    await s3.send(new PutBucketPolicyCommand({ Bucket, Policy: policy(acceptReplicas(Bucket, sources)) }));
  }
}

async function createBucket(s3: S3Client, { name, region, objectLock }: DemoBucket): Promise<void> {
  // Every Region that the layout names is one of the SDK's list.
  const LocationConstraint = region as BucketLocationConstraint;
  await s3.send(
    new CreateBucketCommand({
      Bucket: name,
      ...(region === 'us-east-1' ? {} : { CreateBucketConfiguration: { LocationConstraint } }),
      ...(objectLock !== undefined ? { ObjectLockEnabledForBucket: true } : {}),
      ...(name.endsWith('-an') ? { BucketNamespace: 'account-regional' } : {}),
    }),
  );
}

function encryptionRule(directory: Directory, bucket: DemoBucket): ServerSideEncryptionRule {
  const { encryption, blocksSseC } = bucket;
  const key = keyOf(directory, bucket);
  const SSEAlgorithm =
    encryption === undefined ? 'AES256' : encryption.startsWith('dsse') ? 'aws:kms:dsse' : 'aws:kms';
  return {
    ApplyServerSideEncryptionByDefault: {
      SSEAlgorithm,
      ...(key === undefined ? {} : { KMSMasterKeyID: key }),
    },
    BucketKeyEnabled: ['kms', 'kms by alias', 'dsse with bucket key'].includes(encryption ?? ''),
    ...(blocksSseC === true ? { BlockedEncryptionTypes: { EncryptionType: ['SSE-C'] } } : {}),
  };
}

function keyOf(directory: Directory, { encryption, account, region }: DemoBucket): string | undefined {
  if (encryption === undefined || encryption === 'kms under aws/s3') return undefined;
  return encryption === 'kms by alias' ? dataAlias : directory.key(account, region);
}
