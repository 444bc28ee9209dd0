import { describeRule } from './describe-rule.ts';
import rule from '../../rules/replication-metrics-off.ts';
import type { ReplicationDestination } from '../../src/model/aws.ts';

const measured = (
  metrics: ReplicationDestination['Metrics'],
): { readonly Destination: ReplicationDestination } => ({
  Destination: { Bucket: 'arn:aws:s3:::orders-replica', Metrics: metrics },
});

describeRule(rule, {
  pass: [
    {
      name: 'trap 3: metrics without a threshold or Replication Time Control are valid',
      replicationRule: measured({ Status: 'Enabled' }),
    },
    {
      name: 'metrics with a threshold',
      replicationRule: measured({ Status: 'Enabled', EventThreshold: { Minutes: 15 } }),
    },
    { name: 'trap 1: a V1 rule may have metrics too', replicationRule: { Filter: undefined, Prefix: '' } },
  ],
  fail: [
    {
      name: 'no metrics are configured',
      replicationRule: measured(undefined),
      message:
        "Nobody will be told when objects of 'orders' fail to reach 'orders-replica': replication metrics are off for this route.",
    },
    {
      name: 'metrics are written down as Disabled',
      actual: 'Disabled',
      replicationRule: measured({ Status: 'Disabled' }),
      message: ['metrics are off'],
    },
  ],
  notApplicable: 'never: every route may have metrics',
  unknown: [{ name: 'the replication configuration is denied', denied: ['source.replication'] }],
});
