/** What rules about replication metrics share. */
import type { ReplicationRule } from '../../src/rule.ts';

/** Whether S3 publishes metrics of the route; where not, `replication-metrics-off` says so. */
export function isMeasured({ Destination }: ReplicationRule): boolean {
  return Destination.Metrics?.Status === 'Enabled';
}

/** A number as a person reads it. */
export function count(number: number): string {
  return number.toLocaleString('en-US');
}

/** ISO 8601 to the minute, which is as exact as a metric is. */
export function minute(time: string): string {
  return `${time.slice(0, 16)}Z`;
}
