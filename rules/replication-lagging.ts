import { count, isMeasured, minute } from './shared/metrics.ts';
import type { Lag, Peak } from '../src/model/facts.ts';
import {
  defineRule,
  fail,
  notApplicable,
  pass,
  undetermined,
  unknown,
  type ReplicationRule,
} from '../src/rule.ts';

interface Options {
  readonly latencyMinutes?: number;
  readonly pendingBytes?: number;
}

const defaults: Options = {};
const day = { from: '2025-12-31T00:00:00.000Z', to: '2026-01-01T00:00:00.000Z' };
const hours = { datapoints: 24 };

export default defineRule({
  id: 'replication-lagging',
  title: 'Replication lags behind',
  severity: 'warning',
  scope: 'route',
  // What it reads is charged for, asks for one more permission, and is there only where metrics are on.
  recommended: false,
  why: "What has not arrived yet is lost with the source. In the last 24 hours the destination was further behind than the configuration allows; where that says nothing, than 15 minutes on a route with Replication Time Control, which promises them, and than a day on one without, which promises nothing. The highest value of the day counts, so that a burst every night is seen by day. The metrics are published in the destination's Region also while nothing is replicated, so where they have no datapoint nobody can say how it stands: missing data is not zero. That they belong to the source's account, of whose credentials they are asked, AWS's pages imply and do not say; it is a judgement.",
  fix: 'See whether it is still behind (the finding says how the last hour stood) and whether it grows. Large bursts pass by themselves; a lag that stays may come of quotas for KMS requests or for transfer under Replication Time Control, or of a bucket that is not available for a time. Replication Time Control sets a time by which objects arrive, and sends an event for those that do not.',
  page: 'AmazonS3/latest/userguide/repl-metrics.html',
  needs: {},
  // Not read where metrics are off, so it cannot be needed.
  wants: { objects: ['lag'] },
  options: {
    defaults,
    schema: {
      type: 'object',
      additionalProperties: false,
      properties: {
        latencyMinutes: {
          type: 'number',
          minimum: 0,
          description:
            'How far behind the destination may be; 15 with Replication Time Control and 1,440 without if left out.',
        },
        pendingBytes: {
          type: 'integer',
          minimum: 0,
          description: 'How many bytes may wait; any number if left out.',
        },
      },
    },
  },
  evaluate({ source, destination, objects, route }, options) {
    if (!isMeasured(route.rule)) return notApplicable;
    if (!objects.lag.known) return unknown(objects.lag);
    const { value: lag } = objects.lag;
    const limits = limitsOf(lag, options, route.rule);
    const over = limits.flatMap(({ peak, ...limit }) =>
      peak !== null && peak.maximum > limit.most ? [{ peak, ...limit }] : [],
    );
    if (lag === null || over.length === 0) {
      const untold = limits.find(({ peak }) => peak === null);
      if (untold === undefined) return pass;
      return undetermined(
        `CloudWatch has no datapoint of ${untold.metric} for the route from '${source.name}' to '${destination.name}', though S3 publishes it also while nothing is replicated: metrics may have been enabled only just, or they did not arrive.`,
      );
    }
    const span = `between ${minute(lag.from)} and ${minute(lag.to)}`;
    return fail({
      message: over
        .map(
          ({ peak, say }) =>
            `'${destination.name}' was up to ${say(peak.maximum)} behind '${source.name}' ${span}, and ${say(peak.latest)} in the last hour that was told.`,
        )
        .join(' '),
      expected: over.map(({ most, say }) => `at most ${say(most)}`).join(', '),
      actual: over.map(({ peak, say }) => say(peak.maximum)).join(', '),
      at: ['objects.lag'],
    });
  },
  remedy: () => ({ untyped: 'no setting is wrong, and what holds replication up is not known.' }),
  examples: {
    bad: {
      objects: {
        lag: {
          ...day,
          latency: { ...hours, maximum: 180_000, latest: 172_800 },
          pendingBytes: { ...hours, maximum: 5_000_000_000, latest: 4_000_000_000 },
        },
      },
    },
    good: {
      objects: {
        lag: {
          ...day,
          latency: { ...hours, maximum: 40, latest: 4 },
          pendingBytes: { ...hours, maximum: 1_000_000, latest: 0 },
        },
      },
    },
  },
});

/** A metric, and how high it may be. */
interface Limit {
  readonly metric: string;
  readonly peak: Peak | null;
  readonly most: number;
  readonly say: (value: number) => string;
}

function limitsOf(
  lag: Lag | null,
  { latencyMinutes, pendingBytes }: Options,
  rule: ReplicationRule,
): readonly Limit[] {
  const latency: Limit = {
    metric: 'ReplicationLatency',
    peak: lag?.latency ?? null,
    most: (latencyMinutes ?? usualMinutes(rule)) * 60,
    say: (seconds) => `${count(seconds / 60)} minutes`,
  };
  if (pendingBytes === undefined) return [latency];
  const bytes: Limit = {
    metric: 'BytesPendingReplication',
    peak: lag?.pendingBytes ?? null,
    most: pendingBytes,
    say: (value) => `${count(value)} bytes`,
  };
  return [latency, bytes];
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-time-control.html: 15 minutes; without it no time is promised. */
function usualMinutes({ Destination }: ReplicationRule): number {
  return Destination.ReplicationTime?.Status === 'Enabled' ? 15 : 1440;
}
