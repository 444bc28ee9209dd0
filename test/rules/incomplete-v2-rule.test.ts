import { describeRule } from './describe-rule.ts';
import rule from '../../rules/incomplete-v2-rule.ts';
import { replicating } from '../../rules/shared/example.ts';

describeRule(rule, {
  pass: [
    { name: 'both are there' },
    { name: 'the priority may be 0', replicationRule: { Priority: 0 } },
    {
      name: 'delete markers may go along',
      replicationRule: { DeleteMarkerReplication: { Status: 'Enabled' } },
    },
  ],
  fail: [
    {
      name: 'no priority',
      source: replicating({ Priority: undefined }),
      actual: 'no Priority',
      message: "A replication rule of 'orders' has a Filter and no Priority.",
    },
    {
      name: 'no word of delete markers',
      source: replicating({ Filter: { Prefix: 'a/' }, DeleteMarkerReplication: undefined }),
      message: ['no DeleteMarkerReplication'],
    },
    {
      name: 'trap 1: an empty Filter is one',
      source: replicating({ Priority: undefined, DeleteMarkerReplication: {} }),
      message: ['no Priority and DeleteMarkerReplication'],
    },
  ],
  notApplicable: [
    {
      name: 'trap 1: version 1 has neither',
      source: replicating({ Filter: undefined, Priority: undefined, DeleteMarkerReplication: undefined }),
    },
  ],
  unknown: [{ name: 'the replication configuration is denied', denied: ['source.replication'] }],
});
