import { describeRule } from './describe-rule.ts';
import rule from '../../rules/archived-replicas.ts';
import { toReplica } from '../../rules/shared/example.ts';
import type { ReplicationRule } from '../../src/model/aws.ts';

const into = (StorageClass: string): { readonly replicationRule: Partial<ReplicationRule> } => ({
  replicationRule: { Destination: toReplica({ StorageClass }) },
});

describeRule(rule, {
  pass: [
    { name: 'the class of the source, which no archived object leaves' },
    { name: 'an archive that can be read at once', ...into('GLACIER_IR') },
    { name: 'a class with tiers', ...into('INTELLIGENT_TIERING') },
  ],
  fail: [
    {
      name: 'Glacier Flexible Retrieval',
      ...into('GLACIER'),
      actual: 'GLACIER',
      message:
        "Replicas of 'orders' in 'orders-replica' cannot be read before they are restored: the replication rule puts them into GLACIER.",
    },
    { name: 'Glacier Deep Archive', ...into('DEEP_ARCHIVE'), message: ['into DEEP_ARCHIVE'] },
  ],
  notApplicable: 'never: every replica has a storage class',
  unknown: [{ name: 'the replication configuration is denied', denied: ['source.replication'] }],
});
