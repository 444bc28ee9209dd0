/** Whether a replication rule carries delete markers to the destination. */
import type { ReplicationRule } from '../../src/rule.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-add-config.html: the first version always does. */
export function replicatesDeleteMarkers({ Filter, DeleteMarkerReplication }: ReplicationRule): boolean {
  return Filter === undefined || DeleteMarkerReplication?.Status === 'Enabled';
}
