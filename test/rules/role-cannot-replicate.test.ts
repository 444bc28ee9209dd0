import { describe, expect, it } from 'vitest';
import { describeRule } from './describe-rule.ts';
import {
  bounded,
  deny,
  everyLayer,
  governed,
  ours,
  ownStatements,
  policyAnd,
  roleAnd,
  roleOf,
  theirs,
  without,
} from './permission/situations.ts';
import rule from '../../rules/role-cannot-replicate.ts';
import { tryRule, type TestSituation } from '../../src/tester.ts';
import { allow, kmsSource, policyOf, roleArn, withReplicaKey } from '../../rules/shared/example.ts';

const action = 's3:ReplicateObject';
const objects = 'arn:aws:s3:::orders-replica/*';
const layers = everyLayer({ action, owner: 'destination' });
const silent = roleOf(without(ownStatements, action));
const toRole = { Principal: { AWS: roleArn } };
const unlessEncrypted = deny(action, objects, {
  Principal: '*',
  Condition: { StringNotEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' } },
});

describeRule(rule, {
  ...layers,
  pass: [
    ...layers.pass,
    {
      name: 'trap 14: a Deny of s3:PutObject',
      destination: { policy: policyAnd('destination', deny('s3:PutObject', objects, { Principal: '*' })) },
    },
    { name: 'trap 13: s3:ReplicateTags need not be allowed', role: roleAnd() },
    {
      name: 'within one account a policy of the bucket that names the role does',
      role: silent,
      destination: { account: ours, policy: policyOf({ ...allow(action, objects), ...toRole }) },
    },
    {
      name: 'what is encrypted as the destination asks',
      source: { encryption: kmsSource },
      replicationRule: withReplicaKey(),
      destination: { policy: policyAnd('destination', unlessEncrypted) },
    },
    {
      name: 'a Deny outside the organization',
      role: roleAnd(
        deny('s3:*', '*', { Condition: { StringNotEquals: { 'aws:ResourceOrgID': 'o-exampleorg' } } }),
      ),
    },
  ],
  fail: [
    ...layers.fail,
    {
      name: 'trap 14: a right to put objects does not do',
      role: roleOf([...without(ownStatements, action), allow('s3:PutObject', objects)]),
      message:
        "Role 'orders-replication' may not s3:ReplicateObject on 'orders-replica/*': no policy of the role allows it. Objects of 'orders' will not reach 'orders-replica'.",
    },
    {
      name: "the silence of the owner's policy is left to another rule",
      role: silent,
      destination: { policy: null },
      message: ["on 'orders-replica/*': no policy of the role allows it. Objects"],
    },
    {
      name: "the role is silent on what the owner's policy allows, and the owner on the rest",
      role: roleOf([...without(ownStatements, action), allow(action, 'arn:aws:s3:::orders-replica/in/*')]),
      destination: {
        policy: policyOf({ ...allow(action, 'arn:aws:s3:::orders-replica/out/*'), ...toRole }),
      },
      message: ["on all of 'orders-replica/*', only within 'arn:aws:s3:::orders-replica/in/*': no policy"],
    },
    {
      name: 'a stranger, whatever its policy says',
      role: silent,
      destination: { account: null },
      message: ['no policy of the role allows it'],
    },
    {
      name: 'what is encrypted otherwise than the destination asks',
      destination: { policy: policyAnd('destination', unlessEncrypted) },
      message: ["the statement 'Fence' of the policy of 'orders-replica' denies it"],
    },
    {
      name: 'trap 13: a Deny of s3:ReplicateTags drops the tags',
      destination: {
        policy: policyAnd('destination', deny('s3:ReplicateTags', objects, { Principal: '*' })),
      },
      severity: 'warning',
      message:
        "Role 'orders-replication' may not s3:ReplicateTags on 'orders-replica/*': the statement 'Fence' of the policy of 'orders-replica' denies it. Replicas of 'orders' in 'orders-replica' will lack the tags of their objects.",
    },
    {
      name: 'trap 13: a Deny of s3:ReplicateTags for a part',
      role: roleAnd(deny('s3:ReplicateTags', 'arn:aws:s3:::orders-replica/in/*')),
      severity: 'warning',
      message: ["on all of 'orders-replica/*', not within 'arn:aws:s3:::orders-replica/in/*'"],
    },
    {
      name: 'a part is denied, and the rest in doubt',
      role: roleAnd(
        deny(action, 'arn:aws:s3:::orders-replica/in/*'),
        deny(action, objects, { Condition: { StringEquals: { 'aws:userid': 'x' } } }),
      ),
      message: ["not within 'arn:aws:s3:::orders-replica/in/*'"],
      actual: 'denied for a part',
    },
  ],
  notApplicable: [
    { name: 'the role does not exist', role: { definition: null, policies: null } },
    { name: "the owner's policy alone is silent", destination: { policy: null } },
    {
      name: 'the destination denies what does not come through its endpoint, which has a rule of its own',
      destination: {
        policy: policyAnd(
          'destination',
          deny('s3:*', objects, {
            Principal: '*',
            Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } },
          }),
        ),
      },
    },
    {
      name: 'the same, of all but what a service forwards, which replication is not',
      destination: {
        policy: policyAnd(
          'destination',
          deny('s3:*', objects, {
            Principal: '*',
            Condition: {
              NotIpAddressIfExists: { 'aws:SourceIp': '198.51.100.0/24' },
              BoolIfExists: { 'aws:PrincipalIsAWSService': 'false', 'aws:ViaAWSService': 'false' },
            },
          }),
        ),
      },
    },
    {
      name: 'or through its access point',
      destination: {
        policy: policyAnd(
          'destination',
          deny('s3:*', objects, {
            Principal: '*',
            Condition: { ArnNotLike: { 's3:DataAccessPointArn': 'arn:aws:s3:*:444455556666:accesspoint/*' } },
          }),
        ),
      },
    },
    { name: 'the destination does not exist', destination: { account: null, presence: { status: 404 } } },
  ],
  unknown: [
    ...layers.unknown,
    {
      name: 'the encryption on which the destination insists',
      destination: { policy: policyAnd('destination', unlessEncrypted) },
      denied: ['source.encryption'],
    },
  ],
  undetermined: [...layers.undetermined],
});

it('does not blame a perimeter where nobody knows whose the destination is', () => {
  const perimeter = policyOf(
    allow('*', '*'),
    deny('s3:*', '*', { Condition: { StringNotEquals: { 'aws:ResourceAccount': [ours, theirs] } } }),
  );
  const accounts = { [ours]: { serviceControlPolicies: [[{ Name: 'perimeter', Document: perimeter }]] } };
  const outcome = (account: string | null) => tryRule(rule, { accounts, destination: { account } }).outcome;
  expect(outcome(null)).toBe('unknown');
  expect(outcome(theirs)).toBe('pass');
  expect(outcome('777788889999')).toBe('fail');
});

describe('what it advises', () => {
  const fixOf = (situation: TestSituation) => {
    const outcome = tryRule(rule, situation);
    return 'finding' in outcome ? outcome.finding.fix : null;
  };
  it('allows the role what it lacks, below the prefix of the route', () => {
    const fix = fixOf({ role: silent, replicationRule: { Filter: { Prefix: 'in/*' } } });
    expect(JSON.parse(fix?.json ?? '')).toEqual({
      Sid: 'WriteReplicas',
      Effect: 'Allow',
      Action: [action],
      Resource: 'arn:aws:s3:::orders-replica/in/${*}*',
    });
    expect(fix?.cli).toContain(
      'aws iam put-role-policy --role-name orders-replication --policy-name replint-writereplicas-orders-0 ',
    );
  });
  it.each([
    ['a boundary', { role: bounded(allow('s3:Get*', '*')) }],
    [
      'a level of service control policies',
      governed(ours, 'serviceControlPolicies', [allow('s3:Get*', '*')], true),
    ],
  ])('writes what %s would have to hold too, and types it for nobody', (_, situation) => {
    const { text, cli, json, terraform, cloudformation } = fixOf(situation) ?? {};
    const statement = { Sid: 'WriteReplicas', Effect: 'Allow', Action: [action], Resource: objects };
    expect(JSON.parse(json ?? '')).toEqual(statement);
    expect(terraform).toContain('sid       = "WriteReplicas"');
    expect(cloudformation).toContain('- Sid: WriteReplicas');
    expect(cli).toBeUndefined();
    expect(text).toContain(
      ' There is nothing to type in the AWS CLI: what has to allow it too is a boundary or ',
    );
  });
  it('adds nothing to what is denied', () => {
    expect(Object.keys(fixOf({ role: roleAnd(deny(action, '*')) }) ?? {})).toEqual(['text']);
  });
});
