import { ListBucketsCommand, type S3Client } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { reachOf } from './reach.ts';
import { s3Client } from '../../src/collect/aws.ts';
import { Limiter } from '../../src/collect/limiter.ts';
import { startSandbox, type Sandbox } from '../../sandbox/server.ts';

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox();
});

afterEach(() => {
  sandbox.faults.clear();
  sandbox.calls.clear();
});

afterAll(() => sandbox.close());

/** A limiter that keeps what it is told. */
class Told extends Limiter {
  readonly told: string[] = [];
  override take(signal?: AbortSignal): Promise<number> {
    this.told.push('take');
    return super.take(signal);
  }
  override throttled(left: number): void {
    this.told.push('throttled');
    super.throttled(left);
  }
  override answered(): void {
    this.told.push('answered');
    super.answered();
  }
}

function client(limiter: Limiter, signal = new AbortController().signal): S3Client {
  return s3Client({ ...reachOf(sandbox), pace: { limiter, signal } });
}

const list = (s3: S3Client): Promise<unknown> => s3.send(new ListBucketsCommand({ MaxBuckets: 1 }));

it('takes a turn for each attempt, and tells of throttles and answers', async () => {
  const limiter = new Told(1000);
  sandbox.faults.add({ kind: 'throttled', times: 2 });
  await list(client(limiter));
  expect(limiter.told).toEqual(['take', 'throttled', 'take', 'throttled', 'take', 'answered']);
  expect(sandbox.calls.count()).toBe(3);
});

it('takes a refusal for an answer, and does not try again', async () => {
  const limiter = new Told(1000);
  sandbox.faults.add({ kind: 'denied' });
  await expect(list(client(limiter))).rejects.toMatchObject({ name: 'AccessDenied' });
  expect(limiter.told).toEqual(['take', 'answered']);
});

it('gives up where the SDK does, with the error that AWS gave', async () => {
  const limiter = new Told(1000);
  sandbox.faults.add({ kind: 'throttled' });
  await expect(list(client(limiter))).rejects.toMatchObject({ name: 'SlowDown', $metadata: { attempts: 4 } });
  expect(limiter.told.filter((one) => one === 'take')).toHaveLength(4);
});

it('sends nothing more once the scan is stopped, though a call waits for its turn', async () => {
  const stop = new AbortController();
  const s3 = client(new Limiter(0.001), stop.signal);
  await list(s3);
  const waiting = list(s3);
  stop.abort(new Error('stopped'));
  await expect(waiting).rejects.toThrow('stopped');
  expect(sandbox.calls.count()).toBe(1);
});
