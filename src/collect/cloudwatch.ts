/** CloudWatch's one call: metrics of S3 by the hour, as many of a Region as one call takes. */
import {
  GetMetricDataCommand,
  type CloudWatchClient,
  type MetricDataQuery,
  type MetricDataResult,
} from '@aws-sdk/client-cloudwatch';
import { required } from './answer.ts';
import type { Session } from './session.ts';
import type { Known, Observed } from '../model/facts.ts';

/** A metric of the namespace `AWS/S3`. */
export interface MetricQuery {
  readonly metric: string;
  readonly statistic: 'Sum' | 'Maximum';
  readonly dimensions: Readonly<Record<string, string>>;
}

/** From, inclusive; to, exclusive. */
export interface Span {
  readonly from: Date;
  readonly to: Date;
}

/** An hour that has a datapoint. */
export interface Point {
  readonly at: Date;
  readonly value: number;
}

/** The call that tells metrics. */
export const metricCall = 'cloudwatch:GetMetricData';
/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html */
const queriesInACall = 500;
const hour = 3600;

/** Of a session, what this takes. */
type Asker = Pick<Session, 'ask' | 'cloudWatch'>;

/** The last 24 hours, from a full hour on: periods that begin where CloudWatch's do are told whole. */
export function lastDay(now: Date): Span {
  const hours = Math.floor(now.getTime() / (hour * 1000)) - 24;
  return { from: new Date(hours * hour * 1000), to: now };
}

/** The hours of each metric that have a datapoint, in order; none where CloudWatch has no data, which is no error. */
export async function readSeries<Q extends MetricQuery>(
  session: Asker,
  region: string,
  queries: readonly Q[],
  span: Span,
): Promise<ReadonlyMap<Q, Observed<readonly Point[]>>> {
  const calls = Math.ceil(queries.length / queriesInACall);
  const chunks = Array.from({ length: calls }, (_, at) =>
    queries.slice(at * queriesInACall, (at + 1) * queriesInACall),
  );
  const read = await Promise.all(chunks.map((chunk) => readChunk(session, region, chunk, span)));
  return new Map(read.flat());
}

async function readChunk<Q extends MetricQuery>(
  session: Asker,
  region: string,
  queries: readonly Q[],
  span: Span,
): Promise<readonly (readonly [Q, Observed<readonly Point[]>])[]> {
  const parts: Part[] = [];
  let token: string | undefined;
  for (;;) {
    const page: Observed<Page | null> = await session.ask({
      call: metricCall,
      what: `replication metrics in ${region}`,
      send: () => readPage(session.cloudWatch(region), queries, span, token),
    });
    if (!page.known) return queries.map((query) => [query, page]);
    parts.push(...(page.value?.parts ?? []));
    token = page.value?.token;
    if (token !== undefined) continue;
    return queries.map((query, at) => {
      const own = parts.filter(({ id }) => id === idOf(at));
      return [query, seriesOf(query, own, page)];
    });
  }
}

/** What one page tells of one metric; a page that is not the last may tell a part. */
interface Part {
  readonly id: string;
  readonly status: string;
  readonly points: readonly Point[];
}

interface Page {
  readonly parts: readonly Part[];
  readonly token: string | undefined;
}

async function readPage(
  client: CloudWatchClient,
  queries: readonly MetricQuery[],
  { from, to }: Span,
  token: string | undefined,
): Promise<Page> {
  const { MetricDataResults, NextToken } = await client.send(
    new GetMetricDataCommand({
      MetricDataQueries: queries.map(queryOf),
      StartTime: from,
      EndTime: to,
      ScanBy: 'TimestampAscending',
      ...(token === undefined ? {} : { NextToken: token }),
    }),
  );
  return { parts: required(MetricDataResults, 'MetricDataResults').map(partOf), token: NextToken };
}

function queryOf({ metric, statistic, dimensions }: MetricQuery, at: number): MetricDataQuery {
  const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
  const Metric = { Namespace: 'AWS/S3', MetricName: metric, Dimensions };
  return { Id: idOf(at), MetricStat: { Metric, Period: hour, Stat: statistic } };
}

/** An id begins with a small letter. */
function idOf(at: number): string {
  return `q${at}`;
}

function partOf({ Id, StatusCode, Timestamps = [], Values = [] }: MetricDataResult): Part {
  const points = Timestamps.map((at, index) => ({ at, value: required(Values[index], 'Values') }));
  return { id: required(Id, 'Id'), status: required(StatusCode, 'StatusCode'), points };
}

/** Hours that CloudWatch kept back are no hours without data: only a complete answer is one. */
function seriesOf(
  { metric }: MetricQuery,
  parts: readonly Part[],
  { account, at }: Known<unknown>,
): Observed<readonly Point[]> {
  const status = parts.at(-1)?.status ?? 'nothing';
  if (status === 'Complete')
    return { known: true, value: parts.flatMap(({ points }) => points), account, at };
  const reason = status === 'Forbidden' ? 'access-denied' : 'failed';
  const detail = `${metricCall} answered '${status}' for the metric ${metric} in account ${account}.`;
  return { known: false, causes: [{ reason, call: metricCall, account, detail }] };
}
