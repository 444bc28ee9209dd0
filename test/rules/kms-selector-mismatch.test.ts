import { describeRule } from './describe-rule.ts';
import rule from '../../rules/kms-selector-mismatch.ts';
import { toReplica, withReplicaKey } from '../../rules/shared/example.ts';

const select = (Status: string): object => ({
  SourceSelectionCriteria: { SseKmsEncryptedObjects: { Status } },
});

describeRule(rule, {
  pass: [
    { name: 'both', replicationRule: withReplicaKey() },
    {
      name: 'a key, and the selector is off',
      replicationRule: { ...withReplicaKey(), ...select('Disabled') },
    },
    { name: 'neither is wanted', replicationRule: select('Disabled') },
  ],
  fail: [
    {
      name: 'no key',
      replicationRule: select('Enabled'),
      actual: 'no ReplicaKmsKeyID',
      message:
        "A replication rule of 'orders' selects objects encrypted with KMS and names no key for their replicas.",
    },
    {
      name: 'an empty key',
      replicationRule: {
        ...select('Enabled'),
        Destination: toReplica({ EncryptionConfiguration: { ReplicaKmsKeyID: '' } }),
      },
      message: ['names no key'],
    },
    {
      name: 'no selector',
      replicationRule: { ...withReplicaKey(), SourceSelectionCriteria: undefined },
      actual: 'no SseKmsEncryptedObjects',
      message: ['names a key for replicas'],
    },
    {
      name: 'trap 4: replica modifications are no selector',
      replicationRule: {
        ...withReplicaKey(),
        SourceSelectionCriteria: { ReplicaModifications: { Status: 'Enabled' } },
      },
      message: ['names a key for replicas'],
    },
  ],
  notApplicable: [
    { name: 'neither' },
    {
      name: 'trap 4: replica modifications alone need no key',
      replicationRule: { SourceSelectionCriteria: { ReplicaModifications: { Status: 'Enabled' } } },
    },
  ],
  unknown: [{ name: 'the replication configuration is denied', denied: ['source.replication'] }],
});
