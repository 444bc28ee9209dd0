/** What a replication rule carries to the destination. */
import type { ReplicationRule } from '../../src/rule.ts';

/** Whether it carries delete markers. https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-add-config.html: the first version always does. */
export function replicatesDeleteMarkers({ Filter, DeleteMarkerReplication }: ReplicationRule): boolean {
  return Filter === undefined || DeleteMarkerReplication?.Status === 'Enabled';
}

/** The rights that it takes to write what the rule carries. */
export function replicating(rule: ReplicationRule): readonly string[] {
  return replicatesDeleteMarkers(rule)
    ? ['s3:ReplicateObject', 's3:ReplicateDelete']
    : ['s3:ReplicateObject'];
}
