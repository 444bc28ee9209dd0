/** GetMetricData: the points of a metric, gathered by period. A metric without points has no values, and is no error. */
import { notImplemented } from '../../service.ts';
import { fields, instant, invalid, list, number, oneOf, optionalText, text } from '../../wire/fields.ts';
import type { Fields } from '../../wire/fields.ts';
import { allow } from '../../wire/operation.ts';
import type { Call } from '../../wire/operation.ts';
import type { MetricPoint } from '../../world.ts';
import { dimensionsOf } from './metric.ts';

const STATISTICS: Readonly<Record<string, (values: readonly number[]) => number>> = {
  Sum: sum,
  Average: (values) => sum(values) / values.length,
  Minimum: (values) => Math.min(...values),
  Maximum: (values) => Math.max(...values),
  SampleCount: (values) => values.length,
};

const MOST_POINTS = 100_800;

interface Span {
  readonly from: Date;
  readonly to: Date;
  readonly newestFirst: boolean;
}

export function getMetricData(call: Call): Fields {
  allow(call, '*');
  const { input } = call;
  const queries = list(input, 'MetricDataQueries').map(fields);
  if (queries.length > 500) throw invalid('metricDataQueries', null, 'have length less than or equal to 500');
  const span = spanOf(input);
  const results = queries
    .filter((query) => query['ReturnData'] !== false)
    .map((query) => resultOf(call, query, span));
  const most = number(input, 'MaxDatapoints', { least: 1, most: MOST_POINTS, otherwise: MOST_POINTS });
  if (sum(results.map((result) => result.Values.length)) > most) {
    throw notImplemented('pages of cloudwatch:GetMetricData');
  }
  return { MetricDataResults: results, Messages: [] };
}

function spanOf(input: Fields): Span {
  const from = instant(input, 'StartTime');
  const to = instant(input, 'EndTime');
  if (from === null || to === null)
    throw invalid(from === null ? 'startTime' : 'endTime', null, 'not be null');
  if (from >= to) throw invalid('startTime', null, 'be before endTime');
  const order = oneOf(optionalText(input, 'ScanBy') ?? 'TimestampDescending', 'scanBy', [
    'TimestampDescending',
    'TimestampAscending',
  ]);
  return { from, to, newestFirst: order === 'TimestampDescending' };
}

function resultOf(call: Call, query: Fields, span: Span) {
  const unknown = ['Expression', 'AccountId'].find((field) => query[field] !== undefined);
  if (unknown !== undefined) throw notImplemented(`${unknown} of cloudwatch:GetMetricData`);
  const stat = fields(query['MetricStat']);
  const name = text(stat, 'Stat');
  const statistic = Object.hasOwn(STATISTICS, name) ? STATISTICS[name] : undefined;
  if (statistic === undefined) throw notImplemented(`the statistic ${name} of cloudwatch:GetMetricData`);
  const metric = fields(stat['Metric']);
  const period = number(stat, 'Period', { least: 1, most: 86_400 * 30, otherwise: 60 });
  const periods = [...byPeriod(pointsOf(call, metric, span), period)];
  periods.sort(([one], [other]) => (span.newestFirst ? other - one : one - other));
  return {
    Id: text(query, 'Id'),
    Label: optionalText(query, 'Label') ?? text(metric, 'MetricName'),
    Timestamps: periods.map(([start]) => new Date(start)),
    Values: periods.map(([, values]) => statistic(values)),
    StatusCode: 'Complete',
  };
}

/** The points between start, inclusive, and end, exclusive. */
function pointsOf({ world, caller, region }: Call, metric: Fields, span: Span): readonly MetricPoint[] {
  const namespace = text(metric, 'Namespace');
  const name = text(metric, 'MetricName');
  const dimensions = dimensionsOf(metric);
  return world.metrics.filter(
    (point) =>
      point.account === caller.account &&
      point.region === region &&
      point.namespace === namespace &&
      point.name === name &&
      point.dimensions === dimensions &&
      point.at >= span.from &&
      point.at < span.to,
  );
}

/** The start of each period → the values of its points. */
function byPeriod(points: readonly MetricPoint[], seconds: number): ReadonlyMap<number, readonly number[]> {
  const periods = new Map<number, number[]>();
  for (const { at, value } of points) {
    const start = Math.floor(at.getTime() / (seconds * 1000)) * seconds * 1000;
    periods.set(start, [...(periods.get(start) ?? []), value]);
  }
  return periods;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
