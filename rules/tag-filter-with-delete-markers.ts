import { editReplication } from './remedies/replication.ts';
import { cloudformation, terraform } from './remedies/block.ts';
import { replicating } from './shared/example.ts';
import { filterSet } from '../src/filter.ts';
import { defineRule, fail, notApplicable, pass } from '../src/rule.ts';

export default defineRule({
  id: 'tag-filter-with-delete-markers',
  title: 'Rule with tags asks for delete markers',
  severity: 'error',
  scope: 'route',
  lint: true,
  why: 'A delete marker has no tags, so that a rule which filters by tags cannot tell which ones are its own. S3 refuses a configuration in which such a rule asks for them.',
  fix: 'Set DeleteMarkerReplication to Disabled, or filter by prefix alone.',
  page: 'AmazonS3/latest/API/API_ReplicationRule.html',
  needs: {},
  evaluate({ source, route }) {
    if (filterSet(route.rule).tags.length === 0) return notApplicable;
    const status = route.rule.DeleteMarkerReplication?.Status;
    if (status !== 'Enabled') return pass;
    return fail({
      message: `A replication rule of '${source.name}' filters by tags and asks for delete markers, which have none.`,
      expected: 'Disabled',
      actual: status,
      at: [`source.replication#/Rules/${route.index}/DeleteMarkerReplication/Status`],
    });
  },
  remedy: ({ source, route }) => ({
    cli: editReplication(source.name, `.Rules[${route.index}].DeleteMarkerReplication.Status = "Disabled"`),
    terraform: terraform({ delete_marker_replication: { status: 'Disabled' } }),
    cloudformation: cloudformation({ DeleteMarkerReplication: { Status: 'Disabled' } }),
  }),
  examples: {
    bad: {
      source: replicating({
        Filter: { Tag: { Key: 'replicate', Value: 'yes' } },
        DeleteMarkerReplication: { Status: 'Enabled' },
      }),
    },
    good: { source: replicating({ Filter: { Tag: { Key: 'replicate', Value: 'yes' } } }) },
  },
});
