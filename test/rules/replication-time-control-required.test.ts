import { describeRule } from './describe-rule.ts';
import rule from '../../rules/replication-time-control-required.ts';

const timed = (Status: string): object => ({
  Destination: {
    Bucket: 'arn:aws:s3:::orders-replica',
    ReplicationTime: { Status, Time: { Minutes: 15 } },
    Metrics: { Status, EventThreshold: { Minutes: 15 } },
  },
});

describeRule(rule, {
  pass: [{ name: 'it is on', replicationRule: timed('Enabled') }],
  fail: [
    {
      name: 'trap 3: metrics alone are no time control',
      message:
        "Nothing says how long objects of 'orders' take to reach 'orders-replica': the route has no Replication Time Control.",
      actual: 'not configured',
    },
    { name: 'it is off', replicationRule: timed('Disabled'), message: ['Nothing'], actual: 'Disabled' },
  ],
  notApplicable: 'never: every route can have it',
  unknown: [{ name: 'the replication configuration is denied', denied: ['source.replication'] }],
});
