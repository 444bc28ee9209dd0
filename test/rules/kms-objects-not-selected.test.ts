import { describeRule } from './describe-rule.ts';
import rule from '../../rules/kms-objects-not-selected.ts';
import type { EncryptionConfiguration } from '../../src/model/aws.ts';

const by = (
  SSEAlgorithm: string,
  KMSMasterKeyID?: string,
): { readonly encryption: EncryptionConfiguration } => ({
  encryption: { Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm, KMSMasterKeyID } }] },
});

describeRule(rule, {
  pass: [
    {
      name: 'the replication rule opts in',
      source: by('aws:kms', 'alias/orders'),
      replicationRule: { SourceSelectionCriteria: { SseKmsEncryptedObjects: { Status: 'Enabled' } } },
    },
    {
      name: 'opting in takes DSSE-KMS too',
      source: by('aws:kms:dsse', 'alias/orders'),
      replicationRule: { SourceSelectionCriteria: { SseKmsEncryptedObjects: { Status: 'Enabled' } } },
    },
  ],
  fail: [
    {
      name: 'trap 6: skipped without the opt-in',
      actual: 'not configured',
      source: by('aws:kms', 'alias/orders'),
      message:
        "Objects of 'orders' that are encrypted with KMS will not reach 'orders-replica': aws:kms is the default encryption of the bucket, and the replication rule does not select such objects.",
    },
    {
      name: 'DSSE-KMS is skipped as well',
      source: by('aws:kms:dsse'),
      message: ['aws:kms:dsse is the default'],
    },
    {
      name: 'the opt-in is written down as Disabled',
      actual: 'Disabled',
      source: by('aws:kms', 'alias/orders'),
      replicationRule: { SourceSelectionCriteria: { SseKmsEncryptedObjects: { Status: 'Disabled' } } },
      message: ['does not select such objects'],
    },
    {
      name: 'trap 4: ReplicaModifications alone are no opt-in',
      source: by('aws:kms', 'alias/orders'),
      replicationRule: { SourceSelectionCriteria: { ReplicaModifications: { Status: 'Enabled' } } },
      message: ['does not select such objects'],
    },
    { name: 'trap 10: SSE-KMS without a key id is aws/s3', source: by('aws:kms'), message: ['aws:kms is'] },
  ],
  notApplicable: [
    { name: 'trap 17: SSE-S3 objects replicate by default', source: by('AES256') },
    {
      name: 'trap 7: of SSE-KMS objects under an SSE-S3 default the bucket says nothing',
      source: { encryption: null },
    },
  ],
  unknown: [{ name: 'the encryption is denied', denied: ['source.encryption'] }],
});
