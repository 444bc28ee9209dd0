import { describeRule } from './describe-rule.ts';
import rule from '../../rules/destination-kms-default-ignored.ts';
import type { EncryptionConfiguration } from '../../src/model/aws.ts';

const by = (SSEAlgorithm: string): { readonly encryption: EncryptionConfiguration } => ({
  encryption: { Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm } }] },
});

describeRule(rule, {
  pass: [
    { name: 'both encrypt with SSE-S3' },
    { name: 'the destination has no setting', destination: { encryption: null } },
  ],
  fail: [
    {
      name: 'trap 5: the default of the destination is for unencrypted objects',
      destination: by('aws:kms'),
      message:
        "Replicas of 'orders' in 'orders-replica' are not encrypted with KMS: the source encrypts with SSE-S3, its replicas stay so, and the destination's aws:kms is not used for them.",
    },
    { name: 'DSSE-KMS is not used either', destination: by('aws:kms:dsse'), message: ['aws:kms:dsse'] },
    {
      name: 'without a setting the source encrypts with SSE-S3',
      source: { encryption: null },
      destination: by('aws:kms'),
      actual: 'AES256',
      message: ['encrypts with SSE-S3'],
    },
  ],
  notApplicable: [
    { name: 'the source encrypts with KMS', source: by('aws:kms'), destination: by('aws:kms') },
    {
      name: 'the source encrypts with KMS, and the destination is denied',
      source: by('aws:kms:dsse'),
      denied: ['destination.encryption'],
    },
    { name: 'the destination does not exist', destination: { account: null, presence: { status: 404 } } },
  ],
  unknown: [
    { name: 'the source is denied', denied: ['source.encryption'] },
    { name: 'the destination is denied', denied: ['destination.encryption'] },
  ],
});
