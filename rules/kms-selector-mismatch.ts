import { selectKms } from './remedies/replica-key.ts';
import { replicaKeyArn, replicating, toReplica } from './shared/example.ts';
import { defineRule, fail, notApplicable, pass } from '../src/rule.ts';

export default defineRule({
  id: 'kms-selector-mismatch',
  title: 'KMS objects are selected without a replica key, or the reverse',
  severity: 'error',
  scope: 'route',
  lint: true,
  why: 'A rule that selects objects encrypted with KMS must say which key encrypts their replicas, and a rule that names such a key must have the selector. S3 refuses a configuration with one of the two only. Replica modifications alone need neither.',
  fix: 'Set SseKmsEncryptedObjects and ReplicaKmsKeyID together, or take out the one that is there.',
  page: 'AmazonS3/latest/API/API_PutBucketReplication.html',
  needs: {},
  evaluate({ source, route }) {
    const selector = route.rule.SourceSelectionCriteria?.SseKmsEncryptedObjects?.Status;
    const key = route.rule.Destination.EncryptionConfiguration?.ReplicaKmsKeyID ?? '';
    if (selector === undefined && key === '') return notApplicable;
    const keyless = selector === 'Enabled' && key === '';
    if (!keyless && selector !== undefined) return pass;
    return fail({
      message: keyless
        ? `A replication rule of '${source.name}' selects objects encrypted with KMS and names no key for their replicas.`
        : `A replication rule of '${source.name}' names a key for replicas and does not say whether it selects objects encrypted with KMS.`,
      expected: 'both SseKmsEncryptedObjects and ReplicaKmsKeyID, or neither',
      actual: keyless ? 'no ReplicaKmsKeyID' : 'no SseKmsEncryptedObjects',
      at: [`source.replication#/Rules/${route.index}`],
    });
  },
  remedy: ({ route }) => selectKms(route),
  examples: {
    bad: {
      source: replicating({
        SourceSelectionCriteria: { SseKmsEncryptedObjects: { Status: 'Enabled' } },
      }),
    },
    good: {
      source: replicating({
        SourceSelectionCriteria: { SseKmsEncryptedObjects: { Status: 'Enabled' } },
        Destination: toReplica({ EncryptionConfiguration: { ReplicaKmsKeyID: replicaKeyArn } }),
      }),
    },
  },
});
