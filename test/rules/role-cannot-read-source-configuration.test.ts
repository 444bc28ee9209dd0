import { describeRule } from './describe-rule.ts';
import { everyLayer, ownStatements, roleOf, theirs, without } from './permission/situations.ts';
import rule from '../../rules/role-cannot-read-source-configuration.ts';
import { allow } from '../../rules/shared/example.ts';

const actions = ['s3:GetReplicationConfiguration', 's3:ListBucket'];
const layers = everyLayer({ action: actions, owner: 'source', ofBucket: true });
const having = (Resource: string) => ({
  role: roleOf([...without(ownStatements, ...actions), allow(actions, Resource)]),
});

describeRule(rule, {
  ...layers,
  pass: [
    ...layers.pass,
    { name: 'trap 9: b* takes the bucket, and others too', ...having('arn:aws:s3:::orders*') },
  ],
  fail: [
    ...layers.fail,
    {
      name: 'trap 9: the ARN of the objects is not that of the bucket',
      ...having('arn:aws:s3:::orders/*'),
      message:
        "Role 'orders-replication' may not s3:GetReplicationConfiguration or s3:ListBucket on 'orders': no policy of the role allows it. Objects of 'orders' will not be replicated.",
    },
    {
      name: 'one of the two for another reason',
      role: roleOf([
        ...without(ownStatements, 's3:ListBucket'),
        { Effect: 'Deny', Action: 's3:GetReplicationConfiguration', Resource: '*' },
      ]),
      message: [
        "s3:GetReplicationConfiguration on 'orders': statement",
        "; nor s3:ListBucket on 'orders': no policy of the role allows it.",
      ],
      actual: 'denied, not allowed',
    },
  ],
  notApplicable: [
    { name: 'the role does not exist', role: { definition: null, policies: null } },
    {
      name: 'a role of that name under another path, which is not this one',
      role: {
        ...roleOf([]),
        definition: {
          Arn: `arn:aws:iam::${theirs}:role/path/orders-replication`,
          AssumeRolePolicyDocument: '{}',
          Tags: [],
        },
      },
    },
  ],
});
