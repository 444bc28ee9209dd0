import { putEncryption } from './remedies/encryption.ts';
import { defaultEncryption } from './shared/encryption.ts';
import { defineRule, fail, notApplicable, pass } from '../src/rule.ts';

export default defineRule({
  id: 'bucket-key-with-dsse',
  title: 'Bucket Key is on under DSSE-KMS, which knows none',
  severity: 'warning',
  scope: 'bucket',
  why: 'Bucket Keys are not supported for DSSE-KMS. Whoever switched this one on counts on a saving that does not come, and policies that were written for the context of a Bucket Key, the ARN of the bucket, do not fit the objects.',
  fix: 'Switch the Bucket Key off; or, where one layer of encryption is enough, encrypt with aws:kms, which Bucket Keys are made for.',
  page: 'AmazonS3/latest/userguide/bucket-key.html',
  needs: { bucket: ['encryption'] },
  evaluate({ bucket }) {
    const { algorithm, bucketKey } = defaultEncryption(bucket.encryption);
    if (algorithm !== 'aws:kms:dsse') return notApplicable;
    if (!bucketKey) return pass;
    return fail({
      message: `The Bucket Key of '${bucket.name}' saves nothing: the bucket encrypts with DSSE-KMS, for which there are no Bucket Keys.`,
      expected: 'false',
      actual: 'true',
      at: ['bucket.encryption#/Rules/0/BucketKeyEnabled'],
    });
  },
  remedy: ({ bucket }) => ({
    cli: putEncryption(bucket.name, bucket.encryption, (rule) => ({ ...rule, BucketKeyEnabled: false })),
    terraform: 'rule {\n  bucket_key_enabled = false\n}',
    cloudformation: 'ServerSideEncryptionConfiguration:\n  - BucketKeyEnabled: false',
  }),
  examples: {
    bad: {
      source: {
        encryption: {
          Rules: [
            { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms:dsse' }, BucketKeyEnabled: true },
          ],
        },
      },
    },
    good: {
      source: {
        encryption: {
          Rules: [
            { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms:dsse' }, BucketKeyEnabled: false },
          ],
        },
      },
    },
  },
});
