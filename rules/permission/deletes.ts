/** What a replication rule carries to the destination. */
import type { ReplicationRule } from '../../src/rule.ts';

/** Whether it carries delete markers. https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-add-config.html: the first version always does. */
export function replicatesDeleteMarkers({ Filter, DeleteMarkerReplication }: ReplicationRule): boolean {
  return Filter === undefined || DeleteMarkerReplication?.Status === 'Enabled';
}

/** The right to write a delete marker. */
export const replicateDelete = 's3:ReplicateDelete';

/** The rights that it takes to write what the rule carries. */
export function replicating(rule: ReplicationRule): readonly string[] {
  const objects = 's3:ReplicateObject';
  return replicatesDeleteMarkers(rule) ? [objects, replicateDelete] : [objects];
}
