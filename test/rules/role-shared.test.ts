import { describeRule } from './describe-rule.ts';
import rule from '../../rules/role-shared.ts';
import type { ReplicationRule } from '../../src/model/aws.ts';
import { healthy, type TestSituation } from '../../src/tester.ts';

/** So many buckets besides the source, which replicate under a role. */
function besides(
  count: number,
  Role: string = healthy.role,
  more: Partial<ReplicationRule> = {},
): Pick<TestSituation, 'buckets'> {
  const Destination = { Bucket: `arn:aws:s3:::${healthy.destination.name}` };
  const Rules = [{ Status: 'Enabled', Filter: {}, Destination, ...more }];
  const { account, region } = healthy.source;
  return {
    buckets: Array.from({ length: count }, (_, number) => ({
      name: `source-${number + 1}`,
      account,
      region,
      replication: { Role, Rules },
    })),
  };
}

describeRule(rule, {
  pass: [
    { name: 'a role of its own' },
    { name: 'as many sources as may be', ...besides(9) },
    { name: 'the others are under another role', ...besides(10, `${healthy.role}-2`) },
    { name: 'the others have no enabled rule', ...besides(10, healthy.role, { Status: 'Disabled' }) },
    { name: 'more are meant', ...besides(10), options: { most: 11 } },
  ],
  fail: [
    {
      name: 'one source more than may be',
      ...besides(10),
      message:
        "The role 'arn:aws:iam::111122223333:role/orders-replication' replicates 11 buckets, more than 10: 'orders', 'source-1', 'source-2' and others.",
      actual: '11 sources',
    },
    {
      name: 'every name is told where there are few',
      ...besides(1),
      options: { most: 1 },
      message: ["replicates 2 buckets, more than 1: 'orders', 'source-1'."],
    },
  ],
  notApplicable: 'never: every replication configuration names a role',
  unknown: [
    { name: 'the replication configuration is denied', ...besides(10), denied: ['source.replication'] },
  ],
});
