import { ListBucketsCommand } from '@aws-sdk/client-s3';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { estate, silent, type Estate } from './estate.ts';
import { reachOf } from './reach.ts';
import { Access } from '../../src/collect/access.ts';
import { Limiters } from '../../src/collect/limiters.ts';

const caller = { account: '111122223333', arn: 'arn:aws:iam::111122223333:user/admin', partition: 'aws' };
const surroundings = {
  region: 'eu-west-1',
  pathStyle: true,
  callsPerSecond: 20,
  limiters: new Limiters(20),
  progress: silent,
  signal: new AbortController().signal,
};
const access = new Access({
  caller,
  base: () => Promise.reject(new Error('Nobody is asked.')),
  role: 'ReplintAudit',
  externalId: undefined,
  surroundings,
});

it.each([
  ['o-acme', 'outside-organization'],
  [null, 'not-collected'],
])('of an account that is not listed, in organization %s, it says %s', (organization, reason) => {
  expect(access.sessions([], organization)('999900001111')).toMatchObject({
    known: false,
    causes: [{ reason, account: '999900001111' }],
  });
});

setFlagsFromString('--expose-gc');
// What the flag puts into contexts that are made after it was set.
const collectGarbage = runInNewContext('gc') as () => void;

async function letGo(one: WeakRef<object>): Promise<void> {
  for (let turn = 0; turn < 50 && one.deref() !== undefined; turn += 1) {
    await new Promise((resolve) => setTimeout(resolve, 0));
    collectGarbage();
  }
}

describe('an account that is read a second time', () => {
  let org: Estate;
  let member = '';

  beforeEach(async () => {
    org = await estate(1);
    [member = ''] = org.accounts;
  });

  afterEach(async () => {
    vi.useRealTimers();
    await org.close();
  });

  const assumed = (): number => org.sandbox.calls.count({ operation: 'sts:AssumeRole' });

  /** Reads the account with clients that nobody has afterwards. */
  async function visit(way: Access): Promise<WeakRef<object>> {
    const session = await way.open(member);
    if ('causes' in session) throw new Error(session.causes[0]?.detail);
    await session.s3(session.region).send(new ListBucketsCommand({ MaxBuckets: 1 }));
    return new WeakRef(session);
  }

  function wayIn(): Access {
    const { credentials, region } = reachOf(org.sandbox);
    const { managementAccount: account } = org.sandbox.world;
    return new Access({
      caller: { ...caller, account },
      base: credentials,
      role: 'ReplintAudit',
      externalId: undefined,
      surroundings: { ...surroundings, region: region ?? '' },
    });
  }

  it('has new clients, and the credentials of before', async () => {
    const way = wayIn();
    const before = assumed();
    const first = await visit(way);
    await letGo(first);
    expect(first.deref()).toBeUndefined();
    await visit(way);
    expect(assumed() - before).toBe(1);
  });

  it('has new credentials where those of before are about to end', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const way = wayIn();
    const before = assumed();
    await letGo(await visit(way));
    vi.setSystemTime(Date.now() + 56 * 60_000);
    await visit(way);
    expect(assumed() - before).toBe(2);
  });
});
