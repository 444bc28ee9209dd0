import { PutMetricDataCommand, type GetMetricDataCommandOutput } from '@aws-sdk/client-cloudwatch';
import { PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { PutBucketReplicationCommand, type ReplicationRule } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { estate, lineOf, makeBucket, plan, read, replicationRole, type Estate } from './estate.ts';
import { sessionOf } from './reach.ts';
import { lastDay, readSeries } from '../../src/collect/cloudwatch.ts';
import { evaluate } from '../../src/evaluate/evaluate.ts';
import type { ObjectsLine } from '../../src/model/estate.ts';
import type { Finding } from '../../src/model/finding.ts';
import { planOf } from '../../src/plan.ts';
import { select } from '../../src/selection.ts';
import { openSnapshot } from '../../src/snapshot/snapshot.ts';
import { rules } from '../../rules/index.ts';
import { clientsOf, keysOf, policy } from '../sandbox/sdk.ts';

let org: Estate;
let shop = '';
let vault = '';
let role = '';

const near = 'eu-west-1';
const far = 'eu-central-1';

/** A source and a destination in two accounts and Regions; the scanning role may read metrics. */
beforeEach(async () => {
  org = await estate(2);
  [shop = '', vault = ''] = org.accounts;
  await makeBucket(await org.s3(shop, near), 'orders');
  await makeBucket(await org.s3(vault, far), 'orders-replica');
  role = await replicationRole(await org.inside(shop), 'replication');
  const PolicyDocument = policy({ Effect: 'Allow', Action: 'cloudwatch:GetMetricData', Resource: '*' });
  const where = { RoleName: 'ReplintAudit', PolicyName: 'metrics', PolicyDocument };
  for (const account of org.accounts)
    await (await org.inside(account)).iam.send(new PutRolePolicyCommand(where));
  org.sandbox.calls.clear();
});

afterEach(() => org.close());

const rule = (ID: string, more: Partial<ReplicationRule> = {}): ReplicationRule => ({
  ID,
  Status: 'Enabled',
  Priority: Number(ID.replace(/\D/g, '') || '0'),
  Filter: { Prefix: `${ID}/` },
  DeleteMarkerReplication: { Status: 'Disabled' },
  Destination: { Bucket: 'arn:aws:s3:::orders-replica', Metrics: { Status: 'Enabled' } },
  ...more,
});

const unmeasured: Partial<ReplicationRule> = {
  Destination: { Bucket: 'arn:aws:s3:::orders-replica', Metrics: { Status: 'Disabled' } },
};

async function configure(...Rules: readonly ReplicationRule[]): Promise<void> {
  const ReplicationConfiguration = { Role: role, Rules: [...Rules] };
  const s3 = await org.s3(shop, near);
  await s3.send(new PutBucketReplicationCommand({ Bucket: 'orders', ReplicationConfiguration }));
}

/** Reads the facts of metrics alone, and gives the lines of routes. */
async function lines(...Rules: readonly ReplicationRule[]): Promise<readonly ObjectsLine[]> {
  await configure(...Rules);
  // The same ends, with no fact but these.
  const none = Object.fromEntries(Object.keys(plan).map((end) => [end, []])) as unknown as typeof plan;
  const asked = { ...none, bucket: ['replication'], objects: ['failedOperations', 'lag'] };
  await read(org, { plan: asked });
  return [...openSnapshot(org.folder).ends()].filter((line): line is ObjectsLine => line.kind === 'objects');
}

async function factsOf(...Rules: readonly ReplicationRule[]): Promise<ObjectsLine['facts']> {
  const [line] = await lines(...Rules);
  if (line === undefined) throw new Error('Nothing was read of the route.');
  return line.facts;
}

const hours = 60 * 60 * 1000;

/** Says as S3 would how a metric stood so many hours ago. */
async function put(
  MetricName: string,
  region: string,
  points: readonly (readonly [hoursAgo: number, value: number])[],
  { account = shop, RuleId = 'r1' } = {},
): Promise<void> {
  const admin = clientsOf(org.sandbox, org.sandbox.administrator);
  const owner = `arn:aws:iam::${account}:role/OrganizationAccountAccessRole`;
  const { cloudwatch } = clientsOf(org.sandbox, await keysOf(admin.sts, owner), region);
  const Dimensions = Object.entries({ SourceBucket: 'orders', DestinationBucket: 'orders-replica', RuleId });
  const MetricData = points.map(([ago, Value]) => ({
    MetricName,
    Dimensions: Dimensions.map(([Name, Value]) => ({ Name, Value })),
    Timestamp: new Date(Date.now() - ago * hours - 1000),
    Value,
  }));
  await cloudwatch.send(new PutMetricDataCommand({ Namespace: 'AWS/S3', MetricData }));
}

const failed = 'OperationsFailedReplication';
const latency = 'ReplicationLatency';
const bytes = 'BytesPendingReplication';
const calls = (account: string): number =>
  org.sandbox.calls.count({ operation: 'cloudwatch:GetMetricData', account });

describe("a route's metrics", () => {
  it("trap 23: are the source account's, failures in the source's Region and lag in the destination's", async () => {
    await put(failed, near, [
      [1, 2],
      [1, 3],
      [20, 10],
    ]);
    await put(latency, far, [
      [3, 4000],
      [3, 100],
      [1, 7],
    ]);
    await put(bytes, far, [
      [2, 5],
      [1, 50],
    ]);
    const { failedOperations, lag } = await factsOf(rule('r1'));
    expect(failedOperations).toMatchObject({ known: true, account: shop, value: { sum: 15, datapoints: 2 } });
    expect(lag).toMatchObject({
      known: true,
      account: shop,
      value: {
        latency: { maximum: 4000, latest: 7, datapoints: 2 },
        pendingBytes: { maximum: 50, latest: 50, datapoints: 2 },
      },
    });
    expect([calls(shop), calls(vault)]).toEqual([2, 0]);
  });

  it.each([
    ['the other Region', (): object => ({ there: near, here: far })],
    ['the other account', (): object => ({ account: vault })],
    ['another replication rule', (): object => ({ RuleId: 'r2' })],
  ])('are none where they are those of %s', async (_, where) => {
    const { there = far, here = near, ...of } = where() as { there?: string; here?: string };
    await put(failed, here, [[1, 2]], of);
    await put(latency, there, [[1, 2]], of);
    const { failedOperations, lag } = await factsOf(rule('r1'));
    expect([failedOperations, lag]).toMatchObject([
      { known: true, value: null },
      { known: true, value: null },
    ]);
  });

  it('trap 23: that are missing are not zero, and zero is not missing', async () => {
    expect(await factsOf(rule('r1'))).toMatchObject({ failedOperations: { value: null } });
    await put(failed, near, [[1, 0]]);
    await put(bytes, far, [[1, 0]]);
    expect(await factsOf(rule('r1'))).toMatchObject({
      failedOperations: { value: { sum: 0, datapoints: 1 } },
      lag: { value: { latency: null, pendingBytes: { maximum: 0, latest: 0, datapoints: 1 } } },
    });
  });

  it('are those of a day, and say which', async () => {
    await put(failed, near, [
      [0, 1],
      [23.9, 10],
      [25.1, 100],
    ]);
    const { failedOperations } = await factsOf(rule('r1'));
    const value = failedOperations?.known === true ? failedOperations.value : null;
    expect(value?.sum).toBe(11);
    const length = Date.parse(value?.to ?? '') - Date.parse(value?.from ?? '');
    expect(value?.from).toMatch(/:00:00\.000Z$/);
    expect(length >= 24 * hours && length < 25 * hours).toBe(true);
  });

  it('are read in one call a Region, however many routes', async () => {
    await put(failed, near, [[1, 1]]);
    await put(failed, near, [[1, 2]], { RuleId: 'r2' });
    const read = await lines(rule('r1'), rule('r2'), rule('r3', unmeasured), rule('r4'));
    expect(read.map(({ index, facts }) => [index, facts.failedOperations])).toMatchObject([
      [0, { value: { sum: 1 } }],
      [1, { value: { sum: 2 } }],
      [3, { value: null }],
    ]);
    expect(calls(shop)).toBe(2);
  });

  it('are not asked for where the replication rule has none', async () => {
    expect(await lines(rule('r1', unmeasured))).toEqual([]);
    expect(calls(shop)).toBe(0);
  });

  it("are only the source's Region's where nobody knows whose the destination is", async () => {
    org.sandbox.world.accounts.get(vault)?.roles.delete('ReplintAudit');
    const facts = await factsOf(rule('r1'));
    expect(facts).toMatchObject({ failedOperations: { known: true } });
    expect(facts.lag).toBeUndefined();
  });
});

describe('the rules about metrics', () => {
  const named = { 'replication-failing': 'error', 'replication-lagging': 'warning' } as const;
  const selection = select(rules, { rules: named }, Object.keys(named));

  /** What they find out of a scan. */
  async function found(): Promise<readonly string[]> {
    await read(org, { plan: planOf(selection) });
    const findings: Finding[] = [];
    const judgement = { selection, preset: 'recommended', configuration: '' };
    evaluate(openSnapshot(org.folder), judgement, (finding) => findings.push(finding));
    return findings.map((finding) => `${lineOf(finding)} ${finding.route?.replicationRule ?? ''}`);
  }

  it('speak of the route that fails or lags, and of no other', async () => {
    const route = 'orders → orders-replica';
    await configure(rule('r1'), rule('r2'), rule('r3', unmeasured));
    await put(failed, near, [[2, 3]]);
    await put(failed, near, [[2, 0]], { RuleId: 'r2' });
    await put(latency, far, [[2, 90_000]], { RuleId: 'r2' });
    await put(latency, far, [[2, 60]]);
    expect(await found()).toEqual([
      `fail replication-failing ${route} r1`,
      `fail replication-lagging ${route} r2`,
    ]);
    await put(failed, near, [[2, 3]], { RuleId: 'r3' });
    expect(await found()).toHaveLength(2);
  });

  it('know nothing of a route whose metrics nobody may read', async () => {
    const route = 'orders → orders-replica';
    await configure(rule('r1'));
    org.sandbox.world.accounts.get(shop)?.roles.get('ReplintAudit')?.inline.delete('metrics');
    expect(await found()).toEqual([
      `unknown replication-failing ${route} r1`,
      `unknown replication-lagging ${route} r1`,
    ]);
  });
});

describe('metrics that could not be read', () => {
  const causes = [
    {
      reason: 'access-denied',
      call: 'cloudwatch:GetMetricData',
      get account() {
        return shop;
      },
    },
  ];

  it('are unknown where the role may not', async () => {
    org.sandbox.world.accounts.get(shop)?.roles.get('ReplintAudit')?.inline.delete('metrics');
    expect(await factsOf(rule('r1'))).toMatchObject({
      failedOperations: { known: false, causes },
      lag: { known: false, causes },
    });
  });

  it.each([
    ['throttled', 'throttled'],
    ['500', 'failed'],
    ['malformed', 'failed'],
  ] as const)('are unknown where the call is %s', async (kind, reason) => {
    org.sandbox.faults.add({ operation: 'cloudwatch:GetMetricData', kind });
    const cause = { reason, call: 'cloudwatch:GetMetricData', account: shop };
    expect(await factsOf(rule('r1'))).toMatchObject({
      failedOperations: { known: false, causes: [cause] },
      lag: { known: false, causes: [cause] },
    });
  });

  it('are read all the same where it is throttled twice', async () => {
    org.sandbox.faults.add({ operation: 'cloudwatch:GetMetricData', kind: 'throttled', times: 2 });
    expect(await factsOf(rule('r1'))).toMatchObject({ failedOperations: { known: true } });
  });
});

const query = (RuleId: string) => ({
  metric: failed,
  statistic: 'Sum' as const,
  dimensions: { SourceBucket: 'orders', DestinationBucket: 'orders-replica', RuleId },
});

describe('the call', () => {
  it('takes 500 metrics at most, so that more take more', async () => {
    const session = sessionOf(org.sandbox, shop);
    const queries = Array.from({ length: 501 }, (_, at) => query(`r${at}`));
    const read = await readSeries(session, near, queries, lastDay(new Date()));
    expect([...read.keys()]).toEqual(queries);
    expect([...read.values()].every(({ known }) => known)).toBe(true);
    expect(org.sandbox.calls.count({ operation: 'cloudwatch:GetMetricData' })).toBe(2);
  });

  /** What comes of these pages for one query. */
  async function answered(...pages: readonly Partial<GetMetricDataCommandOutput>[]): Promise<unknown> {
    const session = sessionOf(org.sandbox, shop);
    const asked: unknown[] = [];
    // Of the client nothing is used but `send`.
    const client = {
      send: ({ input }: { input: { NextToken?: string } }) => {
        asked.push(input.NextToken);
        return Promise.resolve(pages[asked.length - 1]);
      },
    } as unknown as ReturnType<typeof session.cloudWatch>;
    const asker = { ask: session.ask.bind(session), cloudWatch: () => client };
    const read = await readSeries(asker, near, [query('r1')], lastDay(new Date()));
    return [asked, [...read.values()][0]];
  }
  const at = new Date(0);
  const page = (StatusCode: 'Complete' | 'PartialData' | 'InternalError' | 'Forbidden', value: number) => ({
    MetricDataResults: [{ Id: 'q0', StatusCode, Timestamps: [at], Values: [value] }],
  });

  it('goes on where a page is not the last', async () => {
    const pages = [{ ...page('PartialData', 1), NextToken: 'more' }, page('Complete', 2)];
    expect(await answered(...pages)).toMatchObject([
      [undefined, 'more'],
      {
        known: true,
        value: [
          { at, value: 1 },
          { at, value: 2 },
        ],
      },
    ]);
  });

  it.each([
    ['PartialData', page('PartialData', 1), 'failed'],
    ['InternalError', page('InternalError', 1), 'failed'],
    ['Forbidden', page('Forbidden', 1), 'access-denied'],
    ['nothing', { MetricDataResults: [] }, 'failed'],
  ] as readonly (readonly [string, Partial<GetMetricDataCommandOutput>, string])[])(
    'is no answer where in the end it says %s',
    async (status, last, reason) => {
      const [, told] = (await answered(last)) as readonly unknown[];
      const detail = `cloudwatch:GetMetricData answered '${status}' for the metric ${failed} in account ${shop}.`;
      expect(told).toMatchObject({ known: false, causes: [{ reason, detail }] });
    },
  );

  it('is no answer where it lacks what AWS documents', async () => {
    const without = { MetricDataResults: [{ Id: 'q0', StatusCode: 'Complete' as const, Timestamps: [at] }] };
    for (const broken of [{}, without])
      expect((await answered(broken)) as readonly unknown[]).toMatchObject([
        [undefined],
        { known: false, causes: [{ reason: 'failed' }] },
      ]);
  });
});
