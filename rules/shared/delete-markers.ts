/** Whether a route carries delete markers. */
import type { ReplicationRule } from '../../src/rule.ts';

/** V1, which has no Filter, replicates the delete markers of users always. */
export function replicatesDeleteMarkers({ Filter, DeleteMarkerReplication }: ReplicationRule): boolean {
  return Filter === undefined || DeleteMarkerReplication?.Status === 'Enabled';
}
