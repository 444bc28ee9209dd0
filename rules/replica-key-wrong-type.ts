import { nameReplicaKey } from './remedies/replica-key.ts';
import { describedKey, replicaKeyArn, withReplicaKey } from './shared/example.ts';
import { defineRule, fail, notApplicable, pass } from '../src/rule.ts';

export default defineRule({
  id: 'replica-key-wrong-type',
  title: 'Replica key cannot encrypt objects',
  severity: 'error',
  scope: 'route',
  why: 'S3 encrypts with symmetric keys only, and takes any key into a replication configuration without looking. Under a key that signs, that makes authentication codes or that is asymmetric, the objects of this route that are encrypted with KMS fail. AWS documents the requirement and not the failure reason: DstKmsKeyInvalidState is what we expect.',
  fix: "Name a symmetric key for encryption in the replication rule, in the destination's Region. A key cannot change its type. Then send the failed objects again with S3 Batch Replication.",
  page: 'AmazonS3/latest/API/API_EncryptionConfiguration.html',
  predicts: ['DstKmsKeyInvalidState'],
  needs: { replicaKey: ['description'] },
  evaluate({ source, destination, replicaKey, route }) {
    if (replicaKey.description === null) return notApplicable;
    const { KeySpec, KeyUsage } = replicaKey.description;
    if (KeySpec === 'SYMMETRIC_DEFAULT' && KeyUsage === 'ENCRYPT_DECRYPT') return pass;
    return fail({
      message: `Objects of '${source.name}' that are encrypted with KMS will not reach '${destination.name}': the key for its replicas, '${replicaKey.id}', is of the type ${KeySpec} for ${KeyUsage}.`,
      expected: 'SYMMETRIC_DEFAULT for ENCRYPT_DECRYPT',
      actual: `${KeySpec} for ${KeyUsage}`,
      at: [
        'replicaKey.description#/KeySpec',
        'replicaKey.description#/KeyUsage',
        `source.replication#/Rules/${route.index}/Destination/EncryptionConfiguration/ReplicaKmsKeyID`,
      ],
    });
  },
  remedy: ({ route }) => nameReplicaKey(route),
  examples: {
    bad: {
      replicationRule: withReplicaKey(),
      replicaKey: {
        description: describedKey(replicaKeyArn, { KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' }),
      },
    },
    good: { replicationRule: withReplicaKey(), replicaKey: { description: describedKey(replicaKeyArn) } },
  },
});
