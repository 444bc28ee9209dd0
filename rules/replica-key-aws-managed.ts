import { nameReplicaKey } from './remedies/replica-key.ts';
import { describedKey, replicaKeyArn, withReplicaKey } from './shared/example.ts';
import { defineRule, fail, notApplicable, pass, undetermined } from '../src/rule.ts';

export default defineRule({
  id: 'replica-key-aws-managed',
  title: "Replicas in another account are encrypted under AWS's own key",
  severity: 'error',
  scope: 'route',
  why: 'Nobody can change the policy of a key that AWS manages, so it is of use in its own account only: either the role of the source cannot encrypt with it, or the account of the destination cannot read what was encrypted. AWS asks for a customer managed key here.',
  fix: 'Make a customer managed key in the account and Region of the destination, let its policy allow the replication role kms:Encrypt and kms:GenerateDataKey, and name it in the replication rule. Then send the failed objects again with S3 Batch Replication.',
  page: 'AmazonS3/latest/userguide/replication-config-for-kms-objects.html',
  predicts: ['DstPutObjectNotPermitted'],
  needs: { replicaKey: ['description'] },
  evaluate({ source, destination, replicaKey, route }) {
    if (replicaKey.description === null) return notApplicable;
    if (replicaKey.description.KeyManager !== 'AWS' || destination.account === source.account) return pass;
    if (destination.account === null) {
      return undetermined(
        `The replica key '${replicaKey.id}' is managed by AWS, and the owner of '${destination.name}' is not known.`,
      );
    }
    return fail({
      message: `Objects of '${source.name}' that are encrypted with KMS will not reach '${destination.name}' in account '${destination.account}' so that they can be read: AWS manages the key for its replicas, '${replicaKey.id}', and no other account can be given the use of it.`,
      expected: 'CUSTOMER',
      actual: 'AWS',
      at: [
        'replicaKey.description#/KeyManager',
        `source.replication#/Rules/${route.index}/Destination/EncryptionConfiguration/ReplicaKmsKeyID`,
      ],
    });
  },
  remedy: ({ route }) => nameReplicaKey(route),
  examples: {
    bad: {
      replicationRule: withReplicaKey(),
      replicaKey: { description: describedKey(replicaKeyArn, { KeyManager: 'AWS' }) },
    },
    good: { replicationRule: withReplicaKey(), replicaKey: { description: describedKey(replicaKeyArn) } },
  },
});
