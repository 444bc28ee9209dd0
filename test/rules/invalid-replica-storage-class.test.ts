import { expect, it } from 'vitest';
import { describeRule } from './describe-rule.ts';
import rule from '../../rules/invalid-replica-storage-class.ts';
import { toReplica } from '../../rules/shared/example.ts';
import type { ReplicationRule } from '../../src/model/aws.ts';
import { tryRule } from '../../src/tester.ts';

const into = (StorageClass: string): { readonly replicationRule: Partial<ReplicationRule> } => ({
  replicationRule: { Destination: toReplica({ StorageClass }) },
});

describeRule(rule, {
  pass: [{ name: 'a class of general purpose buckets', ...into('INTELLIGENT_TIERING') }],
  fail: [
    {
      name: 'a class of directory buckets',
      ...into('EXPRESS_ONEZONE'),
      actual: 'EXPRESS_ONEZONE',
      message:
        "A replication rule of 'orders' asks for replicas of the storage class 'EXPRESS_ONEZONE', which they cannot have.",
    },
    { name: 'the one that the page names', ...into('FSX_OPENZFS'), message: ["'FSX_OPENZFS'"] },
    { name: 'no class at all', ...into('STANDART_IA'), message: ["'STANDART_IA'"] },
  ],
  notApplicable: [{ name: 'the class of the source' }],
  unknown: [{ name: 'the replication configuration is denied', denied: ['source.replication'] }],
});

it.each([
  'STANDARD',
  'STANDARD_IA',
  'ONEZONE_IA',
  'GLACIER_IR',
  'GLACIER',
  'DEEP_ARCHIVE',
  'REDUCED_REDUNDANCY',
])('lets %s be', (storageClass) => {
  expect(tryRule(rule, into(storageClass)).outcome).toBe('pass');
});
