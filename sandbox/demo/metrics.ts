/** What CloudWatch was told of routes: S3 would publish it, and the sandbox has nobody else to do so. */
import { PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import type { Clients } from './clients.ts';
import type { Directory } from './directory.ts';
import type { DemoBucket, DemoRoute } from './layout/bucket.ts';

const hour = 3_600_000;

/** Puts what the layout says of a bucket's routes, in the account of the source. */
export async function measure(clients: Clients, directory: Directory, bucket: DemoBucket): Promise<void> {
  for (const route of bucket.routes ?? []) {
    const { failedOperations, latency } = route.measured ?? {};
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/repl-metrics.html: failures in the source's Region, the rest in the destination's.
    const there = directory.bucket(route.to).region;
    await put(clients, bucket, route, bucket.region, 'OperationsFailedReplication', failedOperations);
    await put(clients, bucket, route, there, 'ReplicationLatency', latency);
  }
}

async function put(
  clients: Clients,
  { name, account }: DemoBucket,
  { to, id = `to-${to}` }: DemoRoute,
  region: string,
  MetricName: string,
  Value: number | undefined,
): Promise<void> {
  if (Value === undefined) return;
  const Dimensions = [
    { Name: 'SourceBucket', Value: name },
    { Name: 'DestinationBucket', Value: to },
    { Name: 'RuleId', Value: id },
  ];
  // Whenever the scan is, this is of its last day.
  const Timestamp = new Date(Date.now() - 2 * hour);
  const MetricData = [{ MetricName, Dimensions, Timestamp, Value }];
  const command = new PutMetricDataCommand({ Namespace: 'AWS/S3', MetricData });
  await clients.cloudWatch(account, region).send(command);
}
