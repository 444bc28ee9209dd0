import { ListAccountsCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import { KMSClient, ListKeysCommand } from '@aws-sdk/client-kms';
import {
  CreateBucketCommand,
  GetBucketVersioningCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Faults, parseFault, type FaultKind } from '../../sandbox/faults.ts';
import { type Sandbox, startSandbox } from '../../sandbox/server.ts';
import { clientOf, refusal } from './s3/client.ts';

let sandbox: Sandbox;
let s3: S3Client;
const Bucket = 'a-bucket';

beforeEach(async () => {
  sandbox = await startSandbox();
  s3 = clientOf(sandbox);
  await s3.send(new CreateBucketCommand({ Bucket }));
});

afterEach(() => sandbox.close());

const versioning = () => refusal(s3.send(new GetBucketVersioningCommand({ Bucket })));

function others() {
  const options = {
    endpoint: sandbox.endpoint,
    region: 'us-east-1',
    credentials: sandbox.administrator,
    maxAttempts: 1,
  };
  return Promise.all([
    versioning(),
    refusal(new STSClient(options).send(new GetCallerIdentityCommand({}))),
    refusal(new KMSClient(options).send(new ListKeysCommand({}))),
    refusal(new OrganizationsClient(options).send(new ListAccountsCommand({}))),
  ]);
}

// What S3, STS, KMS and Organizations say.
const sayings: [FaultKind, string[]][] = [
  [
    'denied',
    ['AccessDenied 403', 'AccessDenied 403', 'AccessDeniedException 400', 'AccessDeniedException 400'],
  ],
  [
    'throttled',
    ['SlowDown 503', 'Throttling 400', 'ThrottlingException 400', 'TooManyRequestsException 400'],
  ],
  ['500', ['InternalError 500', 'InternalFailure 500', 'InternalFailure 500', 'InternalFailure 500']],
  [
    '503',
    [
      'ServiceUnavailable 503',
      'ServiceUnavailable 503',
      'ServiceUnavailableException 503',
      'ServiceUnavailableException 503',
    ],
  ],
  [
    'expired',
    ['ExpiredToken 400', 'ExpiredToken 403', 'ExpiredTokenException 400', 'ExpiredTokenException 400'],
  ],
  ['gone', ['NoSuchBucket 404', 'NoSuchEntity 404', 'NotFoundException 400', 'TargetNotFoundException 400']],
  ['suspended', ['AccountProblem 403', 'OptInRequired 403', 'OptInRequired 400', 'OptInRequired 400']],
];

test.each(sayings)('%s, as each service says it', async (kind, answers) => {
  sandbox.faults.add({ kind });
  expect(await others()).toEqual(answers);
  sandbox.faults.clear();
  expect(await versioning()).toBe('no refusal');
});

test('an operation, a pattern, a bucket and an account choose the calls', async () => {
  const list = () => refusal(s3.send(new ListBucketsCommand({})));
  const seen = async () => [await versioning(), await list()];
  const hit = 'AccessDenied 403';
  const { managementAccount: account } = sandbox.world;
  const cases = [
    [{ operation: 's3:GetBucketVersioning' }, [hit, 'no refusal']],
    [{ operation: 's3:*' }, [hit, hit]],
    [{ operation: 'iam:*' }, ['no refusal', 'no refusal']],
    [{ operation: 's3:GetBucketVersion' }, ['no refusal', 'no refusal']],
    [{ bucket: Bucket }, [hit, 'no refusal']],
    [{ bucket: 'other' }, ['no refusal', 'no refusal']],
    [{ account }, [hit, hit]],
    [{ account: '999999999999' }, ['no refusal', 'no refusal']],
  ] as const;
  for (const [only, answers] of cases) {
    sandbox.faults.add({ kind: 'denied', ...only });
    expect(await seen()).toEqual(answers);
    sandbox.faults.clear();
  }
});

test('a HEAD is refused without a body', async () => {
  sandbox.faults.add({ kind: 'denied' });
  expect(await refusal(s3.send(new HeadBucketCommand({ Bucket })))).toMatch(/ 403$/);
});

test('share counts and does not throw dice; times heals', () => {
  const faults = new Faults();
  const run = (calls: number) => Array.from({ length: calls }, () => faults.meet('s3:X', '1', null) !== null);
  faults.add({ kind: '500', share: 0.25 });
  expect(run(8)).toEqual([false, false, false, true, false, false, false, true]);
  faults.clear();
  faults.add({ kind: '500', share: 0.5, times: 2 });
  expect(run(8)).toEqual([false, true, false, true, false, false, false, false]);
  faults.clear();
  faults.add({ kind: '500', share: 0 });
  expect(run(4)).toEqual([false, false, false, false]);
});

test('a fault may begin late', () => {
  const faults = new Faults();
  faults.add({ kind: '500', after: 2, times: 1 });
  expect([1, 2, 3, 4].map(() => faults.meet('s3:X', '1', null)?.kind)).toEqual([
    undefined,
    undefined,
    '500',
    undefined,
  ]);
});

test('a suspended account stays so, and others do not mind', () => {
  const faults = new Faults();
  faults.add({ kind: 'suspended', operation: 's3:X', account: '1' });
  const met = (operation: string, account: string) => faults.meet(operation, account, null)?.kind;
  expect([met('s3:Y', '1'), met('s3:X', '1'), met('s3:Y', '1'), met('s3:X', '2')]).toEqual([
    undefined,
    'suspended',
    'suspended',
    undefined,
  ]);
});

test('in the wrong Region S3 says which it is', async () => {
  sandbox.faults.add({ kind: 'wrong-region' });
  expect(await versioning()).toBe('PermanentRedirect 301');
});

test('an empty page has a token, and the token leads to the list', async () => {
  sandbox.faults.add({ kind: 'empty-page' });
  const first = await s3.send(new ListBucketsCommand({}));
  expect(first.Buckets ?? []).toEqual([]);
  const { ContinuationToken } = first;
  const second = await s3.send(new ListBucketsCommand({ ContinuationToken }));
  expect(second.Buckets?.map(({ Name }) => Name)).toEqual([Bucket]);
  expect(second.ContinuationToken).toBeUndefined();
});

test('a healed fault lets the next one through', () => {
  const faults = new Faults();
  faults.add({ kind: '500', times: 1 });
  faults.add({ kind: '503', times: 1 });
  const met = [1, 2, 3].map(() => faults.meet('s3:X', '1', null)?.kind);
  expect(met).toEqual(['500', '503', undefined]);
});

test('cut breaks the connection in the middle of the body', async () => {
  sandbox.faults.add({ kind: 'cut', operation: 's3:ListBuckets' });
  const call = s3.send(new ListBucketsCommand({}));
  await expect(call).rejects.toThrow(/aborted|socket hang up|ECONNRESET/);
});

test('malformed is an answer with status 200 that is no document', async () => {
  sandbox.faults.add({ kind: 'malformed' });
  const answers = await others();
  expect(answers.map((answer) => answer.replace(/^(Syntax)?Error/, 'Error'))).toEqual(
    Array(4).fill('Error 200'),
  );
});

test('delay holds the answer, and close does not wait for it', async () => {
  sandbox.faults.add({ kind: 'delay', delayMs: 150, times: 1 });
  const before = performance.now();
  expect(await versioning()).toBe('no refusal');
  expect(performance.now() - before).toBeGreaterThan(140);

  sandbox.faults.add({ kind: 'delay', delayMs: 60_000 });
  const held = expect(versioning()).resolves.toMatch(/undefined$/);
  await new Promise((resolve) => setTimeout(resolve, 50));
  const closing = performance.now();
  await sandbox.close();
  await held;
  expect(performance.now() - closing).toBeLessThan(2_000);
  sandbox = await startSandbox();
});

test('faults and calls over HTTP', async () => {
  const { endpoint, world } = sandbox;
  const faults = `${endpoint}/_sandbox/faults`;
  const post = (fault: unknown) => fetch(faults, { method: 'POST', body: JSON.stringify(fault) });
  expect((await post({ kind: 'denied', operation: 's3:GetBucketVersioning' })).status).toBe(200);
  expect(await versioning()).toBe('AccessDenied 403');
  await fetch(faults, { method: 'DELETE' });
  expect(await versioning()).toBe('no refusal');
  const calls: unknown = await (await fetch(`${endpoint}/_sandbox/calls`)).json();
  const account = world.managementAccount;
  expect(calls).toContainEqual({ operation: 's3:GetBucketVersioning', account, bucket: Bucket, count: 2 });
  expect((await post({ kind: 'nonsense' })).status).toBe(400);
  expect((await fetch(`${endpoint}/_sandbox/other`)).status).toBe(404);
});

test.each([
  ['not JSON', 'not JSON'],
  ['no object', '[]'],
  ['no kind', '{}'],
  ['an unknown field', '{"kind":"500","bukcet":"b"}'],
  ['a number for a bucket', '{"kind":"500","bucket":1}'],
  ['a share above one', '{"kind":"500","share":2}'],
])('a fault is refused for: %s', (_what, text) => {
  expect(() => parseFault(text)).toThrow();
});
