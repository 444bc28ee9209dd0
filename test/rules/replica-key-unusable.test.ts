import { expect, it } from 'vitest';
import { describeRule } from './describe-rule.ts';
import rule from '../../rules/replica-key-unusable.ts';
import { describedKey, replicaKeyArn, withReplicaKey } from '../../rules/shared/example.ts';
import { tryRule, type TestSituation } from '../../src/tester.ts';

const inState = (KeyState: string): TestSituation => ({
  replicationRule: withReplicaKey(),
  replicaKey: { description: describedKey(replicaKeyArn, { KeyState }) },
});
const gone = { replicaKey: { description: null } };

describeRule(rule, {
  pass: [
    { name: 'the key is enabled', replicationRule: withReplicaKey() },
    { name: 'a key that is being updated encrypts', ...inState('Updating') },
    { name: 'the key behind an alias is enabled', replicationRule: withReplicaKey('alias/replicas') },
  ],
  fail: [
    {
      name: 'the key is disabled',
      ...inState('Disabled'),
      actual: 'Disabled',
      message: `Objects of 'orders' that are encrypted with KMS will not reach 'orders-replica': the key for its replicas, '${replicaKeyArn}', is in the state Disabled.`,
    },
    { name: 'it waits to be deleted', ...inState('PendingDeletion'), message: ['state PendingDeletion'] },
    { name: 'it waits for its material', ...inState('PendingImport'), message: ['state PendingImport'] },
    { name: 'its key store is gone', ...inState('Unavailable'), message: ['state Unavailable'] },
    {
      name: 'there is no such key',
      replicationRule: withReplicaKey(),
      ...gone,
      actual: 'no such key',
      message: ['does not exist'],
    },
  ],
  notApplicable: [
    { name: 'no replica key' },
    {
      name: 'trap 4: ReplicaModifications alone need no key',
      replicationRule: { SourceSelectionCriteria: { ReplicaModifications: { Status: 'Enabled' } } },
    },
  ],
  unknown: [
    {
      name: 'the key is denied',
      replicationRule: withReplicaKey(),
      denied: ['replicaKey.description'],
    },
  ],
  undetermined: [
    {
      name: 'there is no such alias where it was looked for',
      replicationRule: withReplicaKey('alias/replicas'),
      ...gone,
      message: ["no 'alias/replicas' in account '444455556666'"],
    },
  ],
});

it.each([
  ['Disabled', `aws kms enable-key --region eu-central-1 --key-id ${replicaKeyArn}`],
  [
    'PendingDeletion',
    `aws kms cancel-key-deletion --region eu-central-1 --key-id ${replicaKeyArn}\naws kms enable-key --region eu-central-1 --key-id ${replicaKeyArn}`,
  ],
  [
    'PendingImport',
    `aws s3api get-bucket-replication --bucket orders --query ReplicationConfiguration > replication.json
jq --arg key "$REPLICA_KEY_ARN" '.Rules[0].Destination.EncryptionConfiguration.ReplicaKmsKeyID = $key' replication.json > changed.json
aws s3api put-bucket-replication --bucket orders --replication-configuration file://changed.json`,
  ],
])('mends the state %s', (state, cli) => {
  const outcome = tryRule(rule, inState(state));
  expect('finding' in outcome ? outcome.finding.fix.cli : '').toBe(cli);
});
