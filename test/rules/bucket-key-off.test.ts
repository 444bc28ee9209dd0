import { expect, it } from 'vitest';
import { describeRule } from './describe-rule.ts';
import rule from '../../rules/bucket-key-off.ts';
import type { EncryptionConfiguration } from '../../src/model/aws.ts';
import { tryRule } from '../../src/tester.ts';

const by = (
  SSEAlgorithm: string,
  BucketKeyEnabled?: boolean,
  KMSMasterKeyID?: string,
): { readonly encryption: EncryptionConfiguration } => ({
  encryption: {
    Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm, KMSMasterKeyID }, BucketKeyEnabled }],
  },
});

describeRule(rule, {
  pass: [{ name: 'aws:kms with the Bucket Key on', source: by('aws:kms', true) }],
  fail: [
    {
      name: 'aws:kms with the Bucket Key off',
      actual: 'false',
      source: by('aws:kms', false, 'alias/orders'),
      message:
        "Each new object of 'orders' costs KMS requests of its own: the bucket encrypts with SSE-KMS under 'alias/orders' and its Bucket Key is off.",
    },
    {
      name: 'BucketKeyEnabled is not in the answer',
      actual: 'not configured',
      source: by('aws:kms', undefined, 'alias/orders'),
      message: ['Bucket Key is off'],
    },
    {
      name: 'trap 10: no KMSMasterKeyID is the AWS managed key aws/s3, and counts',
      source: by('aws:kms', false),
      message: ["under 'aws/s3'"],
    },
    {
      name: 'a bucket without replication is judged too',
      source: { ...by('aws:kms', false), replication: null },
      message: ["'orders'"],
    },
  ],
  notApplicable: [
    { name: 'SSE-S3 without a Bucket Key', source: by('AES256', false) },
    { name: 'trap 8: SSE-S3 with BucketKeyEnabled is harmless', source: by('AES256', true) },
    { name: 'DSSE-KMS knows no Bucket Keys', source: by('aws:kms:dsse', false) },
    { name: 'no default encryption', source: { encryption: null } },
  ],
  unknown: [{ name: 'the encryption is denied', denied: ['bucket.encryption'] }],
});

it('keeps what else the encryption configuration says, since the call replaces it', () => {
  const outcome = tryRule(rule, {
    source: {
      encryption: {
        Rules: [
          {
            ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'alias/orders' },
            BucketKeyEnabled: false,
            BlockedEncryptionTypes: { EncryptionType: ['SSE-C'] },
          },
        ],
      },
    },
  });
  expect('finding' in outcome ? outcome.finding.fix.cli : '').toBe(
    `aws s3api put-bucket-encryption --bucket orders --server-side-encryption-configuration '{"Rules":[{"ApplyServerSideEncryptionByDefault":{"SSEAlgorithm":"aws:kms","KMSMasterKeyID":"alias/orders"},"BucketKeyEnabled":true,"BlockedEncryptionTypes":{"EncryptionType":["SSE-C"]}}]}'`,
  );
});
