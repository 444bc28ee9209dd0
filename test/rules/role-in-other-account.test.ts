import { describeRule } from './describe-rule.ts';
import rule from '../../rules/role-in-other-account.ts';
import { replicationOf } from '../../src/tester/healthy.ts';

const under = (role: string): object => ({
  source: { replication: { ...replicationOf({}), Role: role } },
});

describeRule(rule, {
  pass: [
    { name: "a role of the source's account" },
    {
      name: 'a role under a path',
      ...under('arn:aws:iam::111122223333:role/service-role/orders-replication'),
    },
  ],
  fail: [
    {
      name: "a role of the destination's account",
      ...under('arn:aws:iam::444455556666:role/orders-replication'),
      actual: 'arn:aws:iam::444455556666:role/orders-replication',
      message:
        "Objects of 'orders' may not be replicated: the bucket is in account '111122223333' and its replication role in account '444455556666'.",
    },
  ],
  notApplicable: 'never: every replication configuration names a role',
  unknown: [{ name: 'the replication configuration is denied', denied: ['source.replication'] }],
});
