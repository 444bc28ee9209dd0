/** What a rule sees: exactly what it declared, and which facts of that are not known. */
import type { Estate } from './estate.ts';
import type { Subject, Thing } from './subject.ts';
import { tellingOf, type End } from '../facts.ts';
import type { Route } from '../model/estate.ts';
import type { Cause, Observed } from '../model/facts.ts';
import type { Rule } from '../rule.ts';

/** The facts of one thing that a rule declares. */
interface Declared extends Numbered {
  readonly end: string;
  readonly needs: readonly string[];
  readonly wants: readonly string[];
  /** The thing without which there is nothing to ask, where it asks for more than whether it is there; else null. */
  readonly of: string | null;
}

/** Its number among those that are declared of its kind, by which what is shown for it is kept. */
interface Numbered {
  readonly index: number;
}

/** What a rule declares, by thing; rules that declare the same have the very same. */
export interface Declaration extends Numbered {
  readonly things: readonly Declared[];
}

const declarations = new WeakMap<Rule, Declaration>();
const byScope = new Map<string, Map<string, Declaration>>();
const byKind = new Map<string, Map<string, Declared>>();

/** What a rule declares. */
export function declarationOf(rule: Rule): Declaration {
  const known = declarations.get(rule);
  if (known !== undefined) return known;
  const ends = new Set([...Object.keys(rule.needs), ...Object.keys(rule.wants ?? {})]);
  const declared: readonly Declared[] = [...ends].map((end) =>
    declaredOf(end, rule.needs[end] ?? [], rule.wants?.[end] ?? []),
  );
  const declaration = once(byScope, rule.scope, { things: declared });
  declarations.set(rule, declaration);
  return declaration;
}

function declaredOf(end: string, needs: readonly string[], wants: readonly string[]): Declared {
  const isAsked = (fact: string): boolean => fact !== 'presence';
  const isVain = needs.some(isAsked) || (!ofKeys.has(end) && wants.some(isAsked));
  const of = end === 'objects' ? 'destination' : end;
  return once(byKind, kindOf(end), { end, needs, wants, of: isVain ? of : null });
}

/** One thing may stand at several ends: a source is a bucket, and most accounts are several times the same. */
function kindOf(end: string): string {
  if (end.endsWith('Account')) return 'account';
  if (end.endsWith('Key')) return 'key';
  return end === 'role' || end === 'objects' ? end : 'bucket';
}

const ofKeys = new Set(['sourceKey', 'sourceKeyAccount', 'replicaKey', 'replicaKeyAccount']);

function once<T extends object>(
  all: Map<string, Map<string, T & Numbered>>,
  kind: string,
  one: T,
): T & Numbered {
  const known = all.get(kind) ?? new Map<string, T & Numbered>();
  all.set(kind, known);
  const name = JSON.stringify(one);
  const numbered = known.get(name) ?? { ...one, index: known.size };
  known.set(name, numbered);
  return numbered;
}

/** What a subject comes to for rules that declare the same. */
export type Shown =
  | { readonly kind: 'nothing' }
  /** Why facts that are needed are not known. */
  | { readonly kind: 'unknown'; readonly causes: readonly Cause[] }
  /** Exactly what was declared, by thing: needed facts as values, wanted ones as observed. */
  | { readonly kind: 'view'; readonly view: object };

/**
 * What rules that declare this see of a subject; worked out once, and shared. To freeze it would take longer than to make it:
 * the types let no rule write to it, and the tester catches one that does.
 */
export function shownOf(declaration: Declaration, subject: Subject, estate: Estate): Shown {
  return (subject.shown[declaration.index] ??= made(declaration.things, subject, estate));
}

const nothing: Shown = { kind: 'nothing' };
const noCauses: readonly Cause[] = [];

/**
 * A destination that does not exist has no versioning that could be off, and a route without a replica key none that could be
 * disabled: `destination-missing` says what is wrong. A key that is only wanted may be named or not.
 */
function made(things: readonly Declared[], subject: Subject, estate: Estate): Shown {
  for (const { of } of things) if (of !== null && subject.things[of]?.missing === true) return nothing;
  let causes = noCauses;
  const view: Record<string, unknown> = { ...bareOf(subject, estate) };
  for (const declared of things) {
    const { end, needs, wants } = declared;
    const thing = subject.things[end];
    if (thing !== undefined) {
      const part = partOf(thing, declared);
      if (part.causes.length > 0) causes = [...causes, ...part.causes];
      view[end] = part.view;
    } else {
      for (const fact of needs) causes = [...causes, ...causesOf(observe(undefined, end, fact))];
      if (end === 'destinations') view['routes'] = routesWith(subject, wants);
    }
  }
  return causes.length > 0 ? { kind: 'unknown', causes } : { kind: 'view', view };
}

/** A fact as it was observed; one that the snapshot does not hold is unknown, and the thing says why. */
function observe(thing: Thing | undefined, end: string, fact: string): Observed<unknown> {
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

function causesOf(observed: Observed<unknown>): readonly Cause[] {
  return observed.known ? [] : observed.causes;
}

/** The subject's things without any fact, and what comes with every rule. */
function bareOf(subject: Subject, estate: Estate): object {
  if (subject.bare.made !== null) return subject.bare.made;
  const { route, routes, bucket } = subject;
  const bare: Record<string, unknown> = {
    route,
    routes,
    onward: route && estate.routesOutOf(route.destination.name),
    isDestination: estate.isDestination(bucket.name),
    organization: { everyAccountListed: estate.everyAccountListed, members: estate.members },
  };
  for (const end in subject.things) bare[end] = subject.things[end]?.copy();
  subject.bare.made = bare;
  return bare;
}

/** What a rule sees of one thing, and why it does not see all that it needs. */
export interface Part {
  readonly view: object;
  readonly causes: readonly Cause[];
}

/** As {@link shownOf}, of one thing. */
function partOf(thing: Thing, declared: Declared): Part {
  const known = thing.shown[declared.index];
  if (known !== undefined) return known;
  const { end, needs, wants } = declared;
  let causes = noCauses;
  const view = thing.copy();
  for (const fact of needs) {
    const observed = observe(thing, end, fact);
    if (observed.known) view[fact] = observed.value;
    else causes = [...causes, ...observed.causes];
  }
  for (const fact of wants) view[fact] = observe(thing, end, fact);
  const part = { view, causes };
  thing.shown[declared.index] = part;
  return part;
}

/** The routes, each with the wanted facts of its destination. */
function routesWith({ routes, destinations }: Subject, facts: readonly string[]): readonly Route[] {
  return routes.map((route, at) => {
    const seen = facts.map((fact) => [fact, observe(destinations[at], 'destinations', fact)] as const);
    return { ...route, destination: { ...route.destination, ...Object.fromEntries(seen) } };
  });
}
