import { describeRule } from './describe-rule.ts';
import rule from '../../rules/replication-lagging.ts';
import type { Lag, ObjectFacts, Peak } from '../../src/model/facts.ts';

const day = { from: '2026-02-28T07:00:00.000Z', to: '2026-03-01T07:42:11.000Z' };
const peak = (maximum: number, latest = 0): Peak => ({ maximum, latest, datapoints: 24 });
const lag = (latency: Peak | null, pendingBytes: Peak | null = peak(0)): Pick<ObjectFacts, 'lag'> => ({
  lag: { ...day, latency, pendingBytes } satisfies Lag,
});

const Bucket = 'arn:aws:s3:::orders-replica';
const Metrics = { Status: 'Enabled' };
const timed = {
  replicationRule: {
    Destination: { Bucket, Metrics, ReplicationTime: { Status: 'Enabled', Time: { Minutes: 15 } } },
  },
};
const untimed = {
  replicationRule: {
    Destination: { Bucket, Metrics, ReplicationTime: { Status: 'Disabled', Time: { Minutes: 15 } } },
  },
};
const off = { replicationRule: { Destination: { Bucket, Metrics: { Status: 'Disabled' } } } };

const minutes = (count: number): number => count * 60;

describeRule(rule, {
  pass: [
    { name: 'seconds behind' },
    { name: 'a day, without Replication Time Control', objects: lag(peak(minutes(1440))) },
    {
      name: 'a day, where Replication Time Control is disabled',
      objects: lag(peak(minutes(1440))),
      ...untimed,
    },
    { name: '15 minutes under Replication Time Control', objects: lag(peak(minutes(15))), ...timed },
    {
      name: 'as far behind as the configuration allows, though Replication Time Control promises less',
      objects: lag(peak(minutes(60))),
      options: { latencyMinutes: 60 },
      ...timed,
    },
    {
      name: 'however many bytes wait, where the configuration does not say how many may',
      objects: lag(peak(0), peak(1e15)),
    },
    {
      name: 'without bytes, where the configuration does not ask for them',
      objects: lag(peak(0), null),
    },
    {
      name: 'as many bytes as may wait',
      objects: lag(peak(0), peak(1000)),
      options: { pendingBytes: 1000 },
    },
  ],
  fail: [
    {
      name: 'more than a day behind',
      objects: lag(peak(minutes(3000), minutes(2880))),
      message:
        "'orders-replica' was up to 3,000 minutes behind 'orders' between 2026-02-28T07:00Z and 2026-03-01T07:42Z, and 2,880 minutes in the last hour that was told.",
      actual: '3,000 minutes',
    },
    {
      name: 'a second more than Replication Time Control promises, and caught up since',
      objects: lag(peak(minutes(15) + 1)),
      message: ['up to 15.017 minutes behind', 'and 0 minutes in the last hour that was told'],
      ...timed,
    },
    {
      name: 'further behind than the configuration allows',
      objects: lag(peak(61)),
      options: { latencyMinutes: 1 },
      message: ['up to 1.017 minutes behind'],
    },
    {
      name: 'the configuration allows no latency at all',
      objects: lag(peak(1)),
      options: { latencyMinutes: 0 },
      message: ['behind'],
    },
    {
      name: 'more bytes wait than may',
      objects: lag(peak(0), peak(1001, 5)),
      options: { pendingBytes: 1000 },
      message: ['up to 1,001 bytes behind', 'and 5 bytes in the last hour that was told'],
      actual: '1,001 bytes',
    },
    {
      name: 'both',
      objects: lag(peak(minutes(2000)), peak(1)),
      options: { pendingBytes: 0 },
      message: ['2,000 minutes', '1 bytes'],
      actual: '2,000 minutes, 1 bytes',
    },
    {
      name: 'trap 23: what is there is over, whatever is missing',
      objects: lag(null, peak(1001)),
      options: { pendingBytes: 1000 },
      message: ['1,001 bytes'],
    },
  ],
  notApplicable: [
    { name: 'metrics are off', objects: lag(peak(minutes(3000))), ...off },
    { name: 'metrics are off, and so nothing was read', denied: ['objects.lag'], ...off },
  ],
  unknown: [{ name: 'CloudWatch is denied', denied: ['objects.lag'] }],
  undetermined: [
    {
      name: 'trap 23: no datapoint is not zero',
      objects: { lag: null },
      message: ['no datapoint of ReplicationLatency', "from 'orders' to 'orders-replica'"],
    },
    { name: 'there are bytes only', objects: lag(null), message: ['ReplicationLatency'] },
    {
      name: 'bytes are asked for, and there are none',
      objects: lag(peak(0), null),
      options: { pendingBytes: 1000 },
      message: ['no datapoint of BytesPendingReplication'],
    },
  ],
});
