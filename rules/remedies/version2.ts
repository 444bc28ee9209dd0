/** What to type to write replication rules of version 1 as such of version 2, which differ in more than the Filter. */
import { editReplication } from './replication.ts';
import { cloudformation, terraform } from './block.ts';
import type { Remedy } from '../../src/rule.ts';

/** Rules of version 1 replicate delete markers, and have no priorities; rules of version 2 keep what they say. */
const program =
  '([.Rules[].Priority // 0] | max) as $highest | .Rules |= (to_entries | map(if .value.Filter then .value else .value + {Filter: {Prefix: (.value.Prefix // "")}, Priority: ($highest + .key + 1), DeleteMarkerReplication: {Status: "Enabled"}} | del(.Prefix) end))';

/** Gives each rule that has no Filter what version 2 asks for. */
export function toVersion2(bucket: string): Remedy {
  return {
    cli: editReplication(bucket, program),
    terraform: terraform({
      rule: { priority: 1, filter: {}, delete_marker_replication: { status: 'Disabled' } },
    }),
    cloudformation: cloudformation({
      Rules: [{ Priority: 1, Filter: { Prefix: '' }, DeleteMarkerReplication: { Status: 'Disabled' } }],
    }),
  };
}
