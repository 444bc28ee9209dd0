import { describeRule } from './describe-rule.ts';
import rule from '../../rules/incomplete-replication-time-control.ts';
import { toReplica } from '../../rules/shared/example.ts';
import type { ReplicationDestination, ReplicationRule } from '../../src/model/aws.ts';

const to = (
  changed: Partial<ReplicationDestination>,
): { readonly replicationRule: Partial<ReplicationRule> } => ({
  replicationRule: { Destination: toReplica(changed) },
});
const ReplicationTime = { Status: 'Enabled', Time: { Minutes: 15 } };
const Metrics = { Status: 'Enabled', EventThreshold: { Minutes: 15 } };

describeRule(rule, {
  pass: [{ name: 'both, with 15 minutes', ...to({ ReplicationTime, Metrics }) }],
  fail: [
    {
      name: 'no metrics',
      ...to({ ReplicationTime, Metrics: undefined }),
      actual: 'metrics are off',
      message: "Replication Time Control of a replication rule of 'orders' is not complete: metrics are off.",
    },
    {
      name: 'metrics are off',
      ...to({ ReplicationTime, Metrics: { ...Metrics, Status: 'Disabled' } }),
      actual: 'metrics are off',
      message: ['metrics are off'],
    },
    {
      name: 'no threshold',
      ...to({ ReplicationTime, Metrics: { Status: 'Enabled' } }),
      actual: 'the threshold of its metrics is not set',
      message: ['not complete'],
    },
    {
      name: 'another threshold',
      ...to({ ReplicationTime, Metrics: { Status: 'Enabled', EventThreshold: { Minutes: 30 } } }),
      actual: 'the threshold of its metrics is 30 minutes',
      message: ['not complete'],
    },
    {
      name: 'another time',
      ...to({ ReplicationTime: { Status: 'Enabled', Time: { Minutes: 60 } }, Metrics }),
      actual: 'its time is 60 minutes',
      message: ['not complete'],
    },
    {
      name: 'no time',
      ...to({ ReplicationTime: { Status: 'Enabled' }, Metrics }),
      actual: 'its time is not set',
      message: ['not complete'],
    },
  ],
  notApplicable: [
    { name: 'trap 3: metrics need neither Replication Time Control nor a threshold' },
    { name: 'metrics with a threshold alone', ...to({ Metrics }) },
    {
      name: 'it is off beside metrics that are on',
      ...to({ ReplicationTime: { ...ReplicationTime, Status: 'Disabled' } }),
    },
  ],
  unknown: [{ name: 'the replication configuration is denied', denied: ['source.replication'] }],
});
