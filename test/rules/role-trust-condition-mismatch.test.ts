import { describeRule } from './describe-rule.ts';
import rule from '../../rules/role-trust-condition-mismatch.ts';
import { policyOf, roleArn } from '../../rules/shared/example.ts';
import type { TestSituation } from '../../src/tester.ts';

const trusting = (Condition: object, more: object = {}): object => ({
  Effect: 'Allow',
  Principal: { Service: 's3.amazonaws.com' },
  Action: 'sts:AssumeRole',
  Condition,
  ...more,
});
const having = (...statements: readonly object[]): Pick<TestSituation, 'role'> => ({
  role: { definition: { Arn: roleArn, AssumeRolePolicyDocument: policyOf(...statements), Tags: [] } },
});

describeRule(rule, {
  pass: [
    { name: 'no condition' },
    { name: 'its account', ...having(trusting({ StringEquals: { 'aws:SourceAccount': '111122223333' } })) },
    {
      name: 'its organization',
      ...having(trusting({ StringEquals: { 'aws:SourceOrgID': 'o-exampleorg' } })),
    },
    { name: 'many buckets', ...having(trusting({ ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::order*' } })) },
    {
      name: 'one statement for each bucket',
      ...having(
        trusting({ ArnEquals: { 'aws:SourceArn': 'arn:aws:s3:::other' } }),
        trusting({ ArnEquals: { 'aws:SourceArn': 'arn:aws:s3:::orders' } }),
      ),
    },
  ],
  fail: [
    {
      name: 'another bucket',
      ...having(trusting({ ArnEquals: { 'aws:SourceArn': 'arn:aws:s3:::other' } })),
      message:
        "Objects of 'orders' may not be replicated: the trust policy of role 'orders-replication' does not let S3 assume it for 'arn:aws:s3:::orders' of account 111122223333: statement 1 lets it only under ArnEquals aws:SourceArn 'arn:aws:s3:::other'.",
    },
    {
      name: 'trap 9: the objects of the bucket',
      ...having(trusting({ ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::orders/*' } })),
      message: [": statement 1 lets it only under ArnLike aws:SourceArn 'arn:aws:s3:::orders/*'."],
    },
    {
      name: 'another account',
      ...having(
        trusting({
          StringEquals: { 'aws:SourceAccount': '444455556666' },
          ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::orders' },
        }),
      ),
      message: [": statement 1 lets it only under StringEquals aws:SourceAccount '444455556666'."],
    },
    {
      name: 'another organization',
      ...having(
        trusting({ StringEquals: { 'aws:SourceOrgID': 'o-other' } }, { Sid: 'Organization' }),
        trusting({}, { Principal: { Service: 'ec2.amazonaws.com' } }),
        trusting({
          StringEquals: { 'AWS:sourceaccount': ['1', '2', '3', '4'] },
          ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::x' },
        }),
      ),
      message: [
        ": the statement 'Organization' lets it only under StringEquals aws:SourceOrgID 'o-other'; statement 3 lets it only under StringEquals AWS:sourceaccount '1' or '2' or '3' or others and ArnLike aws:SourceArn 'arn:aws:s3:::x'.",
      ],
    },
    {
      name: 'a Deny by its Sid',
      ...having(
        trusting({ Null: { 'aws:SourceArn': 'false' } }),
        trusting(
          { StringNotEquals: { 'aws:SourceAccount': '444455556666' } },
          { Effect: 'Deny', Sid: 'Confused' },
        ),
      ),
      message: ["the statement 'Confused' denies it."],
    },
    {
      name: 'a Deny without one',
      ...having(
        trusting({ Null: { 'aws:SourceArn': 'false' } }),
        trusting({ StringNotEquals: { 'aws:SourceAccount': '444455556666' } }, { Effect: 'Deny' }),
      ),
      message: [': statement 2 denies it.'],
    },
  ],
  notApplicable: [
    { name: 'the role does not exist', role: { definition: null } },
    {
      name: 'it trusts S3 nowhere',
      ...having(trusting({}, { Principal: { Service: 'ec2.amazonaws.com' } })),
    },
    {
      name: 'it cannot be read, which role-not-trusting-s3 says',
      role: { definition: { Arn: roleArn, AssumeRolePolicyDocument: '{', Tags: [] } },
    },
  ],
  unknown: [{ name: 'the role is denied', denied: ['role.definition'] }],
  undetermined: [
    {
      name: 'what S3 brings nobody says',
      ...having(trusting({ StringEquals: { 'aws:SourceVpc': 'vpc-1' } })),
      message: [
        "hangs on 'aws:SourceVpc' (statement 1 of its trust policy), which neither what was read nor AWS's documentation tells.",
      ],
    },
  ],
});
