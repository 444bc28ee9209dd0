import { expect, it } from 'vitest';
import { describeRule } from './describe-rule.ts';
import rule from '../../rules/batch-role-unready.ts';
import { policyOf } from '../../rules/shared/example.ts';
import type { RoleWithPolicies } from '../../src/model/aws.ts';
import type { AccountFacts } from '../../src/model/facts.ts';
import { healthy, tryRule, type TestSituation } from '../../src/tester.ts';
import { batchRole } from '../../src/tester/healthy.ts';

const { objects } = rule.examples.bad;
const { account } = healthy.source;

/** Versions are missing, and the source's account has these roles. */
function having(
  batchRoles: readonly RoleWithPolicies[],
  more: Partial<AccountFacts> = {},
): Pick<TestSituation, 'objects' | 'accounts'> {
  return { ...(objects === undefined ? {} : { objects }), accounts: { [account]: { ...more, batchRoles } } };
}

const allow = (Action: string | readonly string[], Resource: string | readonly string[]): object => ({
  Effect: 'Allow',
  Action,
  Resource,
});
const initiate = allow('s3:InitiateReplication', 'arn:aws:s3:::orders/*');
const generate = allow(
  ['s3:GetReplicationConfiguration', 's3:PutInventoryConfiguration'],
  'arn:aws:s3:::orders',
);
const readManifest = allow(['s3:GetObject', 's3:GetObjectVersion'], 'arn:aws:s3:::manifests/*');
const report = allow('s3:PutObject', 'arn:aws:s3:::reports/*');

/** A role of that name that may do what the statements say. */
function roleWith(
  statements: readonly object[],
  more: Partial<RoleWithPolicies> = {},
  boundary?: object,
): RoleWithPolicies {
  return {
    ...batchRole,
    ...more,
    Policies: {
      Inline: [],
      Attached: [{ Name: 'batch', Document: policyOf(...statements) }],
      Boundary: boundary ? { Name: 'limit', Document: policyOf(boundary) } : null,
    },
  };
}

const arn = batchRole.Arn;
const trusting = (Service: string): string =>
  policyOf({ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' });
const under = (Resource: string): object => allow('s3:InitiateReplication', Resource);
const everything = [[{ Name: 'all', Document: policyOf(allow('*', '*')) }]];
const noInitiation = [
  [...(everything[0] ?? []), { Name: 'none', Document: policyOf({ ...under('*'), Effect: 'Deny' }) }],
];

describeRule(rule, {
  pass: [
    { name: 'a role may do what a job needs', ...having([batchRole]) },
    {
      name: 'a manifest of its own need not be generated',
      ...having([roleWith([initiate, readManifest, report])]),
    },
    {
      name: 'the second of two roles',
      ...having([roleWith([], { Arn: `${arn}-old` }), roleWith([initiate, generate, report])]),
    },
    {
      name: 'a boundary that allows as much',
      ...having([roleWith([initiate, generate, report], {}, allow('s3:*', '*'))]),
    },
    {
      name: 'no more of the source than the replication rule takes',
      replicationRule: { Filter: { And: { Prefix: 'logs/', Tags: [] } } },
      ...having([roleWith([under('arn:aws:s3:::orders/logs/*'), generate, report])]),
    },
    {
      name: 'trap 1: the prefix of V1 stands beside the filter',
      replicationRule: { Filter: undefined, Prefix: 'logs/' },
      ...having([roleWith([under('arn:aws:s3:::orders/logs/*'), generate, report])]),
    },
    {
      name: 'a condition on the tag that the role has',
      ...having([
        roleWith(
          [
            { ...initiate, Condition: { StringEquals: { 'aws:PrincipalTag/team': 'backup' } } },
            generate,
            report,
          ],
          { Tags: [{ Key: 'team', Value: 'backup' }] },
        ),
      ]),
    },
  ],
  fail: [
    {
      name: 'no role trusts S3 Batch Operations',
      ...having([]),
      message:
        "1,204 missing versions of 'orders' cannot be sent to 'orders-replica' by a batch job: no role of account 111122223333 lets 'batchoperations.s3.amazonaws.com' assume it.",
      actual: 'none',
    },
    {
      name: 'the role that replicates, which S3 itself assumes',
      ...having([{ ...batchRole, AssumeRolePolicyDocument: trusting('s3.amazonaws.com') }]),
      message: ['no role of account 111122223333 lets'],
    },
    {
      name: 'the role may do nothing',
      ...having([roleWith([])]),
      message: [
        `'${arn}' comes nearest and lacks s3:InitiateReplication, s3:GetReplicationConfiguration, s3:PutInventoryConfiguration, s3:PutObject.`,
      ],
    },
    {
      name: 'the role may initiate for a part of the objects',
      ...having([roleWith([under('arn:aws:s3:::orders/logs/*'), generate, report])]),
      message: ['lacks s3:InitiateReplication.'],
      actual: `${arn} without s3:InitiateReplication`,
    },
    {
      name: 'the report cannot be written',
      ...having([roleWith([initiate, generate])]),
      message: ['lacks s3:PutObject.'],
    },
    {
      name: 'the boundary lets no report be written',
      ...having([roleWith([initiate, generate, report], {}, allow(['s3:I*', 's3:*Configuration'], '*'))]),
      message: ['lacks s3:PutObject.'],
    },
    {
      name: 'the manifest can be neither generated nor read',
      ...having([roleWith([initiate, report, allow('s3:GetObject', '*')])]),
      message: ['lacks s3:GetReplicationConfiguration, s3:PutInventoryConfiguration.'],
    },
    {
      name: 'the nearest of several is named',
      ...having([
        roleWith([initiate], { Arn: `${arn}-a` }),
        roleWith([initiate, generate], { Arn: `${arn}-b` }),
        roleWith([], { Arn: `${arn}-c` }),
      ]),
      message: [`'${arn}-b' comes nearest`],
    },
    {
      name: 'a service control policy denies it',
      ...having([batchRole], { serviceControlPolicies: noInitiation }),
      message: ['lacks s3:InitiateReplication.'],
    },
    {
      name: "the source's policy denies it",
      ...having([batchRole]),
      source: { policy: policyOf({ ...initiate, Effect: 'Deny', Principal: '*' }) },
      message: ['lacks s3:InitiateReplication.'],
    },
  ],
  notApplicable: [{ name: 'nothing is missing' }],
  unknown: [
    { name: 'the roles are denied', ...having([]), denied: ['sourceAccount.batchRoles'] },
    {
      name: "a role that may, under policies that were not read: the organization's",
      ...having([batchRole]),
      denied: ['sourceAccount.serviceControlPolicies'],
    },
    {
      name: "a role that may, under a policy that was not read: the bucket's",
      ...having([batchRole]),
      denied: ['source.policy'],
    },
  ],
  undetermined: [
    {
      name: 'a policy of the role is malformed, and may allow the report',
      ...having([
        {
          ...roleWith([initiate, generate]),
          Policies: {
            Inline: [{ Name: 'reports', Document: '{\n "Statement": 1 }' }],
            Attached: [{ Name: 'batch', Document: policyOf(initiate, generate) }],
            Boundary: null,
          },
        },
      ]),
      message: [
        `The policy 'reports' of role '${arn.slice(arn.indexOf('/') + 1)}' is malformed at line 2, column 15, so nobody can say what it allows: `,
      ],
    },
    {
      name: 'its boundary is malformed',
      ...having([
        {
          ...roleWith([initiate, generate, report]),
          Policies: {
            Inline: [],
            Attached: [{ Name: 'batch', Document: policyOf(initiate, generate, report) }],
            Boundary: { Name: 'limit', Document: '[]' },
          },
        },
      ]),
      message: ["The policy 'limit' of role '"],
    },
    {
      name: 'it hangs on an address',
      ...having([
        roleWith([
          { ...initiate, Condition: { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } } },
          generate,
          report,
        ]),
      ]),
      message: [`'${arn}' may call s3:InitiateReplication`],
    },
  ],
});

it('does not ask for roles where nothing is missing', () => {
  expect(tryRule(rule, { denied: ['sourceAccount.batchRoles'] })).toMatchObject({ outcome: 'notApplicable' });
});

it('makes a role where none trusts the service, and gives an existing one what it lacks', () => {
  const cli = (roles: readonly RoleWithPolicies[]): string => {
    const outcome = tryRule(rule, having(roles));
    return 'finding' in outcome ? (outcome.finding.fix.cli ?? '') : '';
  };
  expect(cli([])).toMatch(/^aws iam create-role --role-name batch-replication .*\naws iam put-role-policy /);
  expect(cli([])).toContain(`"Resource":"arn:aws:s3:::'"$REPORT_BUCKET"'/*"`);
  const there = cli([roleWith([], { Arn: `arn:aws:iam::${account}:role/jobs/batch` })]);
  expect(there).toMatch(/^aws iam put-role-policy --role-name batch /);
});
