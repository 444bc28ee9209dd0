import { putEncryption } from './remedies/encryption.ts';
import { defaultEncryption } from './shared/encryption.ts';
import { defineRule, fail, notApplicable, pass, unknown } from '../src/rule.ts';

export default defineRule({
  id: 'bucket-key-lost-at-destination',
  title: 'Source has a Bucket Key, destination has not',
  severity: 'note',
  scope: 'route',
  why: "By AWS's examples a replica keeps the Bucket Key of its source's object, whatever the destination's setting. What is lost is the saving on objects that are written to the destination itself, as after a failover: each of those asks KMS for a key of its own. The other way round, whether a replica of an object without a Bucket Key gets one from its destination, the pages disagree, and this rule does not say. That the two ends should be alike is our judgement.",
  fix: 'Switch the Bucket Key on at the destination too, after letting the policies of its key take the ARN of the bucket as encryption context.',
  page: 'judgement',
  needs: { source: ['encryption'] },
  // Where the source has no Bucket Key, the destination need not be known.
  wants: { destination: ['encryption'] },
  evaluate({ source, destination }) {
    const ours = defaultEncryption(source.encryption);
    if (ours.algorithm !== 'aws:kms' || !ours.bucketKey) return notApplicable;
    if (!destination.encryption.known) return unknown(destination.encryption);
    const theirs = defaultEncryption(destination.encryption.value);
    if (theirs.algorithm !== 'aws:kms') return notApplicable;
    if (theirs.bucketKey) return pass;
    return fail({
      message: `Should '${destination.name}' take the place of '${source.name}', each object written there will cost KMS requests of its own: both encrypt with SSE-KMS, and only the source has its Bucket Key on.`,
      expected: 'true',
      actual: 'false',
      at: ['destination.encryption#/Rules/0/BucketKeyEnabled', 'source.encryption#/Rules/0/BucketKeyEnabled'],
    });
  },
  remedy: ({ destination }) =>
    destination.encryption.known
      ? {
          cli: putEncryption(destination.name, destination.encryption.value, (rule) => ({
            ...rule,
            BucketKeyEnabled: true,
          })),
          terraform: 'rule {\n  bucket_key_enabled = true\n}',
          cloudformation: 'ServerSideEncryptionConfiguration:\n  - BucketKeyEnabled: true',
        }
      : {},
  examples: {
    bad: {
      source: {
        encryption: {
          Rules: [
            { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' }, BucketKeyEnabled: true },
          ],
        },
      },
      destination: {
        encryption: {
          Rules: [
            { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' }, BucketKeyEnabled: false },
          ],
        },
      },
    },
    good: {
      source: {
        encryption: {
          Rules: [
            { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' }, BucketKeyEnabled: true },
          ],
        },
      },
      destination: {
        encryption: {
          Rules: [
            { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' }, BucketKeyEnabled: true },
          ],
        },
      },
    },
  },
});
