/** Readers of a bucket's logging, and of what its target must not have. */
import {
  GetBucketEncryptionCommand,
  GetBucketLoggingCommand,
  GetObjectLockConfigurationCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { required } from './answer.ts';
import { failureOf } from './failure.ts';
import { tellings } from '../facts.ts';
import type { EncryptionConfiguration, Logging, LogTarget, ObjectLockConfiguration } from '../model/aws.ts';

export async function encryption(s3: S3Client, Bucket: string): Promise<EncryptionConfiguration> {
  const answer = await s3.send(new GetBucketEncryptionCommand({ Bucket }));
  const configuration = required(
    answer.ServerSideEncryptionConfiguration,
    'ServerSideEncryptionConfiguration',
  );
  return { Rules: required(configuration.Rules, 'Rules') };
}

export async function objectLock(s3: S3Client, Bucket: string): Promise<ObjectLockConfiguration> {
  const answer = await s3.send(new GetObjectLockConfigurationCommand({ Bucket }));
  return required(answer.ObjectLockConfiguration, 'ObjectLockConfiguration');
}

/** A target is in its source's account and Region, so the same client reads it. */
export async function logging(s3: S3Client, Bucket: string): Promise<Logging | null> {
  const { LoggingEnabled } = await s3.send(new GetBucketLoggingCommand({ Bucket }));
  if (LoggingEnabled === undefined) return null;
  const TargetBucket = required(LoggingEnabled.TargetBucket, 'TargetBucket');
  return {
    TargetBucket,
    TargetPrefix: LoggingEnabled.TargetPrefix ?? '',
    Target: TargetBucket === Bucket ? null : await targetOf(s3, TargetBucket),
  };
}

/** Many buckets log into one: it is read once a client. */
const targets = new WeakMap<S3Client, Map<string, Promise<LogTarget>>>();

function targetOf(s3: S3Client, bucket: string): Promise<LogTarget> {
  const known = targets.get(s3) ?? new Map<string, Promise<LogTarget>>();
  targets.set(s3, known);
  const before = known.get(bucket);
  if (before) return before;
  const asked = readTarget(s3, bucket);
  known.set(bucket, asked);
  // What failed may be asked again.
  asked.catch(() => known.delete(bucket));
  return asked;
}

async function readTarget(s3: S3Client, bucket: string): Promise<LogTarget> {
  const { objectLock: lock, encryption: crypt } = tellings.bucket;
  const [ObjectLock, Encryption] = await Promise.all([
    orAbsent(objectLock(s3, bucket), lock.absent),
    orAbsent(encryption(s3, bucket), crypt.absent),
  ]);
  return { ObjectLock, Encryption };
}

async function orAbsent<T>(answer: Promise<T>, absent: string): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (failureOf(error).name === absent) return null;
    throw error;
  }
}
