/** What a rule sees: exactly what it declared, and which facts of that are not known. */
import type { Estate } from './estate.ts';
import type { Subject, Thing } from './subject.ts';
import { tellingOf, type End } from '../facts.ts';
import type { Route } from '../model/estate.ts';
import type { Cause, Observed } from '../model/facts.ts';
import type { Rule } from '../rule.ts';

/** The facts of one thing that a rule declares. */
export interface Declared {
  readonly end: string;
  readonly needs: readonly string[];
  readonly wants: readonly string[];
  /** Two rules that declare the same of a thing see the same. */
  readonly signature: string;
}

const declarations = new WeakMap<Rule, readonly Declared[]>();

/** What a rule declares, by thing. */
export function declaredBy(rule: Rule): readonly Declared[] {
  const known = declarations.get(rule);
  if (known !== undefined) return known;
  const ends = new Set([...Object.keys(rule.needs), ...Object.keys(rule.wants ?? {})]);
  const declared = [...ends].map((end) => {
    const needs = rule.needs[end] ?? [];
    const wants = rule.wants?.[end] ?? [];
    return { end, needs, wants, signature: `${needs.join()} ${wants.join()}` };
  });
  declarations.set(rule, declared);
  return declared;
}

/** A fact as it was observed; one that the snapshot does not hold is unknown, and the thing says why. */
export function observe(thing: Thing | undefined, end: string, fact: string): Observed<unknown> {
  const observed = thing?.facts[fact];
  if (observed) return observed;
  const absent: Cause = thing?.absent ?? {
    reason: 'not-collected',
    detail: 'The snapshot does not hold this fact.',
  };
  // `end` and `fact` come from the rule's own `needs`, whose types are those of the tellings.
  // A cause that names a call of its own says which one did not answer: of a key, the one that tells which key it is.
  return { known: false, causes: [{ call: tellingOf(end as End, fact).call, ...absent }] };
}

/** Exactly what the rule declared, by thing: needed facts as values, wanted ones as observed. */
export function viewOf(rule: Rule, subject: Subject, estate: Estate): object {
  // Every rule about a subject sees the same things; those of which it declares facts are put in their place.
  const view: Record<string, unknown> = { ...bareOf(subject, estate) };
  for (const declared of declaredBy(rule)) {
    const { end, wants } = declared;
    const thing = subject.things[end];
    if (thing !== undefined) view[end] = thingOf(thing, declared);
    else if (end === 'destinations') view['routes'] = routesWith(subject, wants);
  }
  return view;
}

const bare = new WeakMap<Subject, object>();

/** The subject's things without any fact, and what comes with every rule. */
function bareOf(subject: Subject, estate: Estate): object {
  const known = bare.get(subject);
  if (known !== undefined) return known;
  const { things, route, routes, bucket } = subject;
  const made = {
    ...Object.fromEntries(Object.entries(things).map(([end, { identity }]) => [end, identity])),
    route,
    routes,
    onward: route && estate.routesOutOf(route.destination.name),
    isDestination: estate.isDestination(bucket.name),
    organization: { everyAccountListed: estate.everyAccountListed, members: estate.members },
  };
  bare.set(subject, made);
  return made;
}

const views = new WeakMap<Thing, Map<string, object>>();

/** Frozen, since rules share it. */
function thingOf(thing: Thing, { end, needs, wants, signature }: Declared): object {
  const known = views.get(thing) ?? new Map<string, object>();
  views.set(thing, known);
  const before = known.get(signature);
  if (before !== undefined) return before;
  const view: Record<string, unknown> = { ...thing.identity };
  for (const fact of needs) {
    const observed = observe(thing, end, fact);
    if (observed.known) view[fact] = observed.value;
  }
  for (const fact of wants) view[fact] = observe(thing, end, fact);
  known.set(signature, Object.freeze(view));
  return view;
}

/** The routes, each with the wanted facts of its destination. */
function routesWith({ routes, destinations }: Subject, facts: readonly string[]): readonly Route[] {
  return routes.map((route, at) => {
    const seen = facts.map((fact) => [fact, observe(destinations[at], 'destinations', fact)] as const);
    return { ...route, destination: { ...route.destination, ...Object.fromEntries(seen) } };
  });
}
