import {
  CreateBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  PutBucketEncryptionCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  type BucketVersioningStatus,
  type S3Client,
} from '@aws-sdk/client-s3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Sandbox } from '../../../sandbox/server.ts';
import { refusal, startWithClient } from './client.ts';

let sandbox: Sandbox;
let s3: S3Client;
const Bucket = 'a-bucket';

beforeEach(async () => {
  ({ sandbox, s3 } = await startWithClient());
  await s3.send(new CreateBucketCommand({ Bucket }));
});

afterEach(() => sandbox.close());

function versioning(Status: BucketVersioningStatus) {
  return s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status } }));
}

function put(Key: string, Body: string, more: object = {}) {
  return s3.send(new PutObjectCommand({ Bucket, Key, Body, ...more }));
}

async function body(Key: string, more: object = {}): Promise<string | undefined> {
  return (await s3.send(new GetObjectCommand({ Bucket, Key, ...more }))).Body?.transformToString();
}

async function versionIds(): Promise<(string | undefined)[]> {
  const { Versions, DeleteMarkers } = await s3.send(new ListObjectVersionsCommand({ Bucket }));
  return [...(Versions ?? []), ...(DeleteMarkers ?? [])].map(({ VersionId }) => VersionId);
}

test('an object comes back with what was said of it', async () => {
  const said = {
    ContentType: 'text/plain',
    CacheControl: 'no-cache',
    Metadata: { owner: 'us' },
    StorageClass: 'STANDARD_IA' as const,
  };
  const { ETag, VersionId } = await put('a/b c+ü', 'hello', { ...said, Tagging: 'k=v&l=w' });
  expect(ETag).toBe('"5d41402abc4b2a76b9719d911017c592"');
  expect(VersionId).toBeUndefined();
  const head = await s3.send(new HeadObjectCommand({ Bucket, Key: 'a/b c+ü' }));
  expect(head).toMatchObject({
    ...said,
    ETag,
    ContentLength: 5,
    ServerSideEncryption: 'AES256',
    TagCount: 2,
  });
  expect(head.ReplicationStatus).toBeUndefined();
  expect(await body('a/b c+ü')).toBe('hello');
  expect(await body('a/b c+ü', { Range: 'bytes=1-3' })).toBe('ell');
  expect(await body('a/b c+ü', { Range: 'bytes=-2' })).toBe('lo');
  const beyond = new GetObjectCommand({ Bucket, Key: 'a/b c+ü', Range: 'bytes=5-' });
  expect(await refusal(s3.send(beyond))).toBe('InvalidRange 416');
});

test("the bucket's default encrypts what does not say otherwise", async () => {
  const KMSMasterKeyID = 'arn:aws:kms:us-east-1:111122223333:key/k';
  const byDefault = { SSEAlgorithm: 'aws:kms', KMSMasterKeyID } as const;
  const Rules = [{ ApplyServerSideEncryptionByDefault: byDefault, BucketKeyEnabled: true }];
  await s3.send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration: { Rules } }));
  const written = await put('by-default', '');
  const encrypted = { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: KMSMasterKeyID, BucketKeyEnabled: true };
  expect(written).toMatchObject(encrypted);
  expect(await s3.send(new HeadObjectCommand({ Bucket, Key: 'by-default' }))).toMatchObject(encrypted);
  const asked = await put('asked', '', { ServerSideEncryption: 'AES256' });
  expect(asked.ServerSideEncryption).toBe('AES256');
  expect(asked.SSEKMSKeyId).toBeUndefined();
});

test('never versioned: the one version is null, and a delete leaves nothing', async () => {
  await put('k', 'one');
  await put('k', 'two');
  expect(await versionIds()).toEqual(['null']);
  expect(await body('k')).toBe('two');
  const deleted = await s3.send(new DeleteObjectCommand({ Bucket, Key: 'k' }));
  expect(deleted.DeleteMarker).toBeUndefined();
  expect(await versionIds()).toEqual([]);
  expect(await refusal(s3.send(new GetObjectCommand({ Bucket, Key: 'k' })))).toBe('NoSuchKey 404');
});

test('versioned: every put is a version, a delete is a marker', async () => {
  await put('k', 'before');
  await versioning('Enabled');
  const one = await put('k', 'one');
  const two = await put('k', 'two');
  expect(await versionIds()).toEqual([two.VersionId, one.VersionId, 'null']);
  expect(await body('k', { VersionId: one.VersionId })).toBe('one');
  expect(await body('k', { VersionId: 'null' })).toBe('before');

  const marker = await s3.send(new DeleteObjectCommand({ Bucket, Key: 'k' }));
  expect(marker.DeleteMarker).toBe(true);
  expect(await refusal(s3.send(new GetObjectCommand({ Bucket, Key: 'k' })))).toBe('NoSuchKey 404');
  const VersionId = marker.VersionId ?? '';
  const readMarker = new GetObjectCommand({ Bucket, Key: 'k', VersionId });
  expect(await refusal(s3.send(readMarker))).toBe('MethodNotAllowed 405');
  const undone = await s3.send(new DeleteObjectCommand({ Bucket, Key: 'k', VersionId }));
  expect(undone).toMatchObject({ DeleteMarker: true, VersionId });
  expect(await body('k')).toBe('two');
  await s3.send(new DeleteObjectCommand({ Bucket, Key: 'k', VersionId: two.VersionId }));
  expect(await body('k')).toBe('one');
  const gone = new GetObjectCommand({ Bucket, Key: 'k', VersionId: two.VersionId });
  expect(await refusal(s3.send(gone))).toBe('NoSuchVersion 404');
});

test('suspended: puts and markers replace the null version and no other', async () => {
  await versioning('Enabled');
  const one = await put('k', 'one');
  await versioning('Suspended');
  await put('k', 'two');
  const three = await put('k', 'three');
  expect(three.VersionId).toBe('null');
  expect(await versionIds()).toEqual(['null', one.VersionId]);
  expect(await body('k')).toBe('three');
  const marker = await s3.send(new DeleteObjectCommand({ Bucket, Key: 'k' }));
  expect(marker).toMatchObject({ DeleteMarker: true, VersionId: 'null' });
  expect(await versionIds()).toEqual([one.VersionId, 'null']);
});

test('DeleteObjects tells what became of each', async () => {
  await versioning('Enabled');
  const { VersionId } = await put('<&>\u0001', 'x');
  await put('b', 'x');
  const Objects = [{ Key: '<&>\u0001', VersionId }, { Key: 'b' }];
  const { Deleted } = await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
  expect(Deleted?.[0]).toEqual({ Key: '<&>\u0001', VersionId });
  expect(Deleted?.[1]).toMatchObject({ Key: 'b', DeleteMarker: true });
  const quiet = await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }));
  expect(quiet.Deleted).toBeUndefined();
});

test("a checksum that is not the body's is refused, and so is what is not built", async () => {
  const wrong = put('k', 'hello', { ChecksumSHA256: 'x'.repeat(43) + '=' });
  expect(await refusal(wrong)).toBe('BadDigest 400');
  expect(await refusal(put('k', '', { IfNoneMatch: '*' }))).toBe('NotImplemented 501');
  expect(await refusal(put('k', '', { StorageClass: 'CHEAP' }))).toBe('InvalidStorageClass 400');
  expect(await refusal(put('k'.repeat(1025), ''))).toBe('KeyTooLongError 400');
  const copy = { Bucket, Key: 'k', CopySource: `${Bucket}/k` };
  const { CopyObjectCommand } = await import('@aws-sdk/client-s3');
  expect(await refusal(s3.send(new CopyObjectCommand(copy)))).toBe('NotImplemented 501');
});
