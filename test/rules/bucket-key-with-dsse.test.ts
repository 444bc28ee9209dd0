import { describeRule } from './describe-rule.ts';
import rule from '../../rules/bucket-key-with-dsse.ts';

const by = (SSEAlgorithm: string, BucketKeyEnabled?: boolean): object => ({
  source: {
    encryption: { Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm }, BucketKeyEnabled }] },
  },
});

describeRule(rule, {
  pass: [
    { name: 'DSSE-KMS with the Bucket Key off', ...by('aws:kms:dsse', false) },
    { name: 'DSSE-KMS without a word on Bucket Keys', ...by('aws:kms:dsse') },
  ],
  fail: [
    {
      name: 'DSSE-KMS with the Bucket Key on',
      ...by('aws:kms:dsse', true),
      message:
        "The Bucket Key of 'orders' saves nothing: the bucket encrypts with DSSE-KMS, for which there are no Bucket Keys.",
    },
  ],
  notApplicable: [
    { name: 'SSE-KMS with the Bucket Key on', ...by('aws:kms', true) },
    { name: 'trap 8: SSE-S3 with BucketKeyEnabled is harmless', ...by('AES256', true) },
    { name: 'no default encryption', source: { encryption: null } },
  ],
  unknown: [{ name: 'the encryption is denied', denied: ['bucket.encryption'] }],
});
