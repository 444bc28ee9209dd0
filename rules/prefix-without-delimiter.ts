import { setPrefix } from './remedies/filter.ts';
import { filterSet } from '../src/filter.ts';
import { defineRule, fail, notApplicable, pass } from '../src/rule.ts';

export default defineRule({
  id: 'prefix-without-delimiter',
  title: 'Prefix goes on into other names',
  severity: 'note',
  scope: 'route',
  // A date or the beginning of a name is often meant (`2026`, `img`), and what is taken besides is replicated, not lost.
  recommended: false,
  why: "A prefix is compared letter by letter and knows no folders: 'Tax' takes 'Taxes/2026.csv' too. What was not meant is replicated, paid for, and kept where it may not belong.",
  fix: "End the prefix with the delimiter, which mostly is '/'.",
  page: 'AmazonS3/latest/userguide/replication-add-config.html',
  needs: {},
  evaluate({ source, destination, route }) {
    const { prefix } = filterSet(route.rule);
    if (prefix === '') return notApplicable;
    // Keys have no delimiter of their own: what is neither a letter nor a digit may be one.
    if (!/[\p{L}\p{N}]$/u.test(prefix)) return pass;
    return fail({
      message: `More of '${source.name}' than was meant may go to '${destination.name}': the replication rule takes every key that begins with '${prefix}', '${prefix}es/' among them.`,
      expected: `${prefix}/`,
      actual: prefix,
      at: [`source.replication#/Rules/${route.index}`],
    });
  },
  remedy: ({ route }) => setPrefix(route, `${filterSet(route.rule).prefix}/`),
  examples: {
    bad: { replicationRule: { Filter: { Prefix: 'Tax' } } },
    good: { replicationRule: { Filter: { Prefix: 'Tax/' } } },
  },
});
