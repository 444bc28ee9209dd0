import {
  CreateBucketCommand,
  DeleteObjectCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { compareKeys, listerOf, type Cursor, type ListedVersion } from '../../src/objects/listing.ts';
import { clientOf } from '../sandbox/s3/client.ts';
import { startSandbox, type Sandbox } from '../../sandbox/server.ts';

let sandbox: Sandbox;
let s3: S3Client;
let Bucket = '';
let number = 0;

beforeAll(async () => {
  sandbox = await startSandbox();
  s3 = clientOf(sandbox);
});

beforeEach(async () => {
  Bucket = `bucket-${(number += 1)}`;
  await s3.send(new CreateBucketCommand({ Bucket }));
  await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
});

afterAll(() => sandbox.close());

const put = async (Key: string): Promise<string> =>
  (await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }))).VersionId ?? '';

const remove = async (Key: string): Promise<string> =>
  (await s3.send(new DeleteObjectCommand({ Bucket, Key }))).VersionId ?? '';

/** All pages of so many versions each. */
async function pagesOf(size: number, prefix = ''): Promise<readonly (readonly ListedVersion[])[]> {
  const list = listerOf(s3, Bucket, prefix);
  const pages: (readonly ListedVersion[])[] = [];
  let cursor: Cursor | null = null;
  do {
    const { versions, next } = await list(cursor, size);
    pages.push(versions);
    cursor = next;
  } while (cursor !== null);
  return pages;
}

const bytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

const hostile = [
  ' leading and trailing ',
  'a+b',
  'a b',
  'a%20b',
  'a%2Bb',
  '100%',
  'a&b=c?d#e',
  '<key>"\'</key>',
  'tab\tline\nreturn\r',
  'bell \u0007 escape \u001b del \u007f',
  'é decomposed: e\u0301',
  '漢字/한글',
  '\u202egnp.exe',
  '//double//slash/',
  '../up',
  '~!*()',
  '\uffee',
  '\ue000',
  '😀',
  '😁/👩‍👩‍👧',
];

describe('a listing', () => {
  it.each([1, 3, 1000])('gives hostile keys back as they were put, in pages of %d', async (size) => {
    for (const key of hostile) await put(key);
    const keys = (await pagesOf(size)).flat().map(({ key }) => key);
    expect(keys).toEqual([...hostile].sort(bytes));
  });

  it('goes on in the middle of a key, and gives each version and delete marker once', async () => {
    const ids = [
      await put('a'),
      await put('k'),
      await put('k'),
      await remove('k'),
      await put('k'),
      await put('z'),
    ];
    for (const size of [1, 2, 3]) {
      const pages = await pagesOf(size);
      expect(pages.every((page) => page.length <= size)).toBe(true);
      const all = pages.flat();
      expect(all.map(({ versionId }) => versionId).sort()).toEqual([...ids].sort());
      expect(all.map(({ key }) => key)).toEqual(['a', 'k', 'k', 'k', 'k', 'z']);
      expect(all.filter(({ deleteMarker }) => deleteMarker).map(({ versionId }) => versionId)).toEqual([
        ids[3],
      ]);
    }
  });

  it('hands versions and delete markers over in one order of keys', async () => {
    await put('a');
    await remove('b');
    await put('c');
    const [page] = await pagesOf(1000);
    expect(page?.map(({ key, deleteMarker }) => [key, deleteMarker])).toEqual([
      ['a', false],
      ['b', true],
      ['c', false],
    ]);
  });

  it('shows when a version was made and its storage class', async () => {
    const before = Math.floor(Date.now() / 1000) * 1000;
    await s3.send(new PutObjectCommand({ Bucket, Key: 'cold', Body: 'x', StorageClass: 'GLACIER' }));
    await put('warm');
    const all = (await pagesOf(1000)).flat();
    expect(all.map(({ storageClass }) => storageClass)).toEqual(['GLACIER', 'STANDARD']);
    for (const { modified } of all) expect(modified).toBeGreaterThanOrEqual(before);
    for (const { modified } of all) expect(modified).toBeLessThanOrEqual(Date.now());
  });

  it('stays below its prefix, whatever is in it', async () => {
    for (const key of ['a b/1', 'a+b/1', 'a b', 'other']) await put(key);
    expect((await pagesOf(1, 'a b/')).flat().map(({ key }) => key)).toEqual(['a b/1']);
  });

  it('that is cut and does not say where it goes on is refused: it would pass for a whole one', async () => {
    await put('a');
    const client = clientOf(sandbox);
    client.middlewareStack.add(
      (next) => async (args) => {
        const result = await next(args);
        Object.assign(result.output, { IsTruncated: true });
        return result;
      },
      { step: 'initialize' },
    );
    await expect(listerOf(client, Bucket, '')(null, 10)).rejects.toThrow('does not say where it goes on');
  });

  it('of keys that the service did not encode is taken as it is', async () => {
    await put('a%20b');
    const client = clientOf(sandbox);
    client.middlewareStack.add(
      (next) => async (args) => {
        Reflect.deleteProperty(args.input, 'EncodingType');
        return next(args);
      },
      { step: 'initialize' },
    );
    expect((await listerOf(client, Bucket, '')(null, 10)).versions.map(({ key }) => key)).toEqual(['a%20b']);
  });
});

it('keys are compared as S3 sorts them, by their UTF-8 bytes', () => {
  const character = fc.constantFrom(
    'a',
    'b',
    '\u007f',
    'é',
    '\ud7ff',
    '\ue000',
    '\uffff',
    '😀',
    '\u{10ffff}',
  );
  const key = fc.string({ unit: character, maxLength: 5 });
  fc.assert(
    fc.property(key, key, (a, b) => {
      expect(Math.sign(compareKeys(a, b))).toBe(bytes(a, b));
    }),
    { numRuns: 2000 },
  );
  expect(compareKeys('😀', '\uffee')).toBeGreaterThan(0);
});
