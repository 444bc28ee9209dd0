import { expect, it } from 'vitest';
import { describeRule } from './describe-rule.ts';
import rule from '../../rules/conflicting-overlap.ts';
import { replicating, toReplica } from '../../rules/shared/example.ts';
import type { ReplicationRule } from '../../src/model/aws.ts';
import { tryEach } from '../../src/tester.ts';

const invoices = { ID: 'invoices', Filter: { Prefix: 'invoices/' } };
const tagged = { ID: 'tagged', Filter: { Tag: { Key: 'archive', Value: 'yes' } } };
const rare = { Destination: toReplica({ StorageClass: 'STANDARD_IA' }) };

describeRule(rule, {
  pass: [
    { name: 'the two agree', source: replicating(invoices, tagged) },
    { name: 'disjoint filters', source: replicating(invoices, { Filter: { Prefix: 'orders/' }, ...rare }) },
    { name: 'an exception with the higher priority', source: replicating({}, { ...invoices, ...rare }) },
    { name: 'the other leaves it nothing: shadowed-rule says so', source: replicating(invoices, rare) },
    {
      name: 'metrics make no difference to replicas',
      source: replicating(invoices, { ...tagged, Destination: toReplica({ Metrics: undefined }) }),
    },
  ],
  fail: [
    {
      name: 'some objects have the prefix and the tag',
      source: replicating(invoices, { ...tagged, ...rare }),
      actual: 'overlapping filters, and different: storage class',
      message:
        "Objects of 'orders' that 'invoices' and 'tagged' both take to 'orders-replica' are replicated as 'tagged' says, which has the higher priority: the two differ in storage class.",
    },
    {
      name: 'the wide rule goes before and takes no delete markers',
      source: replicating({ ...invoices, DeleteMarkerReplication: { Status: 'Enabled' } }, {}),
      message: ['differ in delete markers'],
    },
    {
      name: 'the same filter, and the rule that goes before takes no delete markers: no exception',
      source: replicating({ DeleteMarkerReplication: { Status: 'Enabled' } }, {}),
      message: ['differ in delete markers'],
    },
  ],
  notApplicable: [
    { name: 'one rule' },
    {
      name: 'trap 2: another destination, where both apply',
      source: replicating(invoices, { ...tagged, Destination: { Bucket: 'arn:aws:s3:::elsewhere' } }),
    },
    {
      name: 'the other one is disabled',
      source: replicating(invoices, { ...tagged, ...rare, Status: 'Disabled' }),
    },
  ],
  unknown: [{ name: 'the replication configuration is denied', denied: ['source.replication'] }],
});

const rate = (changed: Partial<ReplicationRule>): readonly string[] =>
  tryEach(rule, { source: replicating(invoices, { ...tagged, ...changed }) }).map((outcome) =>
    'finding' in outcome ? outcome.finding.message.replace(/.*: /, '') : outcome.outcome,
  );

it.each<[string, Partial<ReplicationRule>]>([
  ['storage class', rare],
  ['replica key', { Destination: toReplica({ EncryptionConfiguration: { ReplicaKmsKeyID: 'key' } }) }],
  ['owner', { Destination: toReplica({ AccessControlTranslation: { Owner: 'Destination' } }) }],
  ['Replication Time Control', { Destination: toReplica({ ReplicationTime: { Status: 'Enabled' } }) }],
  [
    'objects encrypted with KMS',
    { SourceSelectionCriteria: { SseKmsEncryptedObjects: { Status: 'Enabled' } } },
  ],
  ['changes of replicas', { SourceSelectionCriteria: { ReplicaModifications: { Status: 'Enabled' } } }],
])('says in what the two differ: %s', (name, changed) => {
  expect(rate(changed)).toEqual([`the two differ in ${name}.`, 'pass']);
});

it.each(['a', 'abc'])('is told of the later rule in version 1, where no priority decides: %s', (Prefix) => {
  const v1 = { Filter: undefined, Priority: undefined };
  const source = replicating({ ...v1, Prefix }, { ...v1, ...rare, Prefix: 'ab' });
  const [first, second] = tryEach(rule, { source });
  expect(first?.outcome).toBe('pass');
  expect(second && 'finding' in second ? second.finding.message : '').toContain('no priority decides which');
});
