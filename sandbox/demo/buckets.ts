/** Makes a bucket as the layout describes it, but for its routes. */
import {
  CreateBucketCommand,
  PutBucketEncryptionCommand,
  PutBucketPolicyCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  type BucketLocationConstraint,
  type S3Client,
  type ServerSideEncryptionRule,
} from '@aws-sdk/client-s3';
import type { Clients } from './clients.ts';
import type { Directory } from './directory.ts';
import type { DemoBucket } from './layout/bucket.ts';
import { acceptReplicas, policy } from './policies.ts';

/** Creates and configures a bucket. */
export async function makeBucket(clients: Clients, directory: Directory, bucket: DemoBucket): Promise<void> {
  const s3 = clients.s3(bucket);
  const { name: Bucket, tags = {} } = bucket;
  await createBucket(s3, bucket);
  // Object Lock has switched versioning on already.
  if (bucket.unversioned !== true && bucket.objectLock !== true) {
    const VersioningConfiguration = { Status: 'Enabled' } as const;
    await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
  }
  if (bucket.encryption !== undefined) {
    const ServerSideEncryptionConfiguration = { Rules: [encryptionRule(directory, bucket)] };
    await s3.send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration }));
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
      ...(objectLock === true ? { ObjectLockEnabledForBucket: true } : {}),
      ...(name.endsWith('-an') ? { BucketNamespace: 'account-regional' } : {}),
    }),
  );
}

function encryptionRule(
  directory: Directory,
  { encryption, account, region }: DemoBucket,
): ServerSideEncryptionRule {
  const ApplyServerSideEncryptionByDefault = {
    SSEAlgorithm: encryption === 'dsse' ? 'aws:kms:dsse' : 'aws:kms',
    ...(encryption === 'kms under aws/s3' ? {} : { KMSMasterKeyID: directory.key(account, region) }),
  } as const;
  return { ApplyServerSideEncryptionByDefault, BucketKeyEnabled: encryption === 'kms' };
}
