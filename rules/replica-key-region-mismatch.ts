import { nameReplicaKey } from './remedies/replica-key.ts';
import { defineRule, fail, notApplicable, pass, undetermined } from '../src/rule.ts';

export default defineRule({
  id: 'replica-key-region-mismatch',
  title: "Replica key is not in the destination's Region",
  severity: 'error',
  scope: 'route',
  why: 'The KMS key that encrypts replicas must be of the Region of the destination bucket. S3 does not check that when the configuration is put; replication fails later. A multi-Region key helps nothing, since S3 treats it as a key of one Region. AWS documents the requirement and not which failure reason follows from breaking it: DstKmsKeyNotFound is what we expect.',
  fix: "Name a KMS key of the destination bucket's Region in the replication rule, then send the failed objects again with S3 Batch Replication.",
  page: 'AmazonS3/latest/userguide/replication-config-for-kms-objects.html',
  predicts: ['DstKmsKeyNotFound'],
  needs: {},
  wants: { destination: ['presence'] },
  evaluate({ source, destination, route }) {
    const key = route.rule.Destination.EncryptionConfiguration?.ReplicaKmsKeyID;
    // A bare key id or alias name says no Region, so there is none to compare.
    if (!key?.startsWith('arn:')) return notApplicable;
    const { presence } = destination;
    if (presence.known && presence.value.status === 404) return notApplicable;
    const region = /^arn:[^:]+:kms:([^:]+):/.exec(key)?.[1];
    if (region === undefined) return undetermined(`The replica key '${key}' is not the ARN of a KMS key.`);
    if (destination.region === null) {
      return undetermined(
        `The Region of '${destination.name}' is not known, and the replica key is in '${region}'.`,
      );
    }
    if (region === destination.region) return pass;
    return fail({
      message: `Objects of '${source.name}' that are encrypted with KMS will not reach '${destination.name}': the bucket is in '${destination.region}' and the key for its replicas in '${region}'.`,
      expected: `a key in ${destination.region}`,
      actual: key,
      at: [`source.replication#/Rules/${route.index}/Destination/EncryptionConfiguration/ReplicaKmsKeyID`],
    });
  },
  remedy: ({ route }) => nameReplicaKey(route),
  examples: {
    bad: {
      destination: { region: 'eu-central-1' },
      replicationRule: {
        SourceSelectionCriteria: { SseKmsEncryptedObjects: { Status: 'Enabled' } },
        Destination: {
          Bucket: 'arn:aws:s3:::orders-replica',
          EncryptionConfiguration: {
            ReplicaKmsKeyID: 'arn:aws:kms:eu-west-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab',
          },
        },
      },
    },
    good: {
      destination: { region: 'eu-central-1' },
      replicationRule: {
        SourceSelectionCriteria: { SseKmsEncryptedObjects: { Status: 'Enabled' } },
        Destination: {
          Bucket: 'arn:aws:s3:::orders-replica',
          EncryptionConfiguration: {
            ReplicaKmsKeyID: 'arn:aws:kms:eu-central-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab',
          },
        },
      },
    },
  },
});
