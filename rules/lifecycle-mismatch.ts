import { due, enabledRules, expires } from './shared/lifecycle.ts';
import { filterSet, overlaps } from '../src/filter.ts';
import type { LifecycleRule } from '../src/model/aws.ts';
import { defineRule, fail, notApplicable, pass } from '../src/rule.ts';

export default defineRule({
  id: 'lifecycle-mismatch',
  title: 'Lifecycle differs between the ends of a route',
  severity: 'warning',
  scope: 'route',
  why: "Lifecycle is each bucket's own: S3 replicates neither the configuration nor what it does. Where replicas expire earlier than their originals the copy is gone when it is needed; where they expire later, or sit in another class, it costs or answers differently than was thought. Replicas count from the creation of their originals, so equal rules take both on the same day. Where only transitions differ it is a note: a cheaper class at the destination is often meant. What expires at the source only is said by expiration-not-mirrored.",
  fix: 'Give both ends the same Expiration and Transitions for the objects of the route, or switch this rule off where the difference is meant.',
  page: 'AmazonS3/latest/userguide/replication-what-is-isnot-replicated.html',
  needs: { source: ['lifecycle'], destination: ['lifecycle'] },
  evaluate({ source, destination, route }) {
    const taken = filterSet(route.rule);
    const here = enabledRules(source.lifecycle, taken);
    const there = enabledRules(destination.lifecycle, taken);
    const expiry = differences(mirrored(here, there).flatMap(expirations), there.flatMap(expirations));
    const moves = differences(here.flatMap(transitions), there.flatMap(transitions));
    if ([...here, ...there].flatMap((rule) => [...expirations(rule), ...transitions(rule)]).length === 0)
      return notApplicable;
    const onlyHere = [...expiry.here, ...moves.here];
    const onlyThere = [...expiry.there, ...moves.there];
    if (onlyHere.length + onlyThere.length === 0) return pass;
    return fail({
      message: `Lifecycle treats objects of '${source.name}' and their replicas in '${destination.name}' differently: the source has ${listed(onlyHere)} where the destination has ${listed(onlyThere)}.`,
      expected: `at the destination: ${listed(onlyHere)}`,
      actual: listed(onlyThere),
      at: ['source.lifecycle', 'destination.lifecycle'],
      ...(expiry.here.length + expiry.there.length === 0 ? { severity: 'note' } : {}),
    });
  },
  remedy: () => ({ untyped: 'which of the two ends has it right only their owners know.' }),
  examples: {
    bad: {
      source: { lifecycle: { Rules: [{ ID: 'a year', Status: 'Enabled', Expiration: { Days: 365 } }] } },
      destination: { lifecycle: { Rules: [{ ID: 'a month', Status: 'Enabled', Expiration: { Days: 30 } }] } },
    },
    good: {
      source: { lifecycle: { Rules: [{ ID: 'a year', Status: 'Enabled', Expiration: { Days: 365 } }] } },
      destination: {
        lifecycle: { Rules: [{ ID: 'the same', Status: 'Enabled', Expiration: { Days: 365 } }] },
      },
    },
  },
});

/** Without the source's expirations that have no counterpart at all, of which expiration-not-mirrored speaks. */
function mirrored(here: readonly LifecycleRule[], there: readonly LifecycleRule[]): readonly LifecycleRule[] {
  const expiring = there.filter(expires);
  return here.filter((rule) => expiring.some((other) => overlaps(filterSet(rule), filterSet(other))));
}

function expirations(rule: LifecycleRule): readonly string[] {
  return expires(rule) ? [`expiration ${due(rule.Expiration ?? {})}${objectsOf(rule)}`] : [];
}

function transitions(rule: LifecycleRule): readonly string[] {
  return (rule.Transitions ?? []).map(
    (transition) => `${transition.StorageClass ?? ''} ${due(transition)}${objectsOf(rule)}`,
  );
}

/** Which objects an action takes, in words that are equal where the objects are. */
function objectsOf(rule: LifecycleRule): string {
  const { prefix, tags } = filterSet(rule);
  const size = { ...rule.Filter, ...rule.Filter?.And };
  const parts = [
    ...(prefix === '' ? [] : [`prefix '${prefix}'`]),
    ...tags.map(({ Key, Value }) => `tag '${Key}'='${Value}'`).sort(),
    ...(size.ObjectSizeGreaterThan === undefined ? [] : [`above ${size.ObjectSizeGreaterThan} bytes`]),
    ...(size.ObjectSizeLessThan === undefined ? [] : [`below ${size.ObjectSizeLessThan} bytes`]),
  ];
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

function differences(
  here: readonly string[],
  there: readonly string[],
): { readonly here: readonly string[]; readonly there: readonly string[] } {
  return {
    here: here.filter((action) => !there.includes(action)),
    there: there.filter((action) => !here.includes(action)),
  };
}

function listed(actions: readonly string[]): string {
  return actions.length === 0 ? 'nothing' : [...new Set(actions)].join(', ');
}
