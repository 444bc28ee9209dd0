import { describeRule } from './describe-rule.ts';
import { replicating } from '../../rules/shared/example.ts';
import rule from '../../rules/tag-filter-with-delete-markers.ts';

const tag = { Key: 'replicate', Value: 'yes' };
const markers = { DeleteMarkerReplication: { Status: 'Enabled' } };

describeRule(rule, {
  pass: [
    { name: 'a tag without delete markers', replicationRule: { Filter: { Tag: tag } } },
    {
      name: 'nothing is said of delete markers: incomplete-v2-rule says so',
      source: replicating({ Filter: { Tag: tag }, DeleteMarkerReplication: undefined }),
    },
  ],
  fail: [
    {
      name: 'a tag',
      replicationRule: { Filter: { Tag: tag }, ...markers },
      actual: 'Enabled',
      message: "A replication rule of 'orders' filters by tags and asks for delete markers, which have none.",
    },
    {
      name: 'a tag and a prefix',
      replicationRule: { Filter: { And: { Prefix: 'a/', Tags: [tag] } }, ...markers },
      message: ['filters by tags'],
    },
  ],
  notApplicable: [
    { name: 'no tags', replicationRule: { Filter: { Prefix: 'a/' }, ...markers } },
    { name: 'an And without tags', replicationRule: { Filter: { And: { Prefix: 'a/' } }, ...markers } },
  ],
  unknown: [{ name: 'the replication configuration is denied', denied: ['source.replication'] }],
});
