import { enabledRules, due, expires, lifecycleName } from './shared/lifecycle.ts';
import { filterSet, overlaps } from '../src/filter.ts';
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
    const own = enabledRules(source.lifecycle, taken).filter(expires);
    if (own.length === 0) return notApplicable;
    if (!destination.lifecycle.known) return unknown(destination.lifecycle);
    const there = enabledRules(destination.lifecycle.value, taken).filter(expires);
    const alone = own.find((rule) => !there.some((other) => overlaps(filterSet(rule), filterSet(other))));
    if (alone === undefined) return pass;
    return fail({
      message: `Objects of '${source.name}' expire ${due(alone.Expiration ?? {})} by ${lifecycleName(alone)}, and their replicas in '${destination.name}' do not: delete markers that lifecycle makes are not replicated, and nothing expires these objects there.`,
      expected: 'an Expiration at the destination too',
      actual: 'none for these objects',
      at: ['source.lifecycle', 'destination.lifecycle'],
    });
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
