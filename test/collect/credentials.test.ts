import { GetRoleCommand } from '@aws-sdk/client-iam';
import { ListBucketsCommand } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { estate, type Estate } from './estate.ts';
import { reachOf } from './reach.ts';
import { iamClient, s3Client, stsClient } from '../../src/collect/aws.ts';
import { assumedRole } from '../../src/collect/credentials.ts';
import { makeRole, trust } from '../sandbox/sdk.ts';

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

const minutes = 60_000;

/** A provider for a role of the member account, and how often it says that it called. */
function provider(
  role = 'ReplintAudit',
  externalId?: string,
): { readonly ask: ReturnType<typeof assumedRole>; readonly called: () => number } {
  let calls = 0;
  const arn = `arn:aws:iam::${member}:role/${role}`;
  const ask = assumedRole(stsClient(reachOf(org.sandbox)), { arn, externalId }, () => {
    calls += 1;
  });
  return { ask, called: () => calls };
}

const assumed = (): number => org.sandbox.calls.count({ operation: 'sts:AssumeRole' });

describe("a role's credentials", () => {
  it('are asked for once, however many ask at the same time and later', async () => {
    const { ask, called } = provider();
    const before = assumed();
    const [first, ...others] = await Promise.all([ask(), ask(), ask()]);
    expect(others).toEqual([first, first]);
    expect(await ask()).toEqual(first);
    expect(assumed() - before).toBe(1);
    expect(called()).toBe(1);
    expect(first.sessionToken).toBeTruthy();
    expect(first.expiration?.getTime()).toBeGreaterThan(Date.now() + 59 * minutes);
  });

  it('are asked for anew five minutes before they expire, by one for all', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const { ask } = provider();
    const first = await ask();
    vi.setSystemTime((first.expiration?.getTime() ?? 0) - 5.1 * minutes);
    expect(await ask()).toEqual(first);
    vi.setSystemTime((first.expiration?.getTime() ?? 0) - 4.9 * minutes);
    const before = assumed();
    const [second, third] = await Promise.all([ask(), ask()]);
    expect(second).toEqual(third);
    expect(second.accessKeyId).not.toBe(first.accessKeyId);
    expect(assumed() - before).toBe(1);
  });

  it('last for a scan of many hours, whichever client signs with them', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const begun = Date.now();
    const { ask } = provider();
    const before = assumed();
    const s3 = s3Client({ ...reachOf(org.sandbox), credentials: ask });
    const iam = iamClient({ ...reachOf(org.sandbox), credentials: ask });
    for (let minute = 0; minute <= 600; minute += 10) {
      vi.setSystemTime(begun + minute * minutes);
      await s3.send(new ListBucketsCommand({ MaxBuckets: 1 }));
      await iam.send(new GetRoleCommand({ RoleName: 'ReplintAudit' }));
    }
    // Ten hours, of sessions that are given up five minutes before their hour is over.
    expect(assumed() - before).toBe(11);
  });

  it('are asked for again where that failed: a refusal is not remembered', async () => {
    org.sandbox.faults.add({ operation: 'sts:AssumeRole', kind: 'denied', times: 1 });
    const { ask } = provider();
    const both = await Promise.allSettled([ask(), ask()]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect((await ask()).accessKeyId).toMatch(/^ASIA/);
  });

  it('are given against the external id, where there is one', async () => {
    const { managementAccount } = org.sandbox.world;
    const Condition = { StringEquals: { 'sts:ExternalId': 'secret' } };
    const trusted = trust(`arn:aws:iam::${managementAccount}:root`, { Condition });
    await makeRole((await org.inside(member)).iam, 'Careful', trusted);
    await expect(provider('Careful').ask()).rejects.toMatchObject({ name: 'AccessDenied' });
    expect((await provider('Careful', 'secret').ask()).accessKeyId).toMatch(/^ASIA/);
  });

  it('are refused where the answer holds none', async () => {
    const sts = stsClient(reachOf(org.sandbox));
    sts.middlewareStack.add(
      (next) => async (args) => {
        const { response, output } = await next(args);
        Object.assign(output, { Credentials: {} });
        return { response, output };
      },
      { step: 'initialize' },
    );
    const arn = `arn:aws:iam::${member}:role/ReplintAudit`;
    await expect(assumedRole(sts, { arn, externalId: undefined }, () => undefined)()).rejects.toThrow(
      "lacks 'Credentials'",
    );
  });
});
