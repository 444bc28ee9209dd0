import { editReplication } from './remedies/replication.ts';
import { replicating } from './shared/example.ts';
import { beside, goesBefore, isDuplicate, nameOf } from './shared/pair.ts';
import { defineRule, fail, notApplicable, pass } from '../src/rule.ts';

export default defineRule({
  id: 'duplicate-rule',
  title: 'Replication rule is there twice',
  severity: 'note',
  scope: 'route',
  why: 'Another enabled rule takes the same objects to the same destination in the same way. S3 follows one of the two, so nothing is wrong with the replicas; but whoever disables or changes one of them will wonder why nothing happens.',
  fix: 'Delete one of the two.',
  page: 'AmazonS3/latest/userguide/replication-add-config.html',
  needs: {},
  evaluate({ source, destination, route, routes }) {
    const others = beside(route, routes);
    if (others.length === 0) return notApplicable;
    const first = others.find((other) => isDuplicate(other, route) && goesBefore(other, route));
    if (first === undefined) return pass;
    return fail({
      message: `The replication rules '${nameOf(first)}' and '${nameOf(route)}' of '${source.name}' are the same: they take the same objects to '${destination.name}' in the same way.`,
      expected: 'one of the two',
      actual: `'${nameOf(first)}' and '${nameOf(route)}'`,
      at: [`source.replication#/Rules/${route.index}`, `source.replication#/Rules/${first.index}`],
    });
  },
  remedy: ({ source, route }) => ({
    cli: editReplication(source.name, `del(.Rules[${route.index}])`),
    untyped: 'take the block of the rule out.',
  }),
  examples: {
    bad: { source: replicating({ ID: 'everything' }, { ID: 'everything-again' }) },
    good: {
      source: replicating({ ID: 'invoices', Filter: { Prefix: 'invoices/' } }, { ID: 'everything-else' }),
    },
  },
});
