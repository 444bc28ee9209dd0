import { expect, it } from 'vitest';
import { describeRule } from './describe-rule.ts';
import rule from '../../rules/one-way-modification-sync.ts';
import type { ReplicationRule } from '../../src/model/aws.ts';
import { tryRule } from '../../src/tester.ts';

const sync = (Status: string): Partial<ReplicationRule> => ({
  SourceSelectionCriteria: { ReplicaModifications: { Status } },
});
const back = (more: Partial<ReplicationRule> = {}): object => ({
  replication: {
    Role: 'arn:aws:iam::444455556666:role/r',
    Rules: [{ Status: 'Enabled', Filter: {}, Destination: { Bucket: 'arn:aws:s3:::orders' }, ...more }],
  },
});

describeRule(rule, {
  pass: [
    {
      name: 'both directions synchronise',
      replicationRule: sync('Enabled'),
      destination: back(sync('Enabled')),
    },
    {
      name: 'this direction synchronises: the other’s finding is its own',
      replicationRule: sync('Enabled'),
      destination: back(),
    },
  ],
  fail: [
    {
      name: 'the way back synchronises, and this one does not',
      destination: back(sync('Enabled')),
      message:
        "Tags, ACLs and locks that are changed in 'orders' on replicas from 'orders-replica' do not get back there: the two replicate both ways, and this direction has ReplicaModifications off.",
      actual: 'not configured',
    },
    { name: 'neither direction synchronises', destination: back(), message: ['both ways'] },
    {
      name: 'it is switched off here',
      replicationRule: sync('Disabled'),
      destination: back(),
      message: ['ReplicaModifications off'],
      actual: 'Disabled',
    },
    {
      name: 'trap 4: it is on without a key, and there is no way back',
      replicationRule: sync('Enabled'),
      message: ['has nothing to act on: no enabled replication rule leads back'],
      actual: 'none',
    },
    {
      name: 'it is on, and the way back is disabled',
      replicationRule: sync('Enabled'),
      destination: back({ Status: 'Disabled' }),
      message: ['no enabled replication rule leads back'],
    },
    {
      name: 'it is on, and the way back takes other objects',
      replicationRule: { ...sync('Enabled'), Filter: { Prefix: 'logs/' } },
      destination: back({ Filter: { Prefix: 'invoices/' } }),
      message: ['no enabled replication rule leads back'],
    },
  ],
  notApplicable: [
    { name: 'one way, without it' },
    {
      name: 'the way on leads elsewhere',
      destination: back({ Destination: { Bucket: 'arn:aws:s3:::archive' } }),
    },
  ],
  unknown: [
    {
      name: 'nobody knows whether there is a way back',
      replicationRule: sync('Enabled'),
      denied: ['destination.replication'],
    },
  ],
});

it('switches it on where there is a way back, and off where there is none', () => {
  const cli = (situation: object): string => {
    const outcome = tryRule(rule, situation);
    return 'finding' in outcome ? (outcome.finding.fix.cli ?? '') : '';
  };
  expect(cli({ destination: back() })).toContain('.ReplicaModifications.Status = "Enabled"');
  expect(cli({ replicationRule: sync('Enabled') })).toContain('.ReplicaModifications.Status = "Disabled"');
});
