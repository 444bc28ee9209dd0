import * as api from '@aws-sdk/client-cloudwatch';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startSandbox } from '../../sandbox/server.ts';
import type { Sandbox } from '../../sandbox/server.ts';
import { cloudwatch as service } from '../../sandbox/services/cloudwatch.ts';
import { administrator } from '../../sandbox/create.ts';
import { decode, encode } from '../../sandbox/wire/cbor.ts';
import { clientsOf, keysOf, makeRole, refusalOf, trust } from './sdk.ts';
import type { Clients } from './sdk.ts';

const Namespace = 'AWS/S3';
const Dimensions = [
  { Name: 'SourceBucket', Value: 'source' },
  { Name: 'RuleId', Value: 'all' },
];
const NOON = Date.parse('2026-03-01T12:00:00Z');
const minute = (count: number): Date => new Date(NOON + count * 60_000);

let sandbox: Sandbox;
let admin: Clients;

beforeEach(async () => {
  sandbox = await startSandbox();
  admin = clientsOf(sandbox, sandbox.administrator);
});

afterEach(() => sandbox.close());

function put(...values: readonly (readonly [minutes: number, value: number])[]): Promise<unknown> {
  const MetricData = values.map(([minutes, Value]) => ({
    MetricName: 'OperationsFailedReplication',
    Dimensions,
    Timestamp: minute(minutes),
    Value,
  }));
  return admin.cloudwatch.send(new api.PutMetricDataCommand({ Namespace, MetricData }));
}

interface Asked {
  readonly Stat?: string;
  readonly dimensions?: readonly api.Dimension[];
  readonly more?: Partial<api.GetMetricDataCommandInput>;
}

async function get(
  client: api.CloudWatchClient,
  { Stat = 'Sum', dimensions = Dimensions, more = {} }: Asked = {},
) {
  const Metric = { Namespace, MetricName: 'OperationsFailedReplication', Dimensions: [...dimensions] };
  const answer = await client.send(
    new api.GetMetricDataCommand({
      MetricDataQueries: [{ Id: 'm1', MetricStat: { Metric, Period: 300, Stat } }],
      StartTime: minute(0),
      EndTime: minute(60),
      ...more,
    }),
  );
  return answer.MetricDataResults?.[0];
}

describe('GetMetricData', () => {
  it('gathers points by period, the newest first', async () => {
    await put([1, 2], [4, 3], [5, 10], [59, 1], [60, 100]);
    expect(await get(admin.cloudwatch)).toEqual({
      Id: 'm1',
      Label: 'OperationsFailedReplication',
      StatusCode: 'Complete',
      Timestamps: [minute(55), minute(5), minute(0)],
      Values: [1, 10, 5],
    });
    const oldest = await get(admin.cloudwatch, { more: { ScanBy: 'TimestampAscending' } });
    expect(oldest?.Values).toEqual([5, 10, 1]);
  });

  it.each([
    ['Sum', 6],
    ['Average', 1.5],
    ['Minimum', 0.5],
    ['Maximum', 3],
    ['SampleCount', 4],
  ])('knows the %s', async (Stat, value) => {
    await put([0, 0.5], [1, 2], [1, 3], [2, 0.5]);
    expect((await get(admin.cloudwatch, { Stat }))?.Values).toEqual([value]);
  });

  it('has no values where there is no data, and that is no zero', async () => {
    await put([1, 2]);
    const other = [{ Name: 'SourceBucket', Value: 'other' }];
    expect(await get(admin.cloudwatch, { dimensions: other })).toMatchObject({
      Values: [],
      StatusCode: 'Complete',
    });
    const west = clientsOf(sandbox, sandbox.administrator, 'us-west-2').cloudwatch;
    expect((await get(west))?.Values).toEqual([]);
    expect((await get(admin.cloudwatch, { dimensions: [...Dimensions].reverse() }))?.Values).toEqual([2]);
  });

  it('does not pretend to know expressions and percentiles', async () => {
    expect((await refusalOf(get(admin.cloudwatch, { Stat: 'p99' }))).status).toBe(501);
    const MetricDataQueries = [{ Id: 'e1', Expression: '1+1' }];
    expect((await refusalOf(get(admin.cloudwatch, { more: { MetricDataQueries } }))).status).toBe(501);
  });

  it('refuses who may not, and a span that ends before it begins', async () => {
    const role = await makeRole(admin.iam, 'nobody', trust('*'));
    const nobody = clientsOf(sandbox, await keysOf(admin.sts, role));
    const refusal = await refusalOf(get(nobody.cloudwatch));
    expect(refusal.message).toContain('perform: cloudwatch:GetMetricData on resource: *');
    expect(refusal.code).toMatch(/^AccessDenied/);
    const backwards = get(admin.cloudwatch, { more: { EndTime: minute(-1) } });
    expect((await refusalOf(backwards)).status).toBe(400);
  });
});

describe('PutMetricData', () => {
  it('takes a body so long that the client compresses it', async () => {
    await put(...Array.from({ length: 300 }, (_none, index): [number, number] => [index % 60, 1]));
    const values = (await get(admin.cloudwatch))?.Values ?? [];
    expect(values.reduce((one, other) => one + other, 0)).toBe(300);
  });

  it('takes several values of one instant', async () => {
    const MetricData = [
      { MetricName: 'OperationsFailedReplication', Dimensions, Timestamp: minute(1), Values: [1, 2, 3] },
    ];
    await admin.cloudwatch.send(new api.PutMetricDataCommand({ Namespace, MetricData }));
    expect((await get(admin.cloudwatch, { Stat: 'SampleCount' }))?.Values).toEqual([3]);
  });
});

describe('CBOR', () => {
  it('keeps every value that it is given', () => {
    const list = [0, 23, 24, 70_000, 1.5, -2, true, false];
    const value = { text: 'é'.repeat(300), list, inner: { at: minute(0) } };
    expect(decode(encode(value))).toEqual(value);
    expect(decode(encode({ ...value, gone: null, never: undefined }))).toEqual(value);
  });

  it.each([
    ['bf61610161629f0203ffff', { a: 1, b: [2, 3] }],
    ['1903e8', 1000],
    ['1b000000e8d4a51000', 1_000_000_000_000],
    ['3863', -100],
    ['fa47c35000', 100_000],
    ['7f6261626163ff', 'abc'],
    ['f6', null],
    ['c11a514b67b0', new Date(1_363_896_240_000)],
  ])('reads %s', (hex, value) => {
    expect(decode(Buffer.from(hex, 'hex'))).toEqual(value);
  });

  it('is spoken with a client that speaks it', async () => {
    await put([1, 2]);
    const { world } = sandbox;
    const ask = (input: object) => ({
      ...{ method: 'POST', host: 'localhost', query: new URLSearchParams(), region: 'us-east-1' },
      path: '/service/GraniteServiceVersion20100801/operation/GetMetricData',
      headers: { 'smithy-protocol': 'rpc-v2-cbor' },
      body: encode(input),
      caller: administrator(world).caller,
    });
    const Metric = { Namespace, MetricName: 'OperationsFailedReplication', Dimensions };
    const MetricDataQueries = [{ Id: 'm1', MetricStat: { Metric, Period: 300, Stat: 'Sum' } }];
    const request = ask({ MetricDataQueries, StartTime: minute(0), EndTime: minute(60) });
    expect(service.operation(world, request)).toBe('cloudwatch:GetMetricData');
    const { headers, body } = service.handle(world, request);
    expect(headers).toEqual({ 'smithy-protocol': 'rpc-v2-cbor', 'content-type': 'application/cbor' });
    expect(decode(Buffer.from(body))).toMatchObject({
      MetricDataResults: [{ Id: 'm1', Timestamps: [minute(0)], Values: [2] }],
    });
  });
});
