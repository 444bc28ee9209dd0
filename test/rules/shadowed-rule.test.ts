import { expect, it } from 'vitest';
import { describeRule } from './describe-rule.ts';
import { replicating, toReplica } from '../../rules/shared/example.ts';
import rule from '../../rules/shadowed-rule.ts';
import { tryEach } from '../../src/tester.ts';

const rare = { Destination: toReplica({ StorageClass: 'STANDARD_IA' }) };
const invoices = { ID: 'invoices', Filter: { Prefix: 'invoices/' } };
const archived = { Filter: { And: { Prefix: 'invoices/', Tags: [{ Key: 'archive', Value: 'yes' }] } } };
const kms = {
  SourceSelectionCriteria: { SseKmsEncryptedObjects: { Status: 'Enabled' } },
  Destination: toReplica({ EncryptionConfiguration: { ReplicaKmsKeyID: 'key' } }),
};

describeRule(rule, {
  pass: [
    { name: 'the narrower rule has the higher number', source: replicating({}, invoices) },
    { name: 'the rules are disjoint', source: replicating(invoices, { Filter: { Prefix: 'orders/' } }) },
    {
      name: 'another value of the tag',
      source: replicating(
        { Filter: { Tag: { Key: 'archive', Value: 'no' } } },
        { Filter: { Tag: { Key: 'archive', Value: 'yes' } } },
      ),
    },
    { name: 'the higher rule takes a part only', source: replicating(invoices, { ...archived, ...rare }) },
    { name: 'the same again is a duplicate', source: replicating({}, {}) },
    {
      name: 'trap 2: version 1 has no priority',
      source: replicating(
        { Filter: undefined, Priority: undefined, Prefix: 'invoices/' },
        { Filter: undefined, Priority: undefined, Prefix: '' },
      ),
    },
    {
      name: 'it takes delete markers, and the higher rule does not',
      source: replicating({ ...invoices, DeleteMarkerReplication: { Status: 'Enabled' } }, {}),
    },
    {
      name: 'it takes objects encrypted with KMS, and the higher rule does not',
      source: replicating({ ...invoices, ...kms }, {}),
    },
    {
      name: 'it takes changes of replicas, and the higher rule does not',
      source: replicating(
        { ...invoices, SourceSelectionCriteria: { ReplicaModifications: { Status: 'Enabled' } } },
        {},
      ),
    },
  ],
  fail: [
    {
      name: 'trap 2: the higher number wins',
      source: replicating({ ...invoices, ...rare }, { ID: 'everything' }),
      actual: 'Priority 1',
      message:
        "The replication rule 'invoices' of 'orders' never applies: 'everything' has the higher priority and takes the same objects to 'orders-replica'.",
    },
    {
      name: 'whatever their order in the configuration',
      source: replicating({ ...rare, Priority: 3 }, { ID: 'wide', Priority: 7 }, { Priority: 5 }),
      message: ["'rule-1'", "'wide' has the higher priority"],
    },
    {
      name: 'fewer tags cover more',
      source: replicating(archived, { ...invoices, ...rare }),
      message: ["'invoices' has the higher priority"],
    },
    {
      name: 'a tag and a prefix that begins alike',
      source: replicating(
        { Filter: { And: { Prefix: 'invoices/2026/', Tags: [{ Key: 'a', Value: 'b' }] } } },
        { Filter: { Prefix: 'inv' } },
      ),
      message: ['never applies'],
    },
    {
      name: 'the same objects and another storage class',
      source: replicating(rare, { ID: undefined }),
      message: ["'#2' has the higher priority"],
    },
    {
      name: 'both take objects encrypted with KMS',
      source: replicating({ ...invoices, ...kms }, kms),
      message: ['never applies'],
    },
  ],
  notApplicable: [
    { name: 'one rule' },
    {
      name: 'trap 2: another destination, where both apply',
      source: replicating(invoices, { Destination: { Bucket: 'arn:aws:s3:::elsewhere' } }),
    },
    { name: 'a disabled rule shadows nothing', source: replicating(invoices, { Status: 'Disabled' }) },
  ],
  unknown: [{ name: 'the replication configuration is denied', denied: ['source.replication'] }],
});

it('is told of the rule that yields, and not of the one that it yields to', () => {
  const outcomes = tryEach(rule, { source: replicating({}, rare, invoices) });
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(['fail', 'pass', 'pass']);
});

it('gives the rule a number that no other has', () => {
  const [outcome] = tryEach(rule, { source: replicating({ ...invoices, ...rare }, { Priority: 41 }) });
  expect(outcome && 'finding' in outcome ? outcome.finding.fix.cli : '').toContain('.Rules[0].Priority = 42');
});
