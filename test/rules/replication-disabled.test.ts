import { describeRule } from './describe-rule.ts';
import rule from '../../rules/replication-disabled.ts';
import type { ReplicationRule } from '../../src/model/aws.ts';

const to = (Status: string, name: string): ReplicationRule => ({
  Status,
  Priority: 1,
  Filter: {},
  Destination: { Bucket: `arn:aws:s3:::${name}` },
});
const configuration = (...Rules: readonly ReplicationRule[]): object => ({
  replication: { Role: 'arn:aws:iam::111122223333:role/orders-replication', Rules },
});

describeRule(rule, {
  pass: [
    { name: 'the only rule is enabled' },
    {
      name: 'one of two rules is enabled',
      source: configuration(to('Disabled', 'one'), to('Enabled', 'two')),
    },
  ],
  fail: [
    {
      name: 'the only rule is disabled',
      replicationRule: { Status: 'Disabled' },
      message: "Objects of 'orders' are not replicated: its only replication rule is disabled.",
    },
    {
      name: 'all rules are disabled',
      source: configuration(to('Disabled', 'one'), to('Disabled', 'two')),
      message: ['all of its 2 replication rules are disabled'],
    },
  ],
  notApplicable: [
    { name: 'replication is not configured', source: { replication: null } },
    {
      name: 'trap 29: a bucket that only receives replicas is not asked to replicate',
      source: { replication: null },
      isDestination: true,
    },
  ],
  unknown: [{ name: 'the replication configuration is denied', denied: ['bucket.replication'] }],
});
