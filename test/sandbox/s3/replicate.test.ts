import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  PutBucketEncryptionCommand,
  PutBucketReplicationCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
  type ReplicationRule,
  type S3Client,
} from '@aws-sdk/client-s3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Sandbox } from '../../../sandbox/server.ts';
import { startWithClient } from './client.ts';

let sandbox: Sandbox;
let s3: S3Client;
const on = { Status: 'Enabled' } as const;
const off = { Status: 'Disabled' } as const;

async function versioned(Bucket: string): Promise<void> {
  await s3.send(new CreateBucketCommand({ Bucket }));
  await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: on }));
}

beforeEach(async () => {
  ({ sandbox, s3 } = await startWithClient());
  for (const name of ['source', 'east', 'west']) await versioned(name);
});

afterEach(() => sandbox.close());

function rule(
  ID: string,
  Priority: number,
  changes: Partial<ReplicationRule> = {},
  to = 'east',
): ReplicationRule {
  const Destination = { Bucket: `arn:aws:s3:::${to}` };
  return { ...on, ID, Priority, Filter: {}, DeleteMarkerReplication: off, Destination, ...changes };
}

function replicate(Rules: ReplicationRule[], Bucket = 'source') {
  const ReplicationConfiguration = { Role: 'arn:aws:iam::111122223333:role/r', Rules };
  return s3.send(new PutBucketReplicationCommand({ Bucket, ReplicationConfiguration }));
}

function put(Key: string, more: Partial<PutObjectCommandInput> = {}) {
  return s3.send(new PutObjectCommand({ Bucket: 'source', Key, Body: Key, ...more }));
}

async function status(Key: string, Bucket = 'source'): Promise<string | undefined> {
  return (await s3.send(new HeadObjectCommand({ Bucket, Key }))).ReplicationStatus;
}

async function keys(Bucket: string): Promise<string[]> {
  const { Versions, DeleteMarkers } = await s3.send(new ListObjectVersionsCommand({ Bucket }));
  const markers = (DeleteMarkers ?? []).map(({ Key }) => `${String(Key)} (marker)`);
  return [...(Versions ?? []).map(({ Key }) => String(Key)), ...markers];
}

test('a replica has the key, version id and creation time of its source', async () => {
  await replicate([rule('r', 1)]);
  const { VersionId } = await put('a');
  const [from, to] = await Promise.all(
    ['source', 'east'].map((Bucket) => s3.send(new ListObjectVersionsCommand({ Bucket }))),
  );
  expect(to?.Versions).toEqual(from?.Versions);
  expect(to?.Versions?.[0]).toMatchObject({ Key: 'a', VersionId });
  expect(await status('a')).toBe('COMPLETED');
  expect(await status('a', 'east')).toBe('REPLICA');
});

test('what was there before the rule is not replicated', async () => {
  await put('before');
  await replicate([rule('r', 1)]);
  await put('after');
  expect(await keys('east')).toEqual(['after']);
  expect(await status('before')).toBeUndefined();
});

test('a disabled rule takes nothing', async () => {
  await replicate([rule('r', 1, off)]);
  await put('a');
  expect(await status('a')).toBeUndefined();
});

test('prefix, tag and And decide what a rule takes', async () => {
  const tag = { Key: 'copy', Value: 'yes' };
  await replicate([
    rule('prefix', 1, { Filter: { Prefix: 'p/' } }),
    rule('tag', 2, { Filter: { Tag: tag } }),
    rule('both', 3, { Filter: { And: { Prefix: 'q/', Tags: [tag, { Key: 'b', Value: 'c d' }] } } }, 'west'),
  ]);
  await put('p/1');
  await put('x', { Tagging: 'copy=yes' });
  await put('y', { Tagging: 'copy=no' });
  await put('q/1', { Tagging: 'copy=yes&b=c+d' });
  await put('q/2', { Tagging: 'b=c%20d' });
  expect(await keys('east')).toEqual(['p/1', 'q/1', 'x']);
  expect(await keys('west')).toEqual(['q/1']);
});

test('per destination the higher priority number wins', async () => {
  const to = (StorageClass: 'GLACIER' | 'STANDARD_IA') => ({
    Destination: { Bucket: 'arn:aws:s3:::east', StorageClass },
  });
  await replicate([
    rule('middle', 5, to('STANDARD_IA')),
    rule('high', 9, to('GLACIER')),
    rule('low', 1, to('STANDARD_IA')),
    rule('other', 2, {}, 'west'),
  ]);
  await put('a');
  const listed = await s3.send(new ListObjectVersionsCommand({ Bucket: 'east' }));
  expect(listed.Versions?.map(({ StorageClass }) => StorageClass)).toEqual(['GLACIER']);
  expect(await keys('west')).toEqual(['a']);
});

test('SSE-KMS objects are copied only where the rule opts in', async () => {
  await replicate([rule('r', 1)]);
  await put('by-header', { ServerSideEncryption: 'aws:kms' });
  const byDefault = { SSEAlgorithm: 'aws:kms:dsse' } as const;
  const Rules = [{ ApplyServerSideEncryptionByDefault: byDefault }];
  await s3.send(
    new PutBucketEncryptionCommand({ Bucket: 'source', ServerSideEncryptionConfiguration: { Rules } }),
  );
  await put('by-default');
  await put('sse-s3', { ServerSideEncryption: 'AES256' });
  expect(await keys('east')).toEqual(['sse-s3']);
  expect(await status('by-default')).toBeUndefined();

  const ReplicaKmsKeyID = 'arn:aws:kms:us-east-1:111122223333:key/replica';
  const Destination = { Bucket: 'arn:aws:s3:::east', EncryptionConfiguration: { ReplicaKmsKeyID } };
  const opted = { SourceSelectionCriteria: { SseKmsEncryptedObjects: on }, Destination };
  await replicate([rule('r', 1, opted)]);
  await put('opted-in');
  const replica = await s3.send(new HeadObjectCommand({ Bucket: 'east', Key: 'opted-in' }));
  expect(replica.SSEKMSKeyId).toBe(ReplicaKmsKeyID);
});

test('a destination that is gone or suspended fails the version', async () => {
  await replicate([rule('r', 1)]);
  const suspended = { Bucket: 'east', VersioningConfiguration: { Status: 'Suspended' } as const };
  await s3.send(new PutBucketVersioningCommand(suspended));
  await put('a');
  await s3.send(new DeleteBucketCommand({ Bucket: 'east' }));
  await put('b');
  expect([await status('a'), await status('b')]).toEqual(['FAILED', 'FAILED']);
});

test('with two destinations one failure fails the version', async () => {
  await replicate([rule('r', 1), rule('s', 1, {}, 'west')]);
  await s3.send(new DeleteBucketCommand({ Bucket: 'east' }));
  await put('a');
  expect(await status('a')).toBe('FAILED');
  expect(await keys('west')).toEqual(['a']);
});

test('delete markers follow DeleteMarkerReplication, and the first version copies them', async () => {
  await replicate([rule('r', 1), rule('s', 2, { DeleteMarkerReplication: on }, 'west')]);
  await put('a');
  await s3.send(new DeleteObjectCommand({ Bucket: 'source', Key: 'a' }));
  expect(await keys('east')).toEqual(['a']);
  expect(await keys('west')).toEqual(['a', 'a (marker)']);
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- the first version, which AWS still takes
  await replicate([{ ...on, ID: 'old', Prefix: 'b', Destination: { Bucket: 'arn:aws:s3:::east' } }]);
  await s3.send(new DeleteObjectCommand({ Bucket: 'source', Key: 'b' }));
  expect(await keys('east')).toEqual(['a', 'b (marker)']);
});

test('deletes by version id and replicas are not replicated', async () => {
  await replicate([rule('r', 1, { DeleteMarkerReplication: on })]);
  await replicate([rule('r', 1, {}, 'west')], 'east');
  const { VersionId } = await put('a');
  await s3.send(new DeleteObjectCommand({ Bucket: 'source', Key: 'a', VersionId }));
  expect(await keys('source')).toEqual([]);
  expect(await keys('east')).toEqual(['a']);
  expect(await keys('west')).toEqual([]);
});

test('x-sandbox-created makes an object old', async () => {
  await replicate([rule('r', 1)]);
  s3.middlewareStack.add(
    (next) => (args) => {
      const { request } = args as { request: { headers: Record<string, string> } };
      request.headers['x-sandbox-created'] = '2025-02-03T04:05:06Z';
      return next(args);
    },
    { step: 'build' },
  );
  await put('old');
  await s3.send(new DeleteObjectCommand({ Bucket: 'source', Key: 'marked' }));
  const { Versions, DeleteMarkers } = await s3.send(new ListObjectVersionsCommand({ Bucket: 'source' }));
  const times = [...(Versions ?? []), ...(DeleteMarkers ?? [])].map(({ LastModified }) => LastModified);
  const then = new Date('2025-02-03T04:05:06Z');
  expect(times).toEqual([then, then]);
  const replicas = await s3.send(new ListObjectVersionsCommand({ Bucket: 'east' }));
  expect(replicas.Versions?.[0]?.LastModified).toEqual(then);
});
