import { describeRule } from './describe-rule.ts';
import rule from '../../rules/role-overbroad.ts';
import { policyOf, roleArn } from '../../rules/shared/example.ts';
import type { TestSituation } from '../../src/tester.ts';

const allow = (
  Action: string | readonly string[],
  Resource: string | readonly string[],
  more = {},
): object => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});
const having = (...statements: readonly object[]): Pick<TestSituation, 'role'> => ({
  role: {
    policies: {
      Inline: [{ Name: 'inline', Document: policyOf(...statements) }],
      Attached: [],
      Boundary: null,
    },
  },
});
const within = (boundary: string): Pick<TestSituation, 'role'> => ({
  role: {
    policies: {
      Inline: [],
      Attached: [{ Name: 'AmazonS3FullAccess', Document: policyOf(allow('s3:*', '*')) }],
      Boundary: { Name: 'fence', Document: boundary },
    },
  },
});

describeRule(rule, {
  pass: [
    { name: 'the objects of the destination' },
    { name: 'a prefix of names is not judged', ...having(allow('s3:*', 'arn:aws:s3:::acme-*')) },
    { name: 'another action on everything', ...having(allow('s3:GetObject*', '*')) },
    { name: "other services' resources", ...having(allow('*', 'arn:aws:logs:*:*:*')) },
    {
      name: 'buckets of one account',
      ...having(
        allow('s3:*', '*', { Condition: { StringEquals: { 'aws:ResourceAccount': '444455556666' } } }),
      ),
    },
    { name: 'a boundary holds it in', ...within(policyOf(allow('s3:*', 'arn:aws:s3:::orders*'))) },
    { name: 'another bucket, for another action', ...having(allow('s3:PutObject', 'arn:aws:s3:::old/*')) },
    { name: 'the objects of the source', ...having(allow('s3:*', 'arn:aws:s3:::orders/*')) },
    { name: 'another bucket by itself, without its objects', ...having(allow('s3:*', 'arn:aws:s3:::old')) },
    {
      name: 'a Deny of another bucket',
      ...having({ ...allow('s3:*', 'arn:aws:s3:::old/*'), Effect: 'Deny' }),
    },
    {
      name: 'another bucket, under a Deny whose reach is not asked',
      ...having(allow('s3:*', 'arn:aws:s3:::old/*'), {
        ...allow('s3:Replicate*', 'arn:aws:s3:::old/*'),
        Effect: 'Deny',
      }),
    },
    {
      name: 'another bucket, within a boundary',
      role: {
        policies: {
          Inline: [{ Name: 'inline', Document: policyOf(allow('s3:*', 'arn:aws:s3:::old/*')) }],
          Attached: [],
          Boundary: { Name: 'fence', Document: policyOf(allow('s3:*', 'arn:aws:s3:::orders*')) },
        },
      },
    },
    {
      name: 'the destination of a replication rule that is switched off',
      ...having(allow('s3:ReplicateObject', ['arn:aws:s3:::orders-replica/*', 'arn:aws:s3:::paused/*'])),
      source: {
        replication: {
          Role: roleArn,
          Rules: [
            { Status: 'Enabled', Filter: {}, Destination: { Bucket: 'arn:aws:s3:::orders-replica' } },
            { Status: 'Disabled', Filter: {}, Destination: { Bucket: 'arn:aws:s3:::paused' } },
          ],
        },
      },
    },
    {
      name: 'another bucket, of a role that serves other sources too',
      ...having(allow('s3:ReplicateObject', 'arn:aws:s3:::old/*')),
      buckets: [
        {
          name: 'invoices',
          account: '111122223333',
          region: 'eu-west-1',
          replication: {
            Role: roleArn,
            Rules: [{ Status: 'Enabled', Filter: {}, Destination: { Bucket: 'arn:aws:s3:::old' } }],
          },
        },
      ],
    },
    {
      name: 'a Deny of all buckets but some',
      ...having(allow('s3:*', '*'), {
        Effect: 'Deny',
        Action: 's3:Replicate*',
        NotResource: 'arn:aws:s3:::orders-replica/*',
      }),
    },
  ],
  fail: [
    {
      name: 's3:* on everything',
      ...having(allow('s3:*', '*')),
      actual: '*',
      message:
        "The role 'arn:aws:iam::111122223333:role/orders-replication', which replicates 'orders', may write replicas into every bucket: statement 1 of its policy 'inline' allows s3:* on all of them.",
    },
    {
      name: 's3:ReplicateObject on the objects of every bucket',
      ...having(allow(['s3:replicateobject'], 'arn:aws:s3:::*/*', { Sid: 'Write' })),
      message: ["the statement 'Write'", 's3:replicateobject'],
    },
    {
      name: 'a wildcard within the action',
      ...having(allow('s3:Repl*', 'arn:aws:s3:::*')),
      message: ['s3:Repl*'],
    },
    {
      name: 'everything but some buckets',
      ...having({ Effect: 'Allow', Action: 's3:*', NotResource: 'arn:aws:s3:::secret/*' }),
      message: ['allows s3:* on all of them.'],
      actual: 'all but arn:aws:s3:::secret/*',
    },
    {
      name: 'everything but other actions',
      ...having({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }),
      message: ['allows all but iam:* on all of them.'],
    },
    {
      name: 'a bucket where no replication rule leads',
      ...having(
        allow('s3:GetObjectVersion*', 'arn:aws:s3:::orders/*'),
        allow('s3:Replicate*', ['arn:aws:s3:::orders-replica/*', 'arn:aws:s3:::old/in/*']),
      ),
      actual: 'arn:aws:s3:::orders-replica/*, arn:aws:s3:::old/in/*',
      message:
        "The role 'arn:aws:iam::111122223333:role/orders-replication', which replicates 'orders' and nothing else that was read, may write replicas into 'old', where none of that bucket's replication rules leads: statement 2 of its policy 'inline' allows s3:Replicate* there.",
    },
    {
      name: 'a boundary that is as wide',
      ...within(policyOf(allow('*', '*'))),
      message: ["its policy 'AmazonS3FullAccess'"],
    },
  ],
  notApplicable: [
    { name: 'the role does not exist', role: { policies: null } },
    {
      name: 'a role of its name under another path',
      role: {
        ...having(allow('s3:*', '*')).role,
        definition: {
          Arn: roleArn.replace('role/', 'role/elsewhere/'),
          AssumeRolePolicyDocument: '{}',
          Tags: [],
        },
      },
    },
  ],
  unknown: [{ name: 'the policies are denied', denied: ['role.policies'] }],
  undetermined: [
    {
      name: 'a policy cannot be read',
      role: {
        policies: { Inline: [{ Name: 'broken', Document: '{' }], Attached: [], Boundary: null },
      },
      message: ["The role's policy 'broken' is malformed at line 1, column 2, "],
    },
    {
      name: 'the boundary cannot be read',
      ...within('{'),
      message: ["The role's permissions boundary 'fence' is malformed at line 1, column 2, "],
    },
  ],
});
