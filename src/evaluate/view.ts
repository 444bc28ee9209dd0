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

interface Declaration {
  readonly things: readonly Declared[];
  readonly signature: string;
}

const declarations = new WeakMap<Rule, Declaration>();

/** What a rule declares, by thing. */
export function declaredBy(rule: Rule): readonly Declared[] {
  return declarationOf(rule).things;
}

function declarationOf(rule: Rule): Declaration {
  const known = declarations.get(rule);
  if (known !== undefined) return known;
  const ends = new Set([...Object.keys(rule.needs), ...Object.keys(rule.wants ?? {})]);
  const things = [...ends].map((end) => {
    const needs = rule.needs[end] ?? [];
    const wants = rule.wants?.[end] ?? [];
    return { end, needs, wants, signature: `${needs.join()} ${wants.join()}` };
  });
  const declaration = {
    things,
    signature: things.map(({ end, signature }) => `${end} ${signature}`).join('|'),
  };
  declarations.set(rule, declaration);
  return declaration;
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
  return { known: false, causes: [{ ...absent, call: tellingOf(end as End, fact).call }] };
}

const views = new WeakMap<Subject, Map<string, object>>();

/**
 * Exactly what the rule declared, by thing: needed facts as values, wanted ones as observed. Rules that declare the same are
 * shown the same; it is frozen, since they share it.
 */
export function viewOf(rule: Rule, subject: Subject, estate: Estate): object {
  const { things, signature } = declarationOf(rule);
  const shown = views.get(subject) ?? new Map<string, object>();
  views.set(subject, shown);
  const known = shown.get(signature);
  if (known !== undefined) return known;
  const view: Record<string, unknown> = { ...bareOf(subject, estate) };
  for (const declared of things) {
    const { end, wants } = declared;
    const thing = subject.things[end];
    if (thing !== undefined) view[end] = thingOf(thing, declared);
    else if (end === 'destinations') view['routes'] = routesWith(subject, wants);
  }
  shown.set(signature, Object.freeze(view));
  return view;
}

const bare = new WeakMap<Subject, object>();

/** The subject's things without any fact, and what comes with every rule. */
function bareOf(subject: Subject, estate: Estate): object {
  const known = bare.get(subject);
  if (known !== undefined) return known;
  const { things, route, routes, bucket } = subject;
  const made: Record<string, unknown> = {
    route,
    routes,
    onward: route && estate.routesOutOf(route.destination.name),
    isDestination: estate.isDestination(bucket.name),
    organization: { everyAccountListed: estate.everyAccountListed, members: estate.members },
  };
  for (const [end, { identity }] of Object.entries(things)) made[end] = identity;
  bare.set(subject, made);
  return made;
}

const thingsShown = new WeakMap<Thing, Map<string, object>>();

/** As {@link viewOf}, of one thing. */
function thingOf(thing: Thing, { end, needs, wants, signature }: Declared): object {
  const known = thingsShown.get(thing) ?? new Map<string, object>();
  thingsShown.set(thing, known);
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
