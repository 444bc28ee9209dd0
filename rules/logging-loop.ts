import { cloudformation, reference, resource } from './remedies/block.ts';
import { defaultEncryption } from './shared/encryption.ts';
import { defineRule, fail, notApplicable, pass, sh } from '../src/rule.ts';

export default defineRule({
  id: 'logging-loop',
  title: 'Access logs loop, or go where they cannot be delivered',
  severity: 'warning',
  scope: 'source',
  why: 'A bucket that logs into itself writes a log of each log, without end, and here each of them is replicated as well. A log target with Object Lock cannot take logs at all, and one whose default encryption is not SSE-S3 may get logs under a key that their reader cannot use.',
  fix: 'Log into another bucket of the same account and Region that has no Object Lock, encrypts with SSE-S3 and is no source of replication itself.',
  page: 'AmazonS3/latest/userguide/enable-server-access-logging.html',
  needs: { source: ['logging'] },
  evaluate({ source }) {
    if (source.logging === null) return notApplicable;
    const { TargetBucket, Target } = source.logging;
    const expected = 'another bucket, without Object Lock and with SSE-S3';
    const found = (message: string, actual: string) =>
      fail({ message, expected, actual, at: ['source.logging'] });
    if (Target === null) {
      return found(
        `'${source.name}' writes its access logs into itself: every log delivered is logged again and replicated again.`,
        'the bucket itself',
      );
    }
    if (Target.ObjectLock?.ObjectLockEnabled === 'Enabled') {
      return found(
        `Access logs of '${source.name}' cannot be delivered: their target '${TargetBucket}' has Object Lock.`,
        `'${TargetBucket}', with Object Lock`,
      );
    }
    const { algorithm } = defaultEncryption(Target.Encryption);
    if (algorithm === 'AES256') return pass;
    return found(
      `Access logs of '${source.name}' may be unreadable: the default encryption of their target '${TargetBucket}' is ${algorithm}, and log delivery supports SSE-S3 alone.`,
      `'${TargetBucket}', with ${algorithm}`,
    );
  },
  remedy: ({ source }) => ({
    cli: `${sh`aws s3api put-bucket-logging --bucket ${source.name} --bucket-logging-status`} "{\\"LoggingEnabled\\":{\\"TargetBucket\\":\\"$LOG_BUCKET\\",\\"TargetPrefix\\":\\"\\"}}"`,
    terraform: resource('aws_s3_bucket_logging', 'source', {
      bucket: source.name,
      target_bucket: reference('aws_s3_bucket.logs.id'),
      target_prefix: '',
    }),
    cloudformation: cloudformation({
      LoggingConfiguration: { DestinationBucketName: reference('!Ref Logs') },
    }),
  }),
  examples: {
    bad: { source: { logging: { TargetBucket: 'orders', TargetPrefix: 'logs/', Target: null } } },
    good: {
      source: {
        logging: {
          TargetBucket: 'access-logs',
          TargetPrefix: 'orders/',
          Target: { ObjectLock: null, Encryption: null },
        },
      },
    },
  },
});
