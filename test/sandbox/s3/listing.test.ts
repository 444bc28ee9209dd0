import {
  CreateBucketCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  type ListObjectVersionsCommandInput,
  type S3Client,
} from '@aws-sdk/client-s3';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Sandbox } from '../../../sandbox/server.ts';
import { compareKeys, fill, newVersionId } from '../../../sandbox/services/s3/versions.ts';
import type { ObjectVersion } from '../../../sandbox/world.ts';
import { refusal, startWithClient } from './client.ts';

let sandbox: Sandbox;
let s3: S3Client;

beforeAll(async () => {
  ({ sandbox, s3 } = await startWithClient());
});

afterAll(() => sandbox.close());

function version(key: string, created: number, deleteMarker = false): ObjectVersion {
  return {
    key,
    versionId: newVersionId(sandbox.world),
    deleteMarker,
    created: new Date(created),
    size: 1,
    etag: '"e"',
    storageClass: 'STANDARD',
    body: Buffer.from('x'),
    headers: {},
    tags: [],
    replicationStatus: null,
  };
}

async function bucketWith(Bucket: string, versions: readonly ObjectVersion[]): Promise<string> {
  await s3.send(new CreateBucketCommand({ Bucket }));
  const bucket = sandbox.world.buckets.get(Bucket);
  if (!bucket) throw new Error('the bucket was made');
  fill(bucket, versions);
  return Bucket;
}

/** All pages of a listing: keys with `*` for the latest and `-` for markers, and common prefixes with `/`. */
async function pages(input: ListObjectVersionsCommandInput): Promise<string[][]> {
  const all: string[][] = [];
  let next: Partial<ListObjectVersionsCommandInput> = {};
  for (;;) {
    const page = await s3.send(new ListObjectVersionsCommand({ ...input, ...next }));
    const items = [
      ...(page.Versions ?? []).map(({ Key, IsLatest }) => `${String(Key)}${IsLatest ? '*' : ''}`),
      ...(page.DeleteMarkers ?? []).map(({ Key, IsLatest }) => `${String(Key)}-${IsLatest ? '*' : ''}`),
      ...(page.CommonPrefixes ?? []).map(({ Prefix }) => `[${String(Prefix)}]`),
    ];
    all.push(items);
    if (!page.IsTruncated) return all;
    next = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
  }
}

test('versions come by key, the newest first, across pages', async () => {
  const versions = [
    version('b', 2),
    version('a', 1),
    version('b', 3, true),
    version('b', 1),
    version('c', 1),
  ];
  const Bucket = await bucketWith('small-bucket', versions);
  expect(await pages({ Bucket })).toEqual([['a*', 'b', 'b', 'c*', 'b-*']]);
  expect(await pages({ Bucket, MaxKeys: 2 })).toEqual([['a*', 'b-*'], ['b', 'b'], ['c*']]);
  expect(await pages({ Bucket, KeyMarker: 'b' })).toEqual([['c*']]);
  expect(await pages({ Bucket, Prefix: 'b', MaxKeys: 1 })).toEqual([['b-*'], ['b'], ['b']]);
  const { Contents } = await s3.send(new ListObjectsV2Command({ Bucket }));
  expect(Contents?.map(({ Key }) => Key)).toEqual(['a', 'c']);
  const orphan = new ListObjectVersionsCommand({ Bucket, VersionIdMarker: 'x' });
  expect(await refusal(s3.send(orphan))).toBe('InvalidArgument 400');
});

test('delimiters roll up, and a page may end with a prefix', async () => {
  const keys = ['a/1', 'a/2', 'b', 'c/1', 'c/2/3', 'c/2/4', 'd'];
  const Bucket = await bucketWith(
    'folder-bucket',
    keys.map((key) => version(key, 1)),
  );
  expect(await pages({ Bucket, Delimiter: '/' })).toEqual([['b*', 'd*', '[a/]', '[c/]']]);
  expect(await pages({ Bucket, Delimiter: '/', MaxKeys: 1 })).toEqual([['[a/]'], ['b*'], ['[c/]'], ['d*']]);
  expect(await pages({ Bucket, Delimiter: '/', Prefix: 'c/' })).toEqual([['c/1*', '[c/2/]']]);
  const objects: string[] = [];
  let ContinuationToken: string | undefined;
  do {
    const page = await s3.send(
      new ListObjectsV2Command({ Bucket, Delimiter: '/', MaxKeys: 1, ContinuationToken }),
    );
    objects.push(...(page.Contents ?? []).map(({ Key }) => String(Key)));
    objects.push(...(page.CommonPrefixes ?? []).map(({ Prefix }) => String(Prefix)));
    expect(page.KeyCount).toBe(1);
    ContinuationToken = page.NextContinuationToken;
  } while (ContinuationToken !== undefined);
  expect(objects).toEqual(['a/', 'b', 'c/', 'd']);
  const after = await s3.send(new ListObjectsV2Command({ Bucket, StartAfter: 'c/2/3' }));
  expect(after.Contents?.map(({ Key }) => Key)).toEqual(['c/2/4', 'd']);
});

test('a page holds 1,000 at most, and 10,000 versions list quickly', async () => {
  const versions = Array.from({ length: 10_000 }, (_, at) => version(`key-${at % 5_000}`, at));
  const Bucket = await bucketWith('large-bucket', versions);
  const before = performance.now();
  const all = await pages({ Bucket, MaxKeys: 5_000 });
  expect(performance.now() - before).toBeLessThan(5_000);
  expect(all.map((page) => page.length)).toEqual(Array(10).fill(1_000));
  expect(new Set(all.flat()).size).toBe(10_000);
});

test('every key comes back, encoded or not', async () => {
  const keys = [
    'a b+c',
    '<&>"\'',
    'ü/ß',
    '\u0001\u001f\u007f',
    '%41',
    'tab\tline\nreturn\r',
    '😀',
    '\uffee',
    '~!*()',
  ];
  const Bucket = await bucketWith(
    'odd-bucket',
    keys.map((key) => version(key, 1)),
  );
  const plain = await s3.send(new ListObjectVersionsCommand({ Bucket }));
  expect(new Set(plain.Versions?.map(({ Key }) => Key))).toEqual(new Set(keys));
  const encoded = await s3.send(new ListObjectVersionsCommand({ Bucket, EncodingType: 'url' }));
  const decode = (key = '') => decodeURIComponent(key.replaceAll('+', ' '));
  expect(new Set(encoded.Versions?.map(({ Key }) => decode(Key)))).toEqual(new Set(keys));
  expect(encoded.Versions?.map(({ Key }) => Key)).toContain('%C3%BC/%C3%9F');
  expect(encoded.Versions?.map(({ Key }) => Key)).toContain('a+b%2Bc');
});

test('keys are ordered by their UTF-8 bytes', () => {
  const text = fc.string({
    unit: fc.constantFrom('a', 'ü', '\ud7ff', '\ue000', '\uffee', '😀', '\u{10ffff}'),
    maxLength: 4,
  });
  fc.assert(
    fc.property(text, text, (a, b) => {
      expect(Math.sign(compareKeys(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
    }),
  );
});

test('puts keep the order that fill makes', async () => {
  const Bucket = 'put-bucket';
  await s3.send(new CreateBucketCommand({ Bucket }));
  const VersioningConfiguration = { Status: 'Enabled' } as const;
  await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
  const ids: (string | undefined)[] = [];
  for (const Key of ['b', 'a', 'b', 'c', 'b']) {
    ids.push((await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }))).VersionId);
  }
  const { Versions } = await s3.send(new ListObjectVersionsCommand({ Bucket }));
  expect(Versions?.map(({ VersionId }) => VersionId)).toEqual([1, 4, 2, 0, 3].map((at) => ids[at]));
});
