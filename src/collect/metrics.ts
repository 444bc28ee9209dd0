/**
 * Replication metrics of routes. S3 publishes failed operations in the source's Region and the others in the destination's; that all
 * are in the source's account AWS says nowhere outright, but the source bucket's page in its console shows them all.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/repl-metrics.html
 */
import { lastDay, metricCall, readSeries, type MetricQuery, type Point, type Span } from './cloudwatch.ts';
import type { Session } from './session.ts';
import type { RouteWork } from './share.ts';
import { bucketName } from '../arn.ts';
import type {
  Cause,
  FailedOperations,
  Lag,
  ObjectFacts,
  Observed,
  ObservedFacts,
  Peak,
  Unknown,
} from '../model/facts.ts';

/** The facts that CloudWatch tells. */
export type MetricFacts = Pick<ObjectFacts, 'failedOperations' | 'lag'>;

/** Each metric by the statistic that AWS names for it: https://docs.aws.amazon.com/AmazonS3/latest/userguide/metrics-dimensions.html */
const failed = { metric: 'OperationsFailedReplication', statistic: 'Sum' } as const;
const latency = { metric: 'ReplicationLatency', statistic: 'Maximum' } as const;
const pendingBytes = { metric: 'BytesPendingReplication', statistic: 'Maximum' } as const;

type Metric = Pick<MetricQuery, 'metric' | 'statistic'>;
type Times = Pick<Lag, 'from' | 'to'>;

/** One metric of one route, and where it is. */
interface RouteQuery extends MetricQuery {
  readonly route: RouteWork;
  readonly region: string;
}

/** Reads the given facts of the routes that have metrics; one call for all of a Region, up to CloudWatch's limit. */
export async function readMetrics(
  routes: readonly RouteWork[],
  session: Session | Unknown,
  facts: readonly string[],
): Promise<ReadonlyMap<RouteWork, ObservedFacts<MetricFacts>>> {
  const measured = routes.filter(({ rule }) => rule.Destination.Metrics?.Status === 'Enabled');
  const asked = measured.map((route) => [route, metricsOf(route, facts)] as const);
  const span = lastDay(new Date());
  const queries = asked.flatMap(([route, metrics]) => metrics.flatMap((metric) => queriesOf(route, metric)));
  const answers: Answers = 'known' in session ? new Map() : await ask(session, queries, span);
  const times: Times = { from: span.from.toISOString(), to: span.to.toISOString() };
  return new Map(
    asked.map(([route, metrics]) => {
      const told = (metric: Metric): Observed<readonly Point[]> =>
        'known' in session ? session : (answers.get(keyOf(route, metric)) ?? unasked(route, metric));
      return [
        route,
        {
          ...(metrics.includes(failed) ? { failedOperations: failuresOf(told(failed), times) } : {}),
          ...(metrics.includes(latency) ? { lag: lagOf(told(latency), told(pendingBytes), times) } : {}),
        },
      ];
    }),
  );
}

/** Where a stranger's bucket is nobody could be asked, so its lag is left out. */
function metricsOf({ destination }: RouteWork, facts: readonly string[]): readonly Metric[] {
  return [
    ...(facts.includes('failedOperations') ? [failed] : []),
    ...(facts.includes('lag') && destination !== null ? [latency, pendingBytes] : []),
  ];
}

/** What CloudWatch told, by {@link keyOf}. */
type Answers = ReadonlyMap<string, Observed<readonly Point[]>>;

function keyOf({ source, index }: RouteWork, { metric }: Metric): string {
  return `${source.name}#${index} ${metric}`;
}

async function ask(session: Session, queries: readonly RouteQuery[], span: Span): Promise<Answers> {
  const regions = [...new Set(queries.map(({ region }) => region))];
  const answers = await Promise.all(
    regions.map((region) => {
      const here = queries.filter((query) => query.region === region);
      return readSeries(session, region, here, span);
    }),
  );
  return new Map(
    answers.flatMap((answer) => [...answer].map(([query, told]) => [keyOf(query.route, query), told])),
  );
}

function regionOf({ source, destination }: RouteWork, metric: Metric): string | null {
  return (metric === failed ? source : destination)?.region ?? null;
}

function queriesOf(route: RouteWork, metric: Metric): readonly RouteQuery[] {
  const { source, rule } = route;
  const region = regionOf(route, metric);
  if (region === null || rule.ID === undefined) return [];
  const dimensions = {
    SourceBucket: source.name,
    DestinationBucket: bucketName(rule.Destination.Bucket),
    RuleId: rule.ID,
  };
  return [{ ...metric, dimensions, route, region }];
}

/** Why a metric was not asked for. */
function unasked(route: RouteWork, metric: Metric): Unknown {
  const { source, destination, rule } = route;
  const cause: Omit<Cause, 'call'> =
    rule.ID === undefined
      ? {
          reason: 'undetermined',
          detail: `A replication rule of '${source.name}' has no id, and its metrics go by it.`,
        }
      : {
          reason: 'not-collected',
          detail: `The Region of '${(metric === failed ? source : destination)?.name ?? ''}' is not known.`,
        };
  return { known: false, causes: [{ ...cause, call: metricCall }] };
}

function failuresOf(told: Observed<readonly Point[]>, times: Times): Observed<FailedOperations | null> {
  if (!told.known) return told;
  const { value: points } = told;
  const sum = points.reduce((total, { value }) => total + value, 0);
  return { ...told, value: points.length === 0 ? null : { ...times, sum, datapoints: points.length } };
}

function lagOf(
  behind: Observed<readonly Point[]>,
  bytes: Observed<readonly Point[]>,
  times: Times,
): Observed<Lag | null> {
  if (!behind.known) return behind;
  if (!bytes.known) return bytes;
  const lag = { ...times, latency: peakOf(behind.value), pendingBytes: peakOf(bytes.value) };
  return { ...behind, value: lag.latency === null && lag.pendingBytes === null ? null : lag };
}

function peakOf(points: readonly Point[]): Peak | null {
  const latest = points.at(-1);
  if (latest === undefined) return null;
  const maximum = points.reduce((most, { value }) => Math.max(most, value), latest.value);
  return { maximum, latest: latest.value, datapoints: points.length };
}
