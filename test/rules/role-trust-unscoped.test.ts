import { describeRule } from './describe-rule.ts';
import rule from '../../rules/role-trust-unscoped.ts';
import { policyOf } from '../../rules/shared/example.ts';
import { healthy } from '../../src/tester.ts';

const trusting = (...statements: readonly object[]): object => ({
  role: { definition: { Arn: healthy.role, Tags: [], AssumeRolePolicyDocument: policyOf(...statements) } },
});
const s3 = (Condition?: object, Sid?: string): object => ({
  Sid,
  Effect: 'Allow',
  Principal: { Service: 's3.amazonaws.com' },
  Action: 'sts:AssumeRole',
  Condition,
});
const batch = {
  Effect: 'Allow',
  Principal: { Service: 'batchoperations.s3.amazonaws.com' },
  Action: 'sts:AssumeRole',
};

describeRule(rule, {
  pass: [
    { name: 'one account', ...trusting(s3({ StringEquals: { 'aws:SourceAccount': '111122223333' } })) },
    {
      name: 'one bucket, and keys ignore case',
      ...trusting(s3({ ArnLike: { 'AWS:sourceARN': 'arn:aws:s3:::orders' } })),
    },
    {
      name: 'what Batch Operations may is not asked here',
      ...trusting(s3({ StringEquals: { 'aws:SourceOrgID': 'o-exampleorg' } }), batch),
    },
  ],
  fail: [
    {
      name: "the trust of AWS's samples",
      message:
        "The role 'arn:aws:iam::111122223333:role/orders-replication', which replicates 'orders', may be assumed by S3 for any bucket: statement 1 of its trust policy names no source.",
    },
    {
      name: 'a condition on something else',
      ...trusting(s3({ Bool: { 'aws:SecureTransport': 'true' } }, 'Encrypted')),
      message: ["the statement 'Encrypted'"],
    },
    {
      name: 'one statement is open beside one that is not',
      ...trusting(s3({ StringEquals: { 'aws:SourceAccount': '111122223333' } }), s3()),
      message: ['statement 2'],
    },
  ],
  notApplicable: [
    { name: 'the role does not exist', role: { definition: null } },
    { name: 'it does not trust S3: another rule says so', ...trusting(batch) },
  ],
  unknown: [{ name: 'the role is denied', denied: ['role.definition'] }],
  undetermined: [
    {
      name: 'the document cannot be read',
      role: { definition: { Arn: healthy.role, Tags: [], AssumeRolePolicyDocument: 'not JSON' } },
      message: ['The trust policy of role ', ' is malformed at line 1, column 1, '],
    },
  ],
});
