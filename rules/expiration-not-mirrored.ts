import { addLifecycleRule, lifecycleRule } from './remedies/lifecycle.ts';
import { enabledRules, due, expires, lifecycleName } from './shared/lifecycle.ts';
import { filterSet, overlaps, type FilterSet } from '../src/filter.ts';
import type { LifecycleConfiguration, LifecycleRule } from '../src/model/aws.ts';
import { defineRule, fail, notApplicable, pass, unknown } from '../src/rule.ts';

export default defineRule({
  id: 'expiration-not-mirrored',
  title: 'Objects expire at the source only',
  severity: 'note',
  scope: 'route',
  why: 'What lifecycle does is not replicated, and neither are the delete markers that it makes, even where delete markers replicate. Objects that expire at the source stay at the destination for good, are paid for there, and outlive whatever retention limit the expiration was meant to keep.',
  fix: 'Give the destination an Expiration of its own for the same objects, with NoncurrentVersionExpiration so that the versions go too. Where the replicas are meant to stay longer, say so with a longer Expiration or switch this rule off for the bucket.',
  page: 'AmazonS3/latest/userguide/delete-marker-replication.html',
  needs: { source: ['lifecycle'] },
  // Where nothing expires at the source, the destination need not be known.
  wants: { destination: ['lifecycle'] },
  evaluate({ source, destination, route }) {
    const taken = filterSet(route.rule);
    if (!enabledRules(source.lifecycle, taken).some(expires)) return notApplicable;
    if (!destination.lifecycle.known) return unknown(destination.lifecycle);
    const [alone] = unmirrored(source.lifecycle, destination.lifecycle.value, taken);
    if (alone === undefined) return pass;
    return fail({
      message: `Objects of '${source.name}' expire ${due(alone.Expiration ?? {})} by ${lifecycleName(alone)}, and their replicas in '${destination.name}' do not: delete markers that lifecycle makes are not replicated, and nothing expires these objects there.`,
      expected: 'an Expiration at the destination too',
      actual: 'none for these objects',
      at: ['source.lifecycle', 'destination.lifecycle'],
    });
  },
  remedy({ source, destination: { name, lifecycle }, route }) {
    const there = lifecycle.known ? lifecycle.value : null;
    const [alone] = unmirrored(source.lifecycle, there, filterSet(route.rule));
    if (alone === undefined) return {};
    const { Prefix, Filter, Expiration } = alone;
    const rule = { ID: 'expire-replicas', Status: 'Enabled', Filter: Filter ?? { Prefix }, Expiration };
    return { cli: addLifecycleRule(name, there, rule), ...lifecycleRule(rule) };
  },
  examples: {
    bad: {
      source: { lifecycle: { Rules: [{ ID: 'a year', Status: 'Enabled', Expiration: { Days: 365 } }] } },
    },
    good: {
      source: { lifecycle: { Rules: [{ ID: 'a year', Status: 'Enabled', Expiration: { Days: 365 } }] } },
      destination: { lifecycle: { Rules: [{ ID: 'a year', Status: 'Enabled', Expiration: { Days: 365 } }] } },
    },
  },
});

/** The source's expirations that have no counterpart at the destination. */
function unmirrored(
  here: LifecycleConfiguration | null,
  there: LifecycleConfiguration | null,
  taken: FilterSet,
): readonly LifecycleRule[] {
  const mirrors = enabledRules(there, taken).filter(expires);
  return enabledRules(here, taken)
    .filter(expires)
    .filter((rule) => !mirrors.some((other) => overlaps(filterSet(rule), filterSet(other))));
}
