import { describeRule } from './describe-rule.ts';
import {
  bounded,
  deny,
  governed,
  ours,
  policyAnd,
  roleAnd,
  roleOf,
  theirs,
} from './permission/situations.ts';
import rule from '../../rules/retention-denied-by-policy.ts';
import { allow } from '../../rules/shared/example.ts';
import { healthy } from '../../src/tester.ts';

const objects = 'arn:aws:s3:::orders-replica/*';
const locked = (DefaultRetention?: object) => ({
  objectLock: {
    ObjectLockEnabled: 'Enabled',
    ...(DefaultRetention === undefined ? {} : { Rule: { DefaultRetention } }),
  },
});
const year = { Mode: 'COMPLIANCE', Days: 365 };
const limited = (days: number, Resource = objects) => ({
  policy: policyAnd(
    'destination',
    deny('s3:PutObjectRetention', Resource, {
      Principal: '*',
      Condition: { NumericGreaterThan: { 's3:object-lock-remaining-retention-days': `${days}` } },
    }),
  ),
});
const base = { source: locked(year) };
const denied = deny(['s3:PutObjectRetention', 's3:PutObjectLegalHold'], '*');

describeRule(rule, {
  pass: [
    { name: 'trap 15: what no policy allows and none denies', ...base },
    { name: 'nor do other layers allow it', ...base, role: bounded(allow('s3:Replicate*', '*')) },
    { name: 'nor the owner', ...base, destination: { policy: null } },
    { name: 'a limit above the retention', ...base, destination: limited(366) },
    { name: 'a limit that is the retention', ...base, destination: limited(365) },
    {
      name: 'a Deny of another mode',
      ...base,
      role: roleAnd(
        deny('s3:PutObjectRetention', '*', {
          Condition: { StringEquals: { 's3:object-lock-mode': 'GOVERNANCE' } },
        }),
      ),
    },
    {
      name: 'a Deny for objects that the route does not bring',
      ...base,
      replicationRule: { Filter: { Prefix: 'in/' } },
      destination: limited(30, 'arn:aws:s3:::orders-replica/out/*'),
    },
    {
      name: 'a Deny to all but the role and its account, which spares who has no boundary',
      ...base,
      destination: {
        policy: policyAnd(
          'destination',
          deny('s3:*', objects, { NotPrincipal: { AWS: [healthy.role, ours] } }),
        ),
      },
    },
  ],
  fail: [
    {
      name: 'a limit below the retention',
      ...base,
      destination: limited(364),
      message:
        "Role 'orders-replication' may not s3:PutObjectRetention on 'orders-replica/*': the statement 'Fence' of the policy of 'orders-replica' denies it under NumericGreaterThan s3:object-lock-remaining-retention-days '364'. Objects of 'orders' with a retention or a legal hold may not reach 'orders-replica'.",
      actual: 'denied',
    },
    {
      name: 'years',
      source: locked({ Mode: 'GOVERNANCE', Years: 1 }),
      destination: limited(364),
      message: ['s3:PutObjectRetention'],
    },
    {
      name: 'for a part of objects, though nobody allows the rest',
      ...base,
      destination: limited(30, 'arn:aws:s3:::orders-replica/in/*'),
      message: [
        "on all of 'orders-replica/*', not within 'arn:aws:s3:::orders-replica/in/*': the statement 'Fence'",
      ],
    },
    {
      name: 'the role',
      ...base,
      role: roleAnd(denied),
      message: [
        "s3:PutObjectRetention or s3:PutObjectLegalHold on 'orders-replica/*'",
        "the role's policy 'fence'",
      ],
    },
    {
      name: 'the boundary',
      ...base,
      role: bounded(denied),
      message: ["the role's permissions boundary 'boundary' denies it"],
    },
    {
      name: 'the organization of the role',
      ...base,
      ...governed(ours, 'serviceControlPolicies', [denied]),
      message: ["the service control policy 'fence'"],
    },
    {
      name: 'that of the destination',
      ...base,
      ...governed(theirs, 'resourceControlPolicies', [{ ...denied, Principal: '*' }]),
      message: ["the resource control policy 'fence'"],
    },
    {
      name: 'legal holds, which no default tells',
      source: locked(),
      role: roleAnd(deny('s3:PutObjectLegalHold', '*')),
      message: ["may not s3:PutObjectLegalHold on 'orders-replica/*'"],
    },
    {
      name: 'a Deny speaks where other layers were not read',
      ...base,
      role: roleAnd(denied),
      denied: ['destination.policy'],
      message: ['denies it'],
    },
  ],
  notApplicable: [
    { name: 'the source has no lock', destination: limited(1) },
    { name: 'trap 16: the lock is the destination’s alone', destination: { ...limited(1), ...locked(year) } },
    { name: 'the role does not exist', ...base, role: { definition: null, policies: null } },
  ],
  unknown: [
    { name: 'the lock is denied', denied: ['source.objectLock'] },
    { name: 'the policy is denied', ...base, denied: ['destination.policy'] },
  ],
  undetermined: [
    {
      name: 'the boundary is malformed, and nothing else',
      ...base,
      role: roleOf([], { Boundary: { Name: 'boundary', Document: '{"Statement":[{}]}' } }),
      message: ["The role's permissions boundary 'boundary' is malformed at line 1, column 15"],
    },
    {
      name: 'no default, so that nobody knows the retention of objects',
      source: locked(),
      destination: limited(30),
      message: ["hangs on 's3:object-lock-remaining-retention-days'", 'which neither what was read nor'],
    },
    {
      name: 'malformed',
      ...base,
      role: roleOf([], { Attached: [{ Name: 'broken', Document: '[]' }] }),
      message: ["The role's policy 'broken' is malformed at line 1, column 1"],
    },
  ],
});
