import { nameReplicaKey } from './remedies/replica-key.ts';
import { enableKey } from './remedies/enable-key.ts';
import { describedKey, replicaKeyArn, withReplicaKey } from './shared/example.ts';
import { isUsable } from './shared/key.ts';
import { defineRule, fail, pass, undetermined } from '../src/rule.ts';

export default defineRule({
  id: 'replica-key-unusable',
  title: 'Replica key does not exist or is not enabled',
  severity: 'error',
  scope: 'route',
  why: 'S3 takes the replication configuration without looking at the key. A key that is disabled, waits to be deleted, has lost its key material or is gone encrypts nothing, so the objects of this route that are encrypted with KMS fail.',
  fix: 'Enable the key again, or name another one in the replication rule. A key that waits for its deletion must have that cancelled first. Then send the failed objects again with S3 Batch Replication.',
  page: 'AmazonS3/latest/userguide/replication-metrics-events.html',
  predicts: ['DstKmsKeyNotFound', 'DstKmsKeyInvalidState'],
  needs: { replicaKey: ['description'] },
  evaluate({ source, destination, replicaKey, route }) {
    const state = replicaKey.description?.KeyState;
    if (state !== undefined && isUsable(state)) return pass;
    // Who asks for a key without an ARN decides in which account it is looked for.
    if (state === undefined && !replicaKey.id.startsWith('arn:')) {
      return undetermined(
        `There is no '${replicaKey.id}' in account '${replicaKey.account}', and AWS does not document that S3 looks for it there.`,
      );
    }
    const how = state === undefined ? 'does not exist' : `is in the state ${state}`;
    return fail({
      message: `Objects of '${source.name}' that are encrypted with KMS will not reach '${destination.name}': the key for its replicas, '${replicaKey.id}', ${how}.`,
      expected: 'Enabled',
      actual: state ?? 'no such key',
      at: [
        'replicaKey.description#/KeyState',
        `source.replication#/Rules/${route.index}/Destination/EncryptionConfiguration/ReplicaKmsKeyID`,
      ],
    });
  },
  remedy({ replicaKey, route }) {
    const enabling = enableKey(replicaKey);
    return enabling.cli === undefined ? nameReplicaKey(route) : enabling;
  },
  examples: {
    bad: {
      replicationRule: withReplicaKey(),
      replicaKey: { description: describedKey(replicaKeyArn, { KeyState: 'PendingDeletion' }) },
    },
    good: { replicationRule: withReplicaKey(), replicaKey: { description: describedKey(replicaKeyArn) } },
  },
});
