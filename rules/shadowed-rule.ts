import { editReplication } from './remedies/replication.ts';
import { replicating, toReplica } from './shared/example.ts';
import { beside, nameOf, shadows } from './shared/pair.ts';
import { defineRule, fail, notApplicable, pass } from '../src/rule.ts';

export default defineRule({
  id: 'shadowed-rule',
  title: 'Replication rule never applies',
  severity: 'warning',
  scope: 'route',
  why: 'Among the rules with one destination S3 follows the one with the highest priority, and the higher number is the higher priority. A rule of higher priority takes all that this one takes, so what this one says about storage class, key or owner holds for no object. Rules with different destinations all apply, whatever their priorities.',
  fix: 'Give the narrower rule the higher number, or delete it.',
  page: 'AmazonS3/latest/userguide/replication-add-config.html',
  needs: {},
  evaluate({ source, destination, route, routes }) {
    const others = beside(route, routes);
    if (others.length === 0) return notApplicable;
    const above = others.find((other) => shadows(other, route));
    if (above === undefined) return pass;
    return fail({
      message: `The replication rule '${nameOf(route)}' of '${source.name}' never applies: '${nameOf(above)}' has the higher priority and takes the same objects to '${destination.name}'.`,
      expected: `a higher number than ${String(above.rule.Priority)}, or no such rule`,
      actual: `Priority ${String(route.rule.Priority)}`,
      at: [`source.replication#/Rules/${route.index}`, `source.replication#/Rules/${above.index}`],
    });
  },
  remedy: ({ source, route, routes }) => {
    const priorities = routes.map(({ rule }) => rule.Priority ?? 0);
    const priority = Math.max(...priorities) + 1;
    return {
      cli: editReplication(source.name, `.Rules[${route.index}].Priority = ${priority}`),
      terraform: `rule {\n  priority = ${priority}\n}`,
      cloudformation: `Rules:\n  - Priority: ${priority}`,
    };
  },
  examples: {
    bad: {
      source: replicating(
        {
          ID: 'invoices',
          Filter: { Prefix: 'invoices/' },
          Destination: toReplica({ StorageClass: 'STANDARD_IA' }),
        },
        { ID: 'everything' },
      ),
    },
    good: {
      source: replicating(
        { ID: 'everything' },
        {
          ID: 'invoices',
          Filter: { Prefix: 'invoices/' },
          Destination: toReplica({ StorageClass: 'STANDARD_IA' }),
        },
      ),
    },
  },
});
