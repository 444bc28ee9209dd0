import { expect, it } from 'vitest';
import { describeRule } from './describe-rule.ts';
import rule from '../../rules/bucket-key-lost-at-destination.ts';
import type { EncryptionConfiguration } from '../../src/model/aws.ts';
import { tryRule } from '../../src/tester.ts';

const by = (
  SSEAlgorithm: string,
  BucketKeyEnabled: boolean,
): { readonly encryption: EncryptionConfiguration } => ({
  encryption: { Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm }, BucketKeyEnabled }] },
});

describeRule(rule, {
  pass: [{ name: 'both have it on', source: by('aws:kms', true), destination: by('aws:kms', true) }],
  fail: [
    {
      name: 'the destination has it off',
      source: by('aws:kms', true),
      destination: by('aws:kms', false),
      message:
        "Should 'orders-replica' take the place of 'orders', each object written there will cost KMS requests of its own: both encrypt with SSE-KMS, and only the source has its Bucket Key on.",
    },
  ],
  notApplicable: [
    {
      name: 'trap 11: whether replicas gain a Bucket Key at the destination is not said',
      source: by('aws:kms', false),
      destination: by('aws:kms', true),
    },
    {
      name: 'trap 8: a Bucket Key under SSE-S3 means nothing',
      source: by('AES256', true),
      destination: by('aws:kms', false),
    },
    { name: 'the destination has SSE-S3', source: by('aws:kms', true), destination: by('AES256', false) },
    {
      name: 'the destination has DSSE-KMS, which knows none',
      source: by('aws:kms', true),
      destination: by('aws:kms:dsse', false),
    },
    { name: 'the source has none, and the destination is denied', denied: ['destination.encryption'] },
    {
      name: 'the destination does not exist',
      source: by('aws:kms', true),
      destination: { account: null, presence: { status: 404 } },
    },
  ],
  unknown: [
    { name: 'the source is denied', denied: ['source.encryption'] },
    { name: 'the destination is denied', source: by('aws:kms', true), denied: ['destination.encryption'] },
  ],
});

it('changes the destination, and keeps its algorithm', () => {
  const outcome = tryRule(rule, { source: by('aws:kms', true), destination: by('aws:kms', false) });
  expect('finding' in outcome ? outcome.finding.fix.cli : '').toBe(
    `aws s3api put-bucket-encryption --bucket orders-replica --server-side-encryption-configuration '{"Rules":[{"ApplyServerSideEncryptionByDefault":{"SSEAlgorithm":"aws:kms"},"BucketKeyEnabled":true}]}'`,
  );
});
