import { PutBucketReplicationCommand, type ReplicationRule, type S3Client } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { estate, makeBucket, read, replicationRole, type Estate } from './estate.ts';
import type { CollectOptions } from '../../src/collect/collect.ts';
import type { Backfill, Observed } from '../../src/model/facts.ts';
import { openSnapshot } from '../../src/snapshot/snapshot.ts';
import { fill } from '../../sandbox/services/s3/versions.ts';

let org: Estate;
let shop = '';
let vault = '';
let s3: S3Client;
let role = '';

beforeEach(async () => {
  org = await estate(2);
  [shop = '', vault = ''] = org.accounts;
  s3 = await org.s3(shop, 'eu-west-1');
  await makeBucket(s3, 'orders');
  await makeBucket(await org.s3(vault, 'eu-central-1'), 'orders-replica');
  role = await replicationRole(await org.inside(shop), 'replication');
});

afterEach(() => org.close());

const minutes = 60_000;

/** Puts versions into a bucket that no replication sees, as if they had been there before it. */
function hold(
  name: string,
  ...keys: readonly (readonly [key: string, ageMinutes: number, deleteMarker?: boolean])[]
): void {
  const bucket = org.sandbox.world.buckets.get(name);
  if (!bucket) throw new Error(`There is no bucket '${name}'.`);
  const rest = { size: 1, etag: '"x"', storageClass: 'STANDARD', body: Buffer.from('x') };
  const made = keys.map(([key, age, deleteMarker = false]) => ({
    ...rest,
    ...{ key, versionId: `version-of-${key}`, deleteMarker, headers: {}, tags: [], replicationStatus: null },
    created: new Date(Date.now() - age * minutes),
  }));
  fill(bucket, made);
}

const old = 3 * 24 * 60;

/** What a scan says of the objects of the only route. */
async function backfill(
  more: Partial<ReplicationRule> = {},
  options: Partial<CollectOptions> = {},
): Promise<Observed<Backfill>> {
  const rule: ReplicationRule = {
    Status: 'Enabled',
    Priority: 1,
    Filter: {},
    DeleteMarkerReplication: { Status: 'Disabled' },
    Destination: { Bucket: 'arn:aws:s3:::orders-replica' },
    ...more,
  };
  const ReplicationConfiguration = { Role: role, Rules: [rule] };
  await s3.send(new PutBucketReplicationCommand({ Bucket: 'orders', ReplicationConfiguration }));
  await read(org, options);
  for (const line of openSnapshot(org.folder).ends()) {
    if (line.kind === 'objects' && line.facts.backfill) return line.facts.backfill;
  }
  throw new Error('The route was not compared.');
}

/** A rule of the first version, which AWS still takes. */
const v1 = (Prefix: string): Partial<ReplicationRule> => ({
  Filter: undefined,
  Priority: undefined,
  DeleteMarkerReplication: undefined,
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- the first version's own member
  Prefix,
});

describe("a route's objects", () => {
  it('are listed at each end by the account that owns it', async () => {
    hold('orders', ['a', old], ['b', old]);
    hold('orders-replica', ['a', old]);
    expect(await backfill()).toMatchObject({
      known: true,
      value: { compared: 2, missing: 1, exact: true, examples: [{ key: 'b', versionId: 'version-of-b' }] },
    });
    const lists = org.sandbox.calls
      .entries()
      .filter(({ operation }) => operation === 's3:ListObjectVersions');
    expect(lists.map(({ account, bucket }) => [bucket, account]).sort()).toEqual([
      ['orders', shop],
      ['orders-replica', vault],
    ]);
  });

  it.each<readonly [string, Partial<ReplicationRule>]>([
    ['Filter.Prefix', { Filter: { Prefix: 'in/' } }],
    ["version 1's Prefix", v1('in/')],
  ])('are those below %s', async (_, more) => {
    hold('orders', ['in/a', old], ['out/a', old]);
    expect(await backfill(more)).toMatchObject({ value: { compared: 1, missing: 1 } });
  });

  const Bucket = 'arn:aws:s3:::orders-replica';
  const timed = {
    Destination: {
      Bucket,
      ReplicationTime: { Status: 'Enabled', Time: { Minutes: 15 } },
      Metrics: { Status: 'Enabled', EventThreshold: { Minutes: 15 } },
    },
  } as const;

  it('wait a day, or fifteen minutes under Replication Time Control, before they count as missing', async () => {
    hold('orders', ['young', 5], ['middling', 60], ['old', old]);
    expect(await backfill()).toMatchObject({ value: { missing: 1, pending: 2, pendingMinutes: 1440 } });
    expect(await backfill(timed)).toMatchObject({ value: { missing: 2, pending: 1, pendingMinutes: 15 } });
    const objects = { versions: 3000, pendingMinutes: 0 };
    expect(await backfill({}, { objects })).toMatchObject({ value: { missing: 3, pending: 0 } });
  });

  it.each<readonly [string, Partial<ReplicationRule>, number]>([
    ['do not count where they do not replicate', {}, 0],
    ['count where they do', { DeleteMarkerReplication: { Status: 'Enabled' } }, 1],
    ['count in version 1, which replicates them', v1(''), 1],
  ])('that are delete markers %s', async (_, more, compared) => {
    hold('orders', ['gone', old, true]);
    expect(await backfill(more)).toMatchObject({ value: { compared, ineligible: 1 - compared } });
  });

  it.each<readonly [string, ReplicationRule['Filter']]>([
    ['one tag', { Tag: { Key: 'a', Value: 'b' } }],
    [
      'several',
      {
        And: {
          Tags: [
            { Key: 'a', Value: 'b' },
            { Key: 'c', Value: 'd' },
          ],
        },
      },
    ],
  ])('are undetermined where the rule filters by %s: listings show none', async (_, Filter) => {
    expect(await backfill({ Filter })).toMatchObject({ known: false, causes: [{ reason: 'undetermined' }] });
    expect(org.sandbox.calls.count({ operation: 's3:ListObjectVersions' })).toBe(0);
  });

  it.each([
    ['orders', 'denied', 'access-denied', () => shop],
    ['orders-replica', 'denied', 'access-denied', () => vault],
    ['orders-replica', 'malformed', 'failed', () => vault],
  ] as const)(
    'are unknown, not missing, where the list of %s is %s',
    async (bucket, kind, reason, account) => {
      hold('orders', ['a', old]);
      org.sandbox.faults.add({ operation: 's3:ListObjectVersions', bucket, kind });
      expect(await backfill()).toMatchObject({
        known: false,
        causes: [{ reason, call: 's3:ListObjectVersions', account: account() }],
      });
    },
  );
});
