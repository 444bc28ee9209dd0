import { expect, it } from 'vitest';
import { describeRule } from './describe-rule.ts';
import rule from '../../rules/destination-blocks-sse-c.ts';
import type { EncryptionConfiguration } from '../../src/model/aws.ts';
import { tryRule } from '../../src/tester.ts';

const blocking = (
  ...EncryptionType: readonly string[]
): { readonly encryption: EncryptionConfiguration } => ({
  encryption: {
    Rules: [
      {
        ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' },
        BlockedEncryptionTypes: { EncryptionType },
      },
    ],
  },
});

describeRule(rule, {
  pass: [
    { name: 'neither blocks anything' },
    { name: 'both block it', source: blocking('SSE-C'), destination: blocking('SSE-C') },
    { name: 'the destination says that it blocks none', destination: blocking('NONE') },
    {
      name: 'the source blocks it, and the destination is denied',
      source: blocking('SSE-C'),
      denied: ['destination.encryption'],
    },
  ],
  fail: [
    {
      name: 'trap 17: SSE-C objects replicate, but not into a bucket that blocks them',
      destination: blocking('SSE-C'),
      message:
        "Objects of 'orders' under SSE-C will not reach 'orders-replica': the destination blocks SSE-C, and the source takes it.",
    },
    {
      name: 'the source says that it blocks none',
      source: blocking('NONE'),
      destination: blocking('SSE-C'),
      message: ['the source takes it'],
    },
    {
      name: 'the source has no setting',
      source: { encryption: null },
      destination: blocking('SSE-C'),
      message: ['the source takes it'],
    },
  ],
  notApplicable: [
    { name: 'the destination does not exist', destination: { account: null, presence: { status: 404 } } },
  ],
  unknown: [
    { name: 'the source is denied', denied: ['source.encryption'] },
    { name: 'the destination is denied', denied: ['destination.encryption'] },
  ],
});

it.each([
  [null, '{"Rules":[{"BlockedEncryptionTypes":{"EncryptionType":["SSE-C"]}}]}'],
  [
    blocking('NONE').encryption,
    '{"Rules":[{"ApplyServerSideEncryptionByDefault":{"SSEAlgorithm":"AES256"},"BlockedEncryptionTypes":{"EncryptionType":["SSE-C"]}}]}',
  ],
])('blocks it at the source too, and keeps what else is set', (encryption, changed) => {
  const outcome = tryRule(rule, { source: { encryption }, destination: blocking('SSE-C') });
  expect('finding' in outcome ? outcome.finding.fix.cli : '').toBe(
    `aws s3api put-bucket-encryption --bucket orders --server-side-encryption-configuration '${changed}'`,
  );
});
