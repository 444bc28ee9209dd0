import { describeRule } from './describe-rule.ts';
import { toReplica } from '../../rules/shared/example.ts';
import rule from '../../rules/weak-replica-storage-class.ts';
import type { ReplicationRule } from '../../src/model/aws.ts';

const into = (StorageClass: string): { readonly replicationRule: Partial<ReplicationRule> } => ({
  replicationRule: { Destination: toReplica({ StorageClass }) },
});

describeRule(rule, {
  pass: [
    { name: 'the class of the source' },
    { name: 'several Availability Zones', ...into('STANDARD_IA') },
    { name: 'archives are another rule', ...into('GLACIER') },
  ],
  fail: [
    {
      name: 'One Zone',
      ...into('ONEZONE_IA'),
      actual: 'ONEZONE_IA',
      message:
        "Replicas of 'orders' in 'orders-replica' are less safe than they could be: ONEZONE_IA keeps them in one Availability Zone, and they are lost with it.",
    },
    { name: 'Reduced Redundancy', ...into('REDUCED_REDUNDANCY'), message: ['can be made again'] },
  ],
  notApplicable: 'never: every replica has a storage class',
  unknown: [{ name: 'the replication configuration is denied', denied: ['source.replication'] }],
});
