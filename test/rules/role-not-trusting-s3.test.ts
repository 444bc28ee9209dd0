import { applied, hasJq } from './remedies/applied.ts';
import { deny, governed, statementsOf } from './permission/situations.ts';
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

const controlled = (Condition: object) =>
  governed(healthy.source.account, 'resourceControlPolicies', [
    deny(['sts:AssumeRole', 's3:*'], '*', { Principal: '*', Condition }),
  ]);

describeRule(rule, {
  pass: [
    { name: 'it trusts S3' },
    {
      name: 'it trusts S3 beside S3 Batch Operations',
      role: role(trusting('batchoperations.s3.amazonaws.com', 's3.amazonaws.com')),
    },
    {
      name: 'the organization denies the role to strangers, and services are none',
      ...controlled({
        StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-exampleorg' },
        BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
      }),
    },
    {
      name: 'the organization denies the role to services that act for strangers, which nobody says of replication',
      ...controlled({
        StringNotEqualsIfExists: { 'aws:SourceAccount': '444455556666' },
        Null: { 'aws:SourceAccount': 'false' },
        Bool: { 'aws:PrincipalIsAWSService': 'true' },
      }),
    },
    {
      name: 'the management account is under no resource control policy',
      accounts: { [healthy.source.account]: { resourceControlPolicies: null } },
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
    {
      name: 'the organization denies the role to all that are not of it, services too',
      ...controlled({ StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-exampleorg' } }),
      actual: 'denied',
      message:
        "Objects of 'orders' will not be replicated: the statement 'Fence' of the resource control policy 'fence' denies 's3.amazonaws.com' to assume the role 'arn:aws:iam::111122223333:role/orders-replication'.",
    },
  ],
  notApplicable: [{ name: 'the role does not exist: another rule says so', role: { definition: null } }],
  unknown: [
    { name: 'the role is denied', denied: ['role.definition'] },
    {
      name: 'the policies of the organization are denied',
      denied: ['roleAccount.resourceControlPolicies'],
    },
  ],
  undetermined: [
    {
      name: "it trusts S3 under the name of the source's Region",
      role: role(trusting('s3.eu-west-1.amazonaws.com')),
      message: ["for 'eu-west-1' only", 'AWS does not document'],
    },
    {
      name: 'a resource control policy is malformed',
      accounts: {
        [healthy.source.account]: { resourceControlPolicies: [[{ Name: 'broken', Document: '{' }]] },
      },
      message: ["The resource control policy 'broken' is malformed at line 1, column 2, "],
    },
    {
      name: 'the document cannot be read',
      role: role('not JSON'),
      message: ['The trust policy of role ', ' is malformed at line 1, column 1, '],
    },
  ],
});

it('has nothing to type where the organization denies it', () => {
  const outcome = tryRule(rule, controlled({ Bool: { 'aws:PrincipalIsAWSService': 'true' } }));
  const fix = 'finding' in outcome ? outcome.finding.fix : null;
  expect(fix?.cli).toBeUndefined();
  expect(fix?.text).toContain('There is nothing to type: what denies it is a policy of the organization');
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
