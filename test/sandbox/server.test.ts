import { ListKeysCommand, KMSClient } from '@aws-sdk/client-kms';
import {
  CreateBucketCommand,
  GetBucketVersioningCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { build } from 'esbuild';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { createWorld } from '../../sandbox/create.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../sandbox/server.ts';
import { clientOf } from './s3/client.ts';

const built = join(import.meta.dirname, '../../node_modules/.cache/replint-test-');
const folders: string[] = [];

/** Node 20 runs no TypeScript, so main.ts is bundled for the test, inside the package so that it finds its dependencies. */
async function compiledMain(): Promise<string> {
  await mkdir(dirname(built), { recursive: true });
  const folder = await mkdtemp(built);
  folders.push(folder);
  const outfile = join(folder, 'main.mjs');
  const entry = join(import.meta.dirname, '../../sandbox/main.ts');
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
  });
  return outfile;
}

afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

async function withSandbox(options: SandboxOptions, use: (sandbox: Sandbox) => Promise<void>): Promise<void> {
  const sandbox = await startSandbox(options);
  try {
    await use(sandbox);
  } finally {
    await sandbox.close();
  }
}

test('the service is the one that the signature names', async () => {
  await withSandbox({}, async (sandbox) => {
    const { endpoint, administrator: credentials, world } = sandbox;
    const options = { endpoint, credentials, region: 'eu-west-1' };
    const { Account } = await new STSClient(options).send(new GetCallerIdentityCommand({}));
    expect(Account).toBe(world.managementAccount);
    const { Keys } = await new KMSClient(options).send(new ListKeysCommand({}));
    expect(Keys).toEqual([]);
    const { Buckets } = await clientOf(sandbox).send(new ListBucketsCommand({}));
    expect(Buckets).toEqual([]);
  });
});

test('every answer has its ids, and no two have the same', async () => {
  await withSandbox({}, async (sandbox) => {
    const s3 = clientOf(sandbox);
    const answers = [await s3.send(new ListBucketsCommand({})), await s3.send(new ListBucketsCommand({}))];
    const [first, second] = answers.map(({ $metadata }) => $metadata.requestId);
    expect(first).toMatch(/^[0-9A-F]{16}$/);
    expect(second).not.toBe(first);
    expect(answers[0]?.$metadata.extendedRequestId).toBeTruthy();
    const error = await s3
      .send(new HeadBucketCommand({ Bucket: 'nowhere' }))
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ $metadata: { requestId: '0000000000000003' } });
    const unsigned = await fetch(sandbox.endpoint);
    expect(await unsigned.text()).toContain(
      `<RequestId>${String(unsigned.headers.get('x-amz-request-id'))}<`,
    );
  });
});

test('calls are counted by operation, account and bucket', async () => {
  await withSandbox({}, async (sandbox) => {
    const s3 = clientOf(sandbox);
    for (const Bucket of ['one', 'two'].map((name) => `${name}-bucket`)) {
      await s3.send(new CreateBucketCommand({ Bucket }));
      await s3.send(new HeadBucketCommand({ Bucket }));
    }
    await s3.send(new HeadBucketCommand({ Bucket: 'two-bucket' }));
    const { calls, world } = sandbox;
    expect(calls.count()).toBe(5);
    expect(calls.count({ operation: 's3:HeadBucket' })).toBe(3);
    expect(calls.count({ operation: 's3:HeadBucket', bucket: 'two-bucket' })).toBe(2);
    expect(calls.count({ account: '999999999999' })).toBe(0);
    expect(calls.count({ account: world.managementAccount })).toBe(5);
    expect(calls.entries()[0]).toEqual({
      operation: 's3:CreateBucket',
      account: world.managementAccount,
      bucket: 'one-bucket',
      count: 1,
    });
    calls.clear();
    expect(calls.count()).toBe(0);
  });
});

test('a world, a latency and a port can be given', async () => {
  const world = createWorld({ partition: 'aws-us-gov' });
  await withSandbox({ world, latencyMs: 60 }, async (sandbox) => {
    expect(sandbox.world).toBe(world);
    expect(sandbox.endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const before = performance.now();
    await clientOf(sandbox, 'us-gov-west-1').send(new ListBucketsCommand({}));
    expect(performance.now() - before).toBeGreaterThan(50);
    const port = Number(new URL(sandbox.endpoint).port);
    await expect(startSandbox({ port })).rejects.toThrow('EADDRINUSE');
  });
});

test('the clock of the world is the clock of the answers', async () => {
  await withSandbox({}, async ({ endpoint, world }) => {
    world.now = () => new Date('2031-02-03T04:05:06Z');
    const answer = await fetch(endpoint);
    expect(answer.headers.get('date')).toBe('Mon, 03 Feb 2031 04:05:06 GMT');
  });
});

test('as a process it says where it is, serves, and ends when told to', async () => {
  const options = ['--port', '0', '--region', 'eu-west-1'];
  const child = spawn(process.execPath, [await compiledMain(), ...options], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const ended = once(child, 'exit');
  const first = await new Promise<string>((resolve) => {
    child.stdout.once('data', (chunk: Buffer) => {
      resolve(chunk.toString());
    });
  });
  const told: unknown = JSON.parse(first);
  expect(told).toEqual({
    endpoint: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) as string,
    region: 'eu-west-1',
    accountId: expect.stringMatching(/^\d{12}$/) as string,
    accessKeyId: expect.stringMatching(/^AKIA/) as string,
    secretAccessKey: expect.any(String) as string,
  });
  const { endpoint, accessKeyId, secretAccessKey } = told as Record<
    'endpoint' | 'accessKeyId' | 'secretAccessKey',
    string
  >;
  const credentials = { accessKeyId, secretAccessKey };
  const sts = new STSClient({ endpoint, region: 'eu-west-1', credentials, maxAttempts: 1 });
  const identity = () => sts.send(new GetCallerIdentityCommand({}));
  expect(told).toMatchObject({ accountId: (await identity()).Account });
  // An answer that is being held must not hold the process.
  const fault = JSON.stringify({ kind: 'delay', delayMs: 600_000 });
  await fetch(`${endpoint}/_sandbox/faults`, { method: 'POST', body: fault });
  const held = expect(identity()).rejects.toThrow();
  await new Promise((resolve) => setTimeout(resolve, 100));
  child.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
  await held;
});

test('as a process it serves an organization of so many accounts, with faults', async () => {
  const child = spawn(process.execPath, [await compiledMain(), '--port', '0', '--accounts', '12'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const first = await new Promise<string>((resolve) => {
    child.stdout.once('data', (chunk: Buffer) => {
      resolve(chunk.toString());
    });
  });
  const told = JSON.parse(first) as Record<'endpoint' | 'region' | 'accessKeyId' | 'secretAccessKey', string>;
  const { endpoint, region, ...credentials } = told;
  const sts = new STSClient({ endpoint, region, credentials });
  // The fifth account's first destination is suspended, the fourth's is not; both are there to be read with the audit role.
  const statusOf = async (account: number): Promise<string | undefined> => {
    const RoleArn = `arn:aws:iam::${100_000_000_000 + account}:role/ReplintAudit`;
    const { Credentials: got } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'test' }));
    const keys = {
      accessKeyId: got?.AccessKeyId ?? '',
      secretAccessKey: got?.SecretAccessKey ?? '',
      sessionToken: got?.SessionToken ?? '',
    };
    const s3 = new S3Client({ endpoint, region: 'ap-southeast-2', credentials: keys, forcePathStyle: true });
    return (await s3.send(new GetBucketVersioningCommand({ Bucket: `acme-${account}-data-5` }))).Status;
  };
  expect([await statusOf(3), await statusOf(4)]).toEqual(['Enabled', 'Suspended']);
});
