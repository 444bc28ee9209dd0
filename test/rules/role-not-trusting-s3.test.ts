import { applied, hasJq } from './remedies/applied.ts';
import { statementsOf } from './permission/situations.ts';
import { expect, it } from 'vitest';
import { describeRule } from './describe-rule.ts';
import rule from '../../rules/role-not-trusting-s3.ts';
import { healthy, tryRule } from '../../src/tester.ts';

const trusting = (...services: readonly string[]): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: services }, Action: 'sts:AssumeRole' }],
  });
const role = (document: string): object => ({
  definition: { Arn: healthy.role, Tags: [], AssumeRolePolicyDocument: document },
});

describeRule(rule, {
  pass: [
    { name: 'it trusts S3' },
    {
      name: 'it trusts S3 beside S3 Batch Operations',
      role: role(trusting('batchoperations.s3.amazonaws.com', 's3.amazonaws.com')),
    },
  ],
  fail: [
    {
      name: 'it trusts S3 Batch Operations only',
      role: role(trusting('batchoperations.s3.amazonaws.com')),
      message:
        "Objects of 'orders' will not be replicated: the role 'arn:aws:iam::111122223333:role/orders-replication' does not let 's3.amazonaws.com' assume it.",
    },
    {
      name: 'it trusts the name of S3 in a Region that is not the source',
      role: role(trusting('s3.ap-east-1.amazonaws.com')),
      message: ["does not let 's3.amazonaws.com' assume it"],
    },
  ],
  notApplicable: [{ name: 'the role does not exist: another rule says so', role: { definition: null } }],
  unknown: [{ name: 'the role is denied', denied: ['role.definition'] }],
  undetermined: [
    {
      name: "it trusts S3 under the name of the source's Region",
      role: role(trusting('s3.eu-west-1.amazonaws.com')),
      message: ["for 'eu-west-1' only", 'AWS does not document'],
    },
    {
      name: 'the document cannot be read',
      role: role('not JSON'),
      message: ['The trust policy of role ', ' is malformed at line 1, column 1, '],
    },
  ],
});

it.skipIf(!hasJq)('adds to the trust policy and takes nothing away', () => {
  const policy = trusting('batchoperations.s3.amazonaws.com');
  const outcome = tryRule(rule, { role: role(policy) });
  const cli = 'finding' in outcome ? outcome.finding.fix.cli : '';
  expect(cli).toMatch(/\naws iam update-assume-role-policy --role-name orders-replication .*$/);
  expect(statementsOf(applied([cli], { policy }) ?? '')).toEqual([
    ...statementsOf(policy),
    { Effect: 'Allow', Principal: { Service: 's3.amazonaws.com' }, Action: 'sts:AssumeRole' },
  ]);
});
