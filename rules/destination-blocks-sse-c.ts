import { cloudformation, terraform } from './remedies/block.ts';
import { putEncryption } from './remedies/encryption.ts';
import { defaultEncryption } from './shared/encryption.ts';
import { defineRule, fail, pass, unknown } from '../src/rule.ts';

export default defineRule({
  id: 'destination-blocks-sse-c',
  title: 'Destination blocks SSE-C, source does not',
  severity: 'warning',
  scope: 'route',
  why: 'Objects under keys that customers provide (SSE-C) replicate like others, unless the destination blocks SSE-C: then S3 is refused with 403. Buckets made since April 2026 block it unless told otherwise, so an older source and a newer destination come to differ by themselves. A bucket does not say whether it holds SSE-C objects.',
  fix: 'Where nobody writes SSE-C objects, block SSE-C at the source too, so that they are refused at the door. Where somebody does, allow SSE-C at the destination and send the failed objects again with S3 Batch Replication.',
  page: 'AmazonS3/latest/userguide/blocking-unblocking-s3-c-encryption-gpb.html',
  needs: { source: ['encryption'] },
  // Where the source blocks SSE-C, the destination need not be known.
  wants: { destination: ['encryption'] },
  evaluate({ source, destination }) {
    if (defaultEncryption(source.encryption).blocksSseC) return pass;
    if (!destination.encryption.known) return unknown(destination.encryption);
    if (!defaultEncryption(destination.encryption.value).blocksSseC) return pass;
    return fail({
      message: `Objects of '${source.name}' under SSE-C will not reach '${destination.name}': the destination blocks SSE-C, and the source takes it.`,
      expected: 'SSE-C blocked at both ends, or at neither',
      actual: 'blocked at the destination only',
      at: ['destination.encryption#/Rules/0/BlockedEncryptionTypes', 'source.encryption'],
    });
  },
  remedy: ({ source }) => ({
    cli: putEncryption(source.name, source.encryption, (rule) => ({
      ...rule,
      BlockedEncryptionTypes: { EncryptionType: ['SSE-C'] },
    })),
    terraform: terraform({ rule: { blocked_encryption_types: ['SSE-C'] } }),
    cloudformation: cloudformation({
      ServerSideEncryptionConfiguration: [{ BlockedEncryptionTypes: { EncryptionType: ['SSE-C'] } }],
    }),
  }),
  examples: {
    bad: {
      destination: {
        encryption: {
          Rules: [
            {
              ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' },
              BlockedEncryptionTypes: { EncryptionType: ['SSE-C'] },
            },
          ],
        },
      },
    },
    good: {
      source: {
        encryption: {
          Rules: [
            {
              ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' },
              BlockedEncryptionTypes: { EncryptionType: ['SSE-C'] },
            },
          ],
        },
      },
      destination: {
        encryption: {
          Rules: [
            {
              ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' },
              BlockedEncryptionTypes: { EncryptionType: ['SSE-C'] },
            },
          ],
        },
      },
    },
  },
});
