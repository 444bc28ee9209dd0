import { describe, expect, it } from 'vitest';
import {
  audited,
  bucketIn,
  denied,
  having,
  known,
  roleArn,
  snapshotOf,
  source,
  to,
  vault,
  type Parts,
} from './memory.ts';
import { isEveryAccountListed } from '../../src/evaluate/coverage.ts';
import type { Coverage } from '../../src/model/audit.ts';
import type { Account, EndLine } from '../../src/model/estate.ts';
import type { Backfill, Observed } from '../../src/model/facts.ts';
import { account, shop } from '../snapshot/estate.ts';

const coverage = (parts: Parts): Coverage => audited(parts).audit.coverage;

const backfill = (exact: boolean): Backfill => ({
  compared: 1,
  missing: 0,
  pending: 0,
  pendingMinutes: 15,
  ineligible: 0,
  exact,
  examples: [],
});

const objects = (source: string, index: number, observed: Observed<Backfill>): EndLine => ({
  kind: 'objects',
  source,
  index,
  facts: { backfill: observed },
});

const closed: Account = { ...account('777788889999'), state: 'SUSPENDED', status: 'skipped', why: 'Closed.' };
const skipped: Account = { ...account('777788889999'), status: 'skipped', why: 'Excluded.' };
const unreadable: Account = {
  ...account('777788889999'),
  status: 'unreadable',
  causes: denied('sts:AssumeRole').causes,
};

describe('the coverage', () => {
  it('is complete where all was read, though nothing settles what it means', () => {
    const orders = source('orders', to('replica', { Filter: { Tag: { Key: 'a', Value: 'b' } } }));
    const untold = objects('orders', 0, {
      known: false,
      causes: [{ reason: 'undetermined', detail: 'Tags.' }],
    });
    const { complete, gaps } = coverage({ buckets: [orders], ends: [orders, untold] });
    expect({ complete, gaps }).toMatchObject({ complete: true, gaps: [{ reason: 'undetermined' }] });
  });

  it('counts buckets, sources, routes and facts, each fact once', () => {
    const orders = source('orders', to('replica'), to('replica', { Filter: { Prefix: 'x' } }));
    const replica = bucketIn(vault, 'eu-central-1', 'replica');
    const whole = having(orders, { versioning: known({ Status: 'Enabled' }) });
    const role: EndLine = { kind: 'role', arn: roleArn, facts: { definition: known(null) } };
    // Wave two's line of the source holds wave one's facts too.
    const found = coverage({ buckets: [orders, source('plain'), replica], ends: [whole, replica, role] });
    expect(found).toEqual({
      complete: true,
      accounts: [
        { ...account(shop), buckets: 2 },
        { ...account(vault), buckets: 1 },
      ],
      buckets: 3,
      replicatingBuckets: 1,
      routes: 2,
      factsKnown: 5,
      gaps: [],
      objects: { exact: 0, sampled: 0, notCompared: 2 },
    });
  });

  it('groups what is unknown by reason, call and account, most first', () => {
    const hidden = (name: string): ReturnType<typeof source> =>
      having(source(name), { encryption: denied('s3:GetBucketEncryption') });
    const other = having(bucketIn(vault, null, 'd'), { encryption: denied('s3:GetBucketEncryption', vault) });
    const failed = having(source('e'), {
      encryption: {
        known: false,
        causes: [{ reason: 'failed', call: 's3:GetBucketEncryption', account: shop, detail: 'x' }],
      },
    });
    const { gaps, complete } = coverage({ buckets: [other, hidden('a'), hidden('b'), hidden('c'), failed] });
    expect(complete).toBe(false);
    expect(gaps.map(({ reason, account: by, count, example }) => [reason, by, count, example])).toEqual([
      ['access-denied', shop, 3, 'a'],
      ['access-denied', vault, 1, 'd'],
      ['failed', shop, 1, 'e'],
    ]);
    expect(gaps[0]?.detail).toBe(denied('s3:GetBucketEncryption').causes[0]?.detail);
  });

  it('counts the gaps of roles, strangers and objects, too', () => {
    const orders = source('orders', to('x'));
    const ends: readonly EndLine[] = [
      orders,
      { kind: 'role', arn: roleArn, facts: { definition: denied('iam:GetRole') } },
      { kind: 'stranger', name: 'x', region: null, facts: { presence: denied('s3:HeadBucket') } },
      objects('orders', 0, denied('s3:ListObjectVersions')),
    ];
    expect(coverage({ buckets: [orders], ends }).gaps.map(({ call, example }) => [call, example])).toEqual([
      ['iam:GetRole', roleArn],
      ['s3:HeadBucket', 'x'],
      ['s3:ListObjectVersions', 'orders'],
    ]);
  });

  it('says how the objects of each route were compared', () => {
    const orders = source('orders', to('a'), to('b'), to('c'), to('d'));
    const ends = [
      orders,
      objects('orders', 0, known(backfill(true))),
      objects('orders', 1, known(backfill(false))),
      objects('orders', 2, denied('s3:ListObjectVersions')),
    ];
    expect(coverage({ buckets: [orders], ends }).objects).toEqual({ exact: 1, sampled: 1, notCompared: 2 });
  });

  it.each([
    ['scanned', account('777788889999'), true],
    ['closed', closed, true],
    ['skipped', skipped, false],
    ['unreadable', unreadable, false],
  ])('with an account that is %s is complete: %s', (_, third, complete) => {
    const accounts = [account(shop), third];
    expect(coverage({ buckets: [source('a')], accounts })).toMatchObject({ complete, buckets: 1 });
    expect(coverage({ buckets: [source('a')], accounts }).accounts[1]?.buckets).toBe(0);
  });
});

it('a stranger is a stranger only where an organization told every bucket of every account', () => {
  const listed = (accounts: readonly Account[], organization: string | null = 'o-x'): boolean =>
    isEveryAccountListed(snapshotOf({ buckets: [], accounts, organization }).manifest.organization);
  expect(listed([account(shop), account(vault)])).toBe(true);
  expect(listed([account(shop)], null)).toBe(false);
  expect(listed([account(shop), unreadable])).toBe(false);
  expect(listed([account(shop), skipped])).toBe(false);
  // What a closed account owns is still taken.
  expect(listed([account(shop), closed])).toBe(false);
});
