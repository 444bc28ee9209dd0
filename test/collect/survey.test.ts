import { GetRoleCommand } from '@aws-sdk/client-iam';
import { PutBucketPolicyCommand } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { estate, makeBucket, type Estate } from './estate.ts';
import { auditing, listening, sessionOf } from './reach.ts';
import { Limiters } from '../../src/collect/limiters.ts';
import { callsAtOnce, type Session } from '../../src/collect/session.ts';
import { headBucket, surveyAccount } from '../../src/collect/survey.ts';
import type { BucketLine } from '../../src/model/estate.ts';
import { policy } from '../sandbox/sdk.ts';
import type { FaultKind } from '../../sandbox/faults.ts';

let org: Estate;
let shop = '';
let vault = '';

/** A bucket in the session's own Region, one elsewhere, and one of another account elsewhere. */
beforeEach(async () => {
  org = await estate(2);
  [shop = '', vault = ''] = org.accounts;
  await makeBucket(await org.s3(shop, 'us-east-1'), 'near');
  await makeBucket(await org.s3(shop, 'eu-west-1'), 'far');
  await makeBucket(await org.s3(vault, 'eu-central-1'), 'foreign');
});

afterEach(() => org.close());

const session = (): Session => sessionOf(org.sandbox, shop, auditing(org.sandbox, shop));

/** A session to which ListBuckets names no Region, as some compatible services do. */
function regionless(): Session {
  const own = session();
  own.s3(own.region).middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        const result = await next(args);
        const { Buckets = [] } = result.output as { Buckets?: { BucketRegion?: string }[] };
        if (commandName === 'ListBucketsCommand') for (const bucket of Buckets) delete bucket.BucketRegion;
        return result;
      },
    { step: 'initialize' },
  );
  return own;
}

async function bucketsOf(own: Session, ...facts: 'encryption'[]): Promise<readonly BucketLine[]> {
  const lines = await surveyAccount(own, facts);
  if ('causes' in lines) throw new Error(lines.causes[0]?.detail);
  return lines;
}

async function deny(account: string, region: string, Bucket: string, Action: string): Promise<void> {
  const Resource = `arn:aws:s3:::${Bucket}`;
  const Policy = policy({ Effect: 'Deny', Principal: '*', Action, Resource });
  await (await org.s3(account, region)).send(new PutBucketPolicyCommand({ Bucket, Policy }));
}

describe("an account's buckets", () => {
  it('are all there, over pages, in the order of their names', async () => {
    const { buckets } = org.sandbox.world;
    const near = buckets.get('near');
    if (!near) throw new Error('The bucket is there.');
    const names = Array.from({ length: 1001 }, (_, at) => `page-${String(at).padStart(4, '0')}`);
    for (const name of names) buckets.set(name, { ...near, name });
    const lines = await bucketsOf(session());
    expect(lines.map(({ name }) => name)).toEqual(['far', 'near', ...names]);
    expect(org.sandbox.calls.count({ operation: 's3:ListBuckets', account: shop })).toBe(2);
  });

  it('come with the Region that the list names, and no call is spent on it', async () => {
    expect((await bucketsOf(session())).map(({ region }) => region)).toEqual(['eu-west-1', 'us-east-1']);
    expect(org.sandbox.calls.count({ operation: 's3:HeadBucket' })).toBe(0);
  });

  it.each(['denied', 'malformed'] as const)('are causes, not none, where the list is %s', async (kind) => {
    org.sandbox.faults.add({ operation: 's3:ListBuckets', kind });
    const reason = kind === 'denied' ? 'access-denied' : 'failed';
    expect(await surveyAccount(session(), [])).toMatchObject({
      causes: [{ reason, call: 's3:ListBuckets' }],
    });
  });

  it('are causes where a later page fails: half a list is none', async () => {
    const own = session();
    own.s3(own.region).middlewareStack.add(
      (next) => async (args) => {
        const result = await next(args);
        Object.assign(result.output, { ContinuationToken: '' });
        return result;
      },
      { step: 'initialize' },
    );
    expect(await surveyAccount(own, [])).toMatchObject({ causes: [{ reason: 'failed' }] });
  });
});

describe('where the list names no Region', () => {
  it('HeadBucket does, and the facts are read there', async () => {
    const lines = await bucketsOf(regionless(), 'encryption');
    expect(lines).toMatchObject([
      { name: 'far', region: 'eu-west-1', facts: { encryption: { known: true } } },
      { name: 'near', region: 'us-east-1', facts: { encryption: { known: true } } },
    ]);
  });

  it('a denied HeadBucket does, too, in its header', async () => {
    await deny(shop, 'us-east-1', 'near', 's3:ListBucket');
    const [, near] = await bucketsOf(regionless(), 'encryption');
    expect(near).toMatchObject({ region: 'us-east-1', facts: { encryption: { known: true } } });
  });

  it('a bucket that is gone by then is unknown, fact by fact, and nothing is asked of it', async () => {
    const own = regionless();
    org.sandbox.faults.add({ operation: 's3:ListBuckets', kind: 'delay', delayMs: 300 });
    const reading = bucketsOf(own, 'encryption');
    while (org.sandbox.calls.count({ operation: 's3:ListBuckets' }) === 0) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    org.sandbox.world.buckets.delete('near');
    expect((await reading)[1]).toMatchObject({
      name: 'near',
      region: null,
      facts: {
        encryption: { known: false, causes: [{ reason: 'failed', call: 's3:HeadBucket', account: shop }] },
      },
    });
    expect(org.sandbox.calls.count({ operation: 's3:GetBucketEncryption', bucket: 'near' })).toBe(0);
  });
});

describe('how a bucket answers', () => {
  it.each([
    ['near', { status: 200, region: 'us-east-1' }],
    // 301 names the Region, where the bucket then answers.
    ['far', { status: 200, region: 'eu-west-1' }],
    ['foreign', { status: 403, region: 'eu-central-1' }],
    ['nobodys', { status: 404, region: null }],
  ])('%s', async (name, answer) => {
    expect(await headBucket(session(), name)).toEqual(answer);
  });

  it('is 403 with its Region where the bucket of the same Region is denied', async () => {
    await makeBucket(await org.s3(vault, 'us-east-1'), 'neighbour');
    expect(await headBucket(session(), 'neighbour')).toEqual({ status: 403, region: 'us-east-1' });
  });

  it.each(['500', '503', 'expired'] as const satisfies readonly FaultKind[])(
    'is no answer where the call ends with %s, in either Region',
    async (kind) => {
      org.sandbox.faults.add({ operation: 's3:HeadBucket', bucket: 'near', kind });
      await expect(headBucket(session(), 'near')).rejects.toThrow();
    },
  );
});

describe('a session', () => {
  it('counts each call, and each that was throttled for good', async () => {
    const progress = listening();
    const own = sessionOf(org.sandbox, shop, auditing(org.sandbox, shop), { progress });
    org.sandbox.faults.add({ operation: 's3:GetBucketEncryption', bucket: 'near', kind: 'throttled' });
    await bucketsOf(own, 'encryption');
    expect([progress.calls, progress.throttles]).toEqual([3, 1]);
  });

  it('makes no call once the scan was stopped', async () => {
    const stop = new AbortController();
    const own = sessionOf(org.sandbox, shop, auditing(org.sandbox, shop), { signal: stop.signal });
    stop.abort();
    await expect(surveyAccount(own, [])).rejects.toMatchObject({ name: 'AbortError' });
    expect(org.sandbox.calls.count({ operation: 's3:ListBuckets' })).toBe(0);
  });

  it('has so many calls of a service in flight, and those keep none of another from going', async () => {
    const own = session();
    let inFlight = 0;
    let most = 0;
    const answers: (() => void)[] = [];
    const asked = Array.from({ length: 3 * callsAtOnce }, () => {
      const send = async (): Promise<void> => {
        most = Math.max(most, (inFlight += 1));
        await new Promise<void>((resolve) => answers.push(resolve));
        inFlight -= 1;
      };
      return own.ask({ call: 's3:GetBucketPolicy', what: 'x', send });
    });
    const other = await own.ask({ call: 'iam:GetRole', what: 'y', send: () => Promise.resolve('it goes') });
    expect(other).toMatchObject({ known: true, value: 'it goes' });
    while (answers.length > 0) {
      answers.shift()?.();
      await new Promise((resolve) => setImmediate(resolve));
    }
    await Promise.all(asked);
    expect(most).toBe(callsAtOnce);
  });

  it('makes none of the calls that wait once the scan was stopped', async () => {
    const stop = new AbortController();
    const own = sessionOf(org.sandbox, shop, auditing(org.sandbox, shop), { signal: stop.signal });
    let sent = 0;
    const send = async (): Promise<void> => {
      sent += 1;
      await new Promise((resolve) => setImmediate(resolve));
      stop.abort();
    };
    const asked = Array.from({ length: 3 * callsAtOnce }, () => own.ask({ call: 's3:X', what: '', send }));
    const ends = await Promise.allSettled(asked);
    expect(sent).toBe(callsAtOnce);
    expect(ends.filter(({ status }) => status === 'rejected')).toHaveLength(2 * callsAtOnce);
  });

  it('shares a rate with every session of its account, service by service', async () => {
    const limiters = new Limiters(1000);
    const provider = auditing(org.sandbox, shop);
    const one = sessionOf(org.sandbox, shop, provider, { limiters });
    const two = sessionOf(org.sandbox, shop, provider, { limiters });
    org.sandbox.faults.add({ operation: 's3:GetBucketEncryption', kind: 'throttled', times: 1 });
    const [read] = await bucketsOf(one, 'encryption');
    await Promise.all([
      bucketsOf(two, 'encryption'),
      two.iam().send(new GetRoleCommand({ RoleName: 'ReplintAudit' })),
    ]);
    expect(read?.facts.encryption?.known).toBe(true);
    expect(limiters.size).toBe(2);
    expect(limiters.of(shop, 's3').rate).toBeLessThan(1000);
    expect(limiters.of(shop, 'iam').rate).toBe(1000);
    expect(limiters.size).toBe(2);
  });

  it('says when, and by whose credentials, a fact was read', async () => {
    const before = new Date().toISOString();
    const observed = await session().ask({ call: 's3:X', what: '', send: () => Promise.resolve('x') });
    expect(observed).toMatchObject({ known: true, value: 'x', account: shop });
    expect(observed.known && observed.at >= before && observed.at <= new Date().toISOString()).toBe(true);
  });
});
