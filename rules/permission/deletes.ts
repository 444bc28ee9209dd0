/** What a replication rule carries to the destination. */
import { takesDeleteMarkers } from '../../src/filter.ts';
import type { ReplicationRule } from '../../src/rule.ts';

/** The right to write a delete marker. */
export const replicateDelete = 's3:ReplicateDelete';

/** The rights that it takes to write what the rule carries. */
export function replicating(rule: ReplicationRule): readonly string[] {
  const objects = 's3:ReplicateObject';
  return takesDeleteMarkers(rule) ? [objects, replicateDelete] : [objects];
}
