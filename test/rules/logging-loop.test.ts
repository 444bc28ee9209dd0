import { describeRule } from './describe-rule.ts';
import rule from '../../rules/logging-loop.ts';
import type { EncryptionConfiguration, LogTarget } from '../../src/model/aws.ts';

const encrypted = (SSEAlgorithm: string): EncryptionConfiguration => ({
  Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm } }],
});
const into = (target: Partial<LogTarget>): object => ({
  logging: {
    TargetBucket: 'access-logs',
    TargetPrefix: '',
    Target: { ObjectLock: null, Encryption: encrypted('AES256'), ...target },
  },
});

describeRule(rule, {
  pass: [
    { name: 'another bucket, unlocked and under SSE-S3', source: into({}) },
    { name: 'another bucket without an encryption of its own: SSE-S3', source: into({ Encryption: null }) },
  ],
  fail: [
    {
      name: 'the bucket logs into itself',
      source: { logging: { TargetBucket: 'orders', TargetPrefix: 'logs/', Target: null } },
      message:
        "'orders' writes its access logs into itself: every log delivered is logged again and replicated again.",
      actual: 'the bucket itself',
    },
    {
      name: 'the target is locked',
      source: into({ ObjectLock: { ObjectLockEnabled: 'Enabled' } }),
      message: ["their target 'access-logs' has Object Lock"],
    },
    {
      name: 'the target encrypts with KMS',
      source: into({ Encryption: encrypted('aws:kms') }),
      message: ["the default encryption of their target 'access-logs' is aws:kms"],
    },
  ],
  notApplicable: [{ name: 'the bucket has no access logs' }],
  unknown: [{ name: 'the logging is denied', denied: ['source.logging'] }],
});
