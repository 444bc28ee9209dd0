import {
  CreateBucketCommand,
  DeleteBucketCommand,
  GetBucketAclCommand,
  GetBucketCorsCommand,
  GetBucketLocationCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetBucketWebsiteCommand,
  GetObjectTaggingCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  ListObjectsCommand,
  PutObjectCommand,
  type BucketLocationConstraint,
  type S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addressOf } from '../../../sandbox/services/s3/address.ts';
import { startSandbox, type Sandbox } from '../../../sandbox/server.ts';
import { clientOf, refusal, startWithClient } from './client.ts';

let sandbox: Sandbox;
let s3: S3Client;

beforeAll(async () => {
  ({ sandbox, s3 } = await startWithClient());
  for (const Bucket of ['bb', 'ba-2', 'ba-1', 'eu'].map((name) => `${name}-bucket`)) {
    const LocationConstraint: BucketLocationConstraint = 'eu-west-1';
    const elsewhere = { CreateBucketConfiguration: { LocationConstraint } };
    await s3.send(new CreateBucketCommand({ Bucket, ...(Bucket.startsWith('eu') ? elsewhere : {}) }));
  }
});

afterAll(() => sandbox.close());

test('ListBuckets sorts, and names no Region unless a parameter was sent', async () => {
  const { Buckets, ContinuationToken } = await s3.send(new ListBucketsCommand({}));
  expect(Buckets?.map(({ Name }) => Name)).toEqual(['ba-1-bucket', 'ba-2-bucket', 'bb-bucket', 'eu-bucket']);
  expect(Buckets?.map(({ BucketRegion }) => BucketRegion)).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
  expect(ContinuationToken).toBeUndefined();
});

test('ListBuckets pages', async () => {
  const names: (string | undefined)[][] = [];
  let ContinuationToken: string | undefined;
  do {
    const page = await s3.send(new ListBucketsCommand({ MaxBuckets: 2, ContinuationToken }));
    names.push(
      (page.Buckets ?? []).map(({ Name, BucketRegion }) => `${String(Name)} ${String(BucketRegion)}`),
    );
    ({ ContinuationToken } = page);
  } while (ContinuationToken !== undefined);
  expect(names).toEqual([
    ['ba-1-bucket us-east-1', 'ba-2-bucket us-east-1'],
    ['bb-bucket us-east-1', 'eu-bucket eu-west-1'],
  ]);
});

test('ListBuckets takes a prefix and a Region', async () => {
  const byPrefix = await s3.send(new ListBucketsCommand({ Prefix: 'ba' }));
  expect(byPrefix.Buckets?.map(({ Name }) => Name)).toEqual(['ba-1-bucket', 'ba-2-bucket']);
  const byRegion = await s3.send(new ListBucketsCommand({ BucketRegion: 'eu-west-1' }));
  expect(byRegion.Buckets?.map(({ Name }) => Name)).toEqual(['eu-bucket']);
  expect(await refusal(s3.send(new ListBucketsCommand({ MaxBuckets: 20_000 })))).toBe('InvalidArgument 400');
});

test('ListBuckets follows a world that was changed by hand', async () => {
  const { buckets } = sandbox.world;
  const names = async () => (await s3.send(new ListBucketsCommand({}))).Buckets?.map(({ Name }) => Name);
  const before = await names();
  const bucket = buckets.get('bb-bucket');
  if (!bucket) throw new Error('bb-bucket is there');
  buckets.delete('bb-bucket');
  buckets.set('zz-bucket', { ...bucket, name: 'zz-bucket' });
  expect(await names()).toEqual(['ba-1-bucket', 'ba-2-bucket', 'eu-bucket', 'zz-bucket']);
  buckets.delete('zz-bucket');
  buckets.set('bb-bucket', { ...bucket, account: '999999999999' });
  expect(await names()).toEqual(['ba-1-bucket', 'ba-2-bucket', 'eu-bucket']);
  buckets.delete('bb-bucket');
  await names();
  buckets.set('bb-bucket', bucket);
  expect(await names()).toEqual(before);
});

test('names', async () => {
  const create = (Bucket: string) => refusal(s3.send(new CreateBucketCommand({ Bucket })));
  expect(await create('bb-bucket')).toBe('BucketAlreadyOwnedByYou 409');
  for (const name of ['ab', 'Upper', 'a..b', '10.0.0.1', 'xn--x', 'x-s3alias', '-ab', 'under_score']) {
    expect(await create(name)).toBe('InvalidBucketName 400');
  }
  const BucketNamespace = 'account-regional';
  const regional = new CreateBucketCommand({ Bucket: 'no-suffix', BucketNamespace });
  expect(await refusal(s3.send(regional))).toBe('InvalidBucketName 400');
  const Bucket = `data-${sandbox.world.managementAccount}-us-east-1-an`;
  await s3.send(new CreateBucketCommand({ Bucket, BucketNamespace }));
  await s3.send(new DeleteBucketCommand({ Bucket }));
});

test('CreateBucket goes by LocationConstraint, and keeps tags', async () => {
  const Bucket = 'tokyo-bucket';
  const Tags = [{ Key: 'data', Value: 'critical' }];
  const CreateBucketConfiguration = { LocationConstraint: 'ap-northeast-1' as const, Tags };
  await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration }));
  const tokyo = clientOf(sandbox, 'ap-northeast-1');
  expect((await tokyo.send(new GetBucketTaggingCommand({ Bucket }))).TagSet).toEqual(Tags);
  await tokyo.send(new DeleteBucketCommand({ Bucket }));
  const wrong = { LocationConstraint: 'cn-north-1' as const };
  const china = new CreateBucketCommand({ Bucket, CreateBucketConfiguration: wrong });
  expect(await refusal(s3.send(china))).toBe('InvalidLocationConstraint 400');
});

test('a wrong Region is a redirect that names the right one', async () => {
  const Bucket = 'eu-bucket';
  const call = s3.send(new GetBucketVersioningCommand({ Bucket }));
  expect(await refusal(call)).toBe('PermanentRedirect 301');
  const follower = clientOf(sandbox, 'us-east-1', { followRegionRedirects: true });
  expect((await follower.send(new GetBucketVersioningCommand({ Bucket }))).$metadata.httpStatusCode).toBe(
    200,
  );
  expect((await follower.send(new HeadBucketCommand({ Bucket }))).BucketRegion).toBe('eu-west-1');
  const { LocationConstraint } = await s3.send(new GetBucketLocationCommand({ Bucket }));
  expect(LocationConstraint).toBe('eu-west-1');
  const home = await s3.send(new GetBucketLocationCommand({ Bucket: 'bb-bucket' }));
  expect(home.LocationConstraint).toBeUndefined();
});

test("a bucket that is not there, or not empty, or another's", async () => {
  expect(await refusal(s3.send(new HeadBucketCommand({ Bucket: 'nowhere' })))).toMatch(/ 404$/);
  expect(await refusal(s3.send(new GetBucketVersioningCommand({ Bucket: 'nowhere' })))).toBe(
    'NoSuchBucket 404',
  );
  await s3.send(new PutObjectCommand({ Bucket: 'bb-bucket', Key: 'k', Body: '' }));
  expect(await refusal(s3.send(new DeleteBucketCommand({ Bucket: 'bb-bucket' })))).toBe('BucketNotEmpty 409');
  const owned = { Bucket: 'bb-bucket', ExpectedBucketOwner: '999999999999' };
  expect(await refusal(s3.send(new GetBucketVersioningCommand(owned)))).toBe('AccessDenied 403');
});

test('what the sandbox does not know is 501', async () => {
  const Bucket = 'bb-bucket';
  const answers = await Promise.all([
    refusal(s3.send(new GetBucketAclCommand({ Bucket }))),
    refusal(s3.send(new GetBucketCorsCommand({ Bucket }))),
    refusal(s3.send(new GetBucketWebsiteCommand({ Bucket }))),
    refusal(s3.send(new ListObjectsCommand({ Bucket }))),
    refusal(s3.send(new GetObjectTaggingCommand({ Bucket, Key: 'k' }))),
    refusal(s3.send(new CreateBucketCommand({ Bucket: 'public-one', ACL: 'public-read' }))),
  ]);
  expect(new Set(answers)).toEqual(new Set(['NotImplemented 501']));
});

test('a bucket in the host', async () => {
  const { port } = new URL(sandbox.endpoint);
  const virtual = clientOf(sandbox, 'us-east-1', {
    forcePathStyle: false,
    endpoint: `http://localhost:${port}`,
  });
  // Not every resolver knows names under localhost, so the name goes into the Host header alone.
  virtual.middlewareStack.add(
    (next) => (args) => {
      const { request } = args as { request: { hostname: string } };
      expect(request.hostname).toBe('bb-bucket.localhost');
      request.hostname = 'localhost';
      return next(args);
    },
    { step: 'finalizeRequest', priority: 'low' },
  );
  const answer = await virtual.send(new HeadBucketCommand({ Bucket: 'bb-bucket' }));
  expect(answer.BucketRegion).toBe('us-east-1');
});

test('addresses', () => {
  const at = (host: string, path: string) => addressOf({ host, path });
  expect(at('127.0.0.1:80', '/b/k%20/l')).toEqual({ bucket: 'b', key: 'k /l' });
  expect(at('localhost', '/')).toEqual({ bucket: null, key: null });
  expect(at('localhost', '/b/')).toEqual({ bucket: 'b', key: null });
  expect(at('my.bucket.localhost:80', '/k')).toEqual({ bucket: 'my.bucket', key: 'k' });
  expect(at('b.s3.eu-west-1.amazonaws.com', '/')).toEqual({ bucket: 'b', key: null });
  expect(at('b.s3.localhost', '/k')).toEqual({ bucket: 'b', key: 'k' });
  expect(at('s3.eu-west-1.amazonaws.com', '/b')).toEqual({ bucket: 'b', key: null });
  expect(at('s3-fips.localhost', '/b')).toEqual({ bucket: 'b', key: null });
});

test('in another partition', async () => {
  const china = await startSandbox({ partition: 'aws-cn' });
  const client = clientOf(china, 'cn-north-1');
  const create = (LocationConstraint: BucketLocationConstraint) =>
    refusal(
      client.send(
        new CreateBucketCommand({ Bucket: 'ours', CreateBucketConfiguration: { LocationConstraint } }),
      ),
    );
  expect(await create('eu-west-1')).toBe('InvalidLocationConstraint 400');
  expect(await create('cn-north-1')).toBe('no refusal');
  expect((await client.send(new HeadBucketCommand({ Bucket: 'ours' }))).BucketRegion).toBe('cn-north-1');
  await china.close();
});
