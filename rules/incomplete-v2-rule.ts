import { editReplication, nextPriority } from './remedies/replication.ts';
import { cloudformation, terraform } from './remedies/block.ts';
import { replicating } from './shared/example.ts';
import { defineRule, fail, notApplicable, pass } from '../src/rule.ts';

export default defineRule({
  id: 'incomplete-v2-rule',
  title: 'Rule with a Filter lacks what version 2 asks for',
  severity: 'error',
  scope: 'route',
  lint: true,
  why: 'A rule with a Filter must say its Priority and whether it replicates delete markers, even where it is the only one. S3 refuses the configuration otherwise.',
  fix: 'Add Priority and DeleteMarkerReplication to the rule.',
  page: 'AmazonS3/latest/API/API_PutBucketReplication.html',
  needs: {},
  evaluate({ source, route }) {
    const { Filter, Priority, DeleteMarkerReplication } = route.rule;
    if (Filter === undefined) return notApplicable;
    const missing = [
      ...(Priority === undefined ? ['Priority'] : []),
      ...(DeleteMarkerReplication?.Status === undefined ? ['DeleteMarkerReplication'] : []),
    ].join(' and ');
    if (missing === '') return pass;
    return fail({
      message: `A replication rule of '${source.name}' has a Filter and no ${missing}.`,
      expected: 'Priority and DeleteMarkerReplication',
      actual: `no ${missing}`,
      at: [`source.replication#/Rules/${route.index}`],
    });
  },
  remedy({ source, route: { rule, index }, routes }) {
    const priority = rule.Priority ?? nextPriority(routes);
    const status = rule.DeleteMarkerReplication?.Status ?? 'Disabled';
    return {
      // What the rule has already goes before.
      cli: editReplication(
        source.name,
        `.Rules[${index}] |= {Priority: ${priority}, DeleteMarkerReplication: {Status: "Disabled"}} + .`,
      ),
      terraform: terraform({ rule: { id: rule.ID, priority, delete_marker_replication: { status } } }),
      cloudformation: cloudformation({
        Rules: [{ Id: rule.ID, Priority: priority, DeleteMarkerReplication: { Status: status } }],
      }),
    };
  },
  examples: {
    bad: { source: replicating({ Priority: undefined }) },
    good: { source: replicating({ Priority: 1 }) },
  },
});
