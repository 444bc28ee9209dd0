import { expect, it } from 'vitest';
import { describeRule } from './describe-rule.ts';
import rule from '../../rules/replication-required.ts';
import type { ReplicationDestination, ReplicationRule } from '../../src/model/aws.ts';
import { tryRule } from '../../src/tester.ts';

const to = (name: string, more: Partial<ReplicationDestination> = {}): ReplicationRule => ({
  Status: 'Enabled',
  Priority: 1,
  Filter: {},
  Destination: { Bucket: `arn:aws:s3:::${name}`, ...more },
});
const routes = (...Rules: readonly ReplicationRule[]): object => ({
  replication: { Role: 'arn:aws:iam::111122223333:role/orders-replication', Rules },
});
const second = { name: 'second', account: '444455556666', region: 'eu-north-1' };
const timed = {
  replicationRule: to('orders-replica', {
    ReplicationTime: { Status: 'Enabled', Time: { Minutes: 15 } },
    Metrics: { Status: 'Enabled', EventThreshold: { Minutes: 15 } },
  }),
};

const year = { mode: 'COMPLIANCE', days: 365 } as const;
const lock = (Mode: string, Days: number): object => ({
  objectLock: { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: { Mode, Days } } },
});

describeRule(rule, {
  pass: [
    {
      name: 'a Region and an account of those that are asked for',
      options: { regions: ['eu-north-1', 'eu-central-1'], accounts: ['444455556666'] },
    },
    {
      name: 'a lock as long as is asked for, and of the mode',
      options: { objectLock: year },
      destination: lock('COMPLIANCE', 365),
    },
    {
      name: 'a lock of which nothing more is asked',
      options: { objectLock: {} },
      destination: { objectLock: { ObjectLockEnabled: 'Enabled' } },
    },
    {
      name: 'COMPLIANCE is more than GOVERNANCE, and a year 365 days',
      options: { objectLock: { mode: 'GOVERNANCE', days: 365 } },
      destination: {
        objectLock: {
          ObjectLockEnabled: 'Enabled',
          Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Years: 1 } },
        },
      },
    },
    { name: 'delete markers stay at the source', options: { deleteMarkers: false } },
    {
      name: 'the lock of one destination is enough where one is asked for',
      options: { objectLock: {} },
      source: routes(to('orders-replica'), to('second')),
      destination: lock('GOVERNANCE', 1),
      buckets: [second],
    },
    {
      name: 'a lock that is denied does not matter where none is asked for',
      denied: ['destinations.objectLock', 'destinations.presence'],
    },
    { name: 'any destination will do' },
    {
      name: 'another Region and another account',
      options: { otherRegion: true, otherAccount: true },
    },
    {
      name: 'two distinct destinations',
      options: { destinations: 2 },
      source: routes(to('orders-replica'), to('second')),
      buckets: [second],
    },
    { name: 'Replication Time Control', options: { replicationTimeControl: true }, ...timed },
    {
      name: 'an account that is not known does not matter where it is not asked for',
      options: { otherRegion: true },
      destination: { account: null },
    },
    {
      name: 'one route is not known, and the other satisfies it',
      options: { otherAccount: true },
      source: routes(to('orders-replica'), to('stranger')),
    },
    {
      name: 'trap 29: a destination that replicates on is judged by its own routes',
      isDestination: true,
    },
  ],
  fail: [
    {
      name: 'the Region is another than those that are asked for',
      options: { regions: ['eu-north-1'] },
      message: ['one destination in eu-north-1'],
    },
    {
      name: 'the account is another than those that are asked for',
      options: { accounts: ['999988887777', '888877776666'] },
      message: ['one destination in account 999988887777 or 888877776666'],
    },
    {
      name: 'the destination is not locked',
      options: { objectLock: year },
      message: ['with Object Lock with a default retention in COMPLIANCE mode of at least 365 days'],
    },
    {
      name: 'the lock is a day too short',
      options: { objectLock: year },
      destination: lock('COMPLIANCE', 364),
      message: ['at least 365 days'],
    },
    {
      name: 'the lock is of the weaker mode',
      options: { objectLock: year },
      destination: lock('GOVERNANCE', 365),
      message: ['0 of 1 required destinations'],
    },
    {
      name: 'the lock has no default retention',
      options: { objectLock: { days: 1 } },
      destination: { objectLock: { ObjectLockEnabled: 'Enabled' } },
      message: ['a default retention of at least 1 days'],
    },
    {
      name: 'one of two destinations is locked, and two are asked for',
      options: { objectLock: {}, destinations: 2 },
      source: routes(to('orders-replica'), to('second')),
      destination: lock('GOVERNANCE', 1),
      buckets: [second],
      message: ['1 of 2 required destinations', 'out of 2 enabled routes'],
    },
    {
      name: 'delete markers take the route',
      options: { deleteMarkers: false },
      replicationRule: { DeleteMarkerReplication: { Status: 'Enabled' } },
      message: ['one destination without delete markers'],
    },
    {
      name: 'trap 1: without a Filter it is V1, which carries delete markers',
      options: { deleteMarkers: false },
      replicationRule: { Filter: undefined, Prefix: '' },
      message: ['without delete markers'],
    },
    {
      name: 'the destination does not exist',
      destination: { account: null, presence: { status: 404 } },
      message: ['0 of 1 required destinations', 'out of 1 enabled routes'],
    },
    {
      name: 'no replication at all',
      actual: 'no enabled route',
      source: { replication: null },
      message:
        "'orders' is not replicated as required: 0 of 1 required destinations satisfy the policy (one destination), out of 0 enabled routes.",
    },
    {
      name: 'the destination is in the same Region',
      actual: '0 destinations that satisfy it',
      options: { otherRegion: true },
      destination: { region: 'eu-west-1' },
      message: ['one destination in another Region', 'out of 1 enabled routes'],
    },
    {
      name: 'the destination is in the same account',
      options: { otherAccount: true },
      destination: { account: '111122223333' },
      message: ['in another account'],
    },
    {
      name: 'two routes to one bucket are one destination',
      options: { destinations: 2 },
      source: routes(to('orders-replica'), to('orders-replica')),
      message: ['1 of 2 required destinations', 'out of 2 enabled routes'],
    },
    {
      name: 'no Replication Time Control',
      options: { replicationTimeControl: true },
      message: ['with Replication Time Control'],
    },
    {
      name: 'the rule is disabled, so there is no route',
      replicationRule: { Status: 'Disabled' },
      message: ['out of 0 enabled routes'],
    },
    {
      name: 'what is not known cannot help where something else is wrong',
      options: { otherAccount: true, replicationTimeControl: true },
      destination: { account: null },
      message: ['0 of 1 required destinations'],
    },
  ],
  notApplicable: [
    {
      name: 'trap 29: a bucket that only receives replicas is the copy',
      source: { replication: null },
      isDestination: true,
    },
  ],
  unknown: [
    { name: 'the replication configuration is denied', denied: ['bucket.replication'] },
    {
      name: 'the lock is denied, and it would decide',
      options: { objectLock: {} },
      denied: ['destinations.objectLock'],
    },
  ],
  undetermined: [
    {
      name: "the destination's account is not known and would decide",
      options: { otherAccount: true },
      destination: { account: null },
      message: ["not known: 'orders-replica'"],
    },
    {
      name: "the destination's Region is not known and would decide",
      options: { otherRegion: true },
      destination: { region: null },
      message: ["not known: 'orders-replica'"],
    },
  ],
});

it('bears the name of the policy that asked', () => {
  const outcome = tryRule(rule, { source: { replication: null } });
  expect('finding' in outcome ? outcome.finding.policy : '').toBe('the policy');
});
