import { describeRule } from './describe-rule.ts';
import rule from '../../rules/destination-policy-principal-mismatch.ts';
import { policyOf } from '../../rules/shared/example.ts';
import { healthy, type TestSituation } from '../../src/tester.ts';

const moved = 'arn:aws:iam::111122223333:role/service-role/orders-replication';
const allow = (AWS: string | readonly string[], Action = 's3:ReplicateObject'): object => ({
  Effect: 'Allow',
  Principal: { AWS },
  Action,
  Resource: 'arn:aws:s3:::orders-replica/*',
});
const having = (...statements: readonly object[]): Pick<TestSituation, 'destination'> => ({
  destination: { policy: policyOf(...statements) },
});

describeRule(rule, {
  pass: [
    { name: 'the role is named' },
    { name: 'its account is named', ...having(allow('111122223333')) },
    { name: 'everybody is named', ...having(allow('*')) },
    { name: 'the role is named beside its twin', ...having(allow(moved), allow([healthy.role])) },
    {
      name: 'a session of the role is named',
      ...having(allow('arn:aws:sts::111122223333:assumed-role/orders-replication/s3-replication')),
    },
  ],
  fail: [
    {
      name: 'the path is another',
      ...having(allow(moved)),
      actual: moved,
      message:
        "Role 'orders-replication' may not s3:ReplicateObject on 'orders-replica/*': the bucket policy of account 444455556666 allows 'role/service-role/orders-replication', but the role's ARN is 'role/orders-replication'. Objects of 'orders' will not reach 'orders-replica'.",
    },
    {
      name: 'the path is missing',
      source: {
        replication: {
          Role: moved,
          Rules: [{ Status: 'Enabled', Filter: {}, Destination: { Bucket: 'arn:aws:s3:::orders-replica' } }],
        },
      },
      ...having(allow(healthy.role, 's3:*')),
      actual: healthy.role,
      message: [
        "allows 'role/orders-replication', but the role's ARN is 'role/service-role/orders-replication'",
      ],
    },
    {
      name: 'a role that was deleted',
      ...having(allow('AROAEXAMPLEEXAMPLE123')),
      message: ["allows 'AROAEXAMPLEEXAMPLE123', a role that was deleted, but"],
    },
    {
      name: 'the role is named for other things only',
      ...having(allow(healthy.role, 's3:GetObject'), allow(moved)),
      message: ["allows 'role/service-role/orders-replication'"],
    },
  ],
  notApplicable: [
    { name: 'no policy', destination: { policy: null } },
    {
      name: 'within one account the policy of the role suffices',
      destination: { account: '111122223333', policy: policyOf(allow(moved)) },
    },
    { name: 'nobody like the role is named', ...having(allow('arn:aws:iam::111122223333:role/backup')) },
    {
      name: 'a role of that name in another account',
      ...having(allow('arn:aws:iam::777788889999:role/orders-replication')),
    },
    { name: 'a Deny lets nobody in', ...having({ ...allow(moved), Effect: 'Deny' }) },
  ],
  unknown: [{ name: 'the policy is denied', denied: ['destination.policy'] }],
  undetermined: [
    {
      name: 'the policy cannot be read',
      destination: { policy: '{' },
      message: ['is malformed at line 1, column 2'],
    },
  ],
});
