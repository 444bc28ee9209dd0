import { replicating, toReplica } from './shared/example.ts';
import { beside, conflicts, differences, goesBefore, nameOf, outranks } from './shared/pair.ts';
import { defineRule, fail, notApplicable, pass } from '../src/rule.ts';

export default defineRule({
  id: 'conflicting-overlap',
  title: 'Replication rules overlap and disagree',
  severity: 'warning',
  scope: 'route',
  why: 'Both rules take some of the same objects to the same destination, and each wants something else done with them. S3 replicates such an object once, as the rule with the higher priority says (the higher number); for a part of its objects this rule does not get what it asks for. An exception that takes a part of what another rule takes, and has the higher priority, is not meant here, nor is a rule that another leaves nothing: that is shadowed-rule.',
  fix: 'Make the filters disjoint; or have the rules agree; or let the higher priority go to a rule that takes nothing but objects of the other.',
  page: 'AmazonS3/latest/userguide/replication-add-config.html',
  needs: {},
  evaluate({ source, destination, route, routes }) {
    const others = beside(route, routes);
    if (others.length === 0) return notApplicable;
    const above = others.find((other) => goesBefore(other, route) && conflicts(other, route));
    if (above === undefined) return pass;
    const decided = outranks(above, route)
      ? `are replicated as '${nameOf(above)}' says, which has the higher priority`
      : 'are replicated as one of the two says, and no priority decides which';
    const differ = differences(above.rule, route.rule).join(', ');
    return fail({
      message: `Objects of '${source.name}' that '${nameOf(route)}' and '${nameOf(above)}' both take to '${destination.name}' ${decided}: the two differ in ${differ}.`,
      expected: 'disjoint filters, or the same options',
      actual: `overlapping filters, and different: ${differ}`,
      at: [`source.replication#/Rules/${route.index}`, `source.replication#/Rules/${above.index}`],
    });
  },
  remedy: () => ({
    untyped: 'which of the two rules is meant for the objects that both take only their owner knows.',
  }),
  examples: {
    bad: {
      source: replicating(
        { ID: 'invoices', Filter: { Prefix: 'invoices/' } },
        {
          ID: 'archive',
          Filter: { Tag: { Key: 'archive', Value: 'yes' } },
          Destination: toReplica({ StorageClass: 'STANDARD_IA' }),
        },
      ),
    },
    good: {
      source: replicating(
        { ID: 'invoices', Filter: { Prefix: 'invoices/' } },
        {
          ID: 'archived-invoices',
          Filter: { And: { Prefix: 'invoices/', Tags: [{ Key: 'archive', Value: 'yes' }] } },
          Destination: toReplica({ StorageClass: 'STANDARD_IA' }),
        },
      ),
    },
  },
});
