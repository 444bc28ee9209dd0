import { selectKms } from './remedies/replica-key.ts';
import { defineRule, fail, notApplicable, pass } from '../src/rule.ts';

export default defineRule({
  id: 'kms-objects-not-selected',
  title: 'Objects encrypted with KMS are left out of replication',
  severity: 'error',
  scope: 'route',
  why: 'S3 does not replicate objects that are encrypted with SSE-KMS or DSSE-KMS unless the replication rule opts in. Where KMS is the default encryption of the source, that leaves out every new object which does not ask for something else. They are skipped, not failed: AWS names no failure reason for them, so metrics and events look healthy.',
  fix: 'Opt in with SseKmsEncryptedObjects, name a replica key of the Region of the destination, and give the replication role kms:Decrypt on the key of the source and kms:Encrypt and kms:GenerateDataKey on the replica key. Then send what was skipped with S3 Batch Replication.',
  page: 'AmazonS3/latest/userguide/replication-config-for-kms-objects.html',
  needs: { source: ['encryption'] },
  evaluate({ source, destination, route }) {
    const rules = source.encryption?.Rules ?? [];
    const algorithms = rules.map((rule) => rule.ApplyServerSideEncryptionByDefault?.SSEAlgorithm);
    const index = algorithms.findIndex((name) => name === 'aws:kms' || name === 'aws:kms:dsse');
    const algorithm = algorithms[index];
    if (algorithm === undefined) return notApplicable;
    const status = route.rule.SourceSelectionCriteria?.SseKmsEncryptedObjects?.Status;
    if (status === 'Enabled') return pass;
    return fail({
      message: `Objects of '${source.name}' that are encrypted with KMS will not reach '${destination.name}': ${algorithm} is the default encryption of the bucket, and the replication rule does not select such objects.`,
      expected: 'Enabled',
      actual: status ?? 'not configured',
      at: [
        `source.replication#/Rules/${route.index}/SourceSelectionCriteria`,
        `source.encryption#/Rules/${index}/ApplyServerSideEncryptionByDefault/SSEAlgorithm`,
      ],
    });
  },
  remedy: ({ route }) => selectKms(route),
  examples: {
    bad: {
      source: {
        encryption: { Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }] },
      },
    },
    good: {
      source: {
        encryption: { Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }] },
      },
      replicationRule: { SourceSelectionCriteria: { SseKmsEncryptedObjects: { Status: 'Enabled' } } },
    },
  },
});
