import { describeRule } from './describe-rule.ts';
import rule from '../../rules/role-missing.ts';

describeRule(rule, {
  pass: [{ name: 'the role exists' }],
  fail: [
    {
      name: 'IAM answers NoSuchEntity',
      actual: 'no such role',
      role: { definition: null },
      message:
        "Objects of 'orders' will not be replicated: the role 'arn:aws:iam::111122223333:role/orders-replication' does not exist.",
    },
    {
      name: 'a role of that name exists under another path',
      actual: 'arn:aws:iam::111122223333:role/service-role/orders-replication',
      role: {
        definition: {
          Arn: 'arn:aws:iam::111122223333:role/service-role/orders-replication',
          Tags: [],
          AssumeRolePolicyDocument: '{}',
        },
      },
      message: ["exists as 'arn:aws:iam::111122223333:role/service-role/orders-replication'"],
    },
  ],
  notApplicable: 'never: every replication configuration names a role',
  unknown: [{ name: 'the role is denied', denied: ['role.definition'] }],
});
