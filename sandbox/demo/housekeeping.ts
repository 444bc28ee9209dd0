/** What a bucket has besides: lifecycle, who is told of failed replication, access logs, an inventory. */
import {
  PutBucketInventoryConfigurationCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketLoggingCommand,
  PutBucketNotificationConfigurationCommand,
  type LifecycleRule,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { Clients } from './clients.ts';
import type { DemoBucket, DemoLifecycle } from './layout/bucket.ts';

/** Configures what the layout asks for, and a topic for failed replication wherever it does not say otherwise. */
export async function keepHouse(clients: Clients, bucket: DemoBucket): Promise<void> {
  const s3 = clients.s3(bucket);
  const { name: Bucket, lifecycle, logsInto, inventoryInto } = bucket;
  if (lifecycle !== undefined) {
    const LifecycleConfiguration = { Rules: [lifecycleRule(lifecycle)] };
    await s3.send(new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration }));
  }
  await notify(s3, bucket, clients.idOf(bucket.account));
  if (logsInto !== undefined) {
    const LoggingEnabled = { TargetBucket: logsInto, TargetPrefix: `${Bucket}/` };
    await s3.send(new PutBucketLoggingCommand({ Bucket, BucketLoggingStatus: { LoggingEnabled } }));
  }
  if (inventoryInto !== undefined) await s3.send(inventory(Bucket, inventoryInto));
}

function lifecycleRule({ expire, archive, expireNoncurrent }: DemoLifecycle): LifecycleRule {
  return {
    ID: 'tidy',
    Status: 'Enabled',
    Filter: { Prefix: '' },
    ...(expire === undefined ? {} : { Expiration: { Days: expire } }),
    ...(archive === undefined ? {} : { Transitions: [{ Days: archive, StorageClass: 'DEEP_ARCHIVE' }] }),
    ...(expireNoncurrent === undefined
      ? {}
      : { NoncurrentVersionExpiration: { NoncurrentDays: expireNoncurrent } }),
  };
}

/** Every source tells the topic of its account and Region. */
async function notify(
  s3: S3Client,
  { name: Bucket, region, routes = [], failureEvents }: DemoBucket,
  account: string,
): Promise<void> {
  if (routes.length === 0 || failureEvents === 'nobody') return;
  const topic = {
    TopicArn: `arn:aws:sns:${region}:${account}:replication-failures`,
    Events: ['s3:Replication:OperationFailedReplication' as const],
    ...(failureEvents === undefined
      ? {}
      : { Filter: { Key: { FilterRules: [{ Name: 'prefix' as const, Value: failureEvents.prefix }] } } }),
  };
  const NotificationConfiguration = { TopicConfigurations: [topic] };
  await s3.send(new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration }));
}

function inventory(Bucket: string, into: string): PutBucketInventoryConfigurationCommand {
  const Id = 'replication-status';
  return new PutBucketInventoryConfigurationCommand({
    Bucket,
    Id,
    InventoryConfiguration: {
      Id,
      IsEnabled: true,
      IncludedObjectVersions: 'All',
      OptionalFields: ['ReplicationStatus'],
      Schedule: { Frequency: 'Weekly' },
      Destination: { S3BucketDestination: { Bucket: `arn:aws:s3:::${into}`, Format: 'Parquet' } },
    },
  });
}
