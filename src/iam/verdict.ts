/**
 * Answers of layers of policies, and how they are joined.
 */
import type { Truth, Unknown } from './context.ts';

/** The kinds of policy that AWS weighs. */
export type Layer = 'identity' | 'boundary' | 'serviceControl' | 'resourceControl' | 'resource' | 'grants';

/** A statement by its policy, its Sid and its place. A grant is one by its id. */
export interface StatementReference {
  readonly policy: string;
  readonly sid: string | null;
  readonly index: number;
}

/** An answer, the layer that gives it, the statement that settles it, and what would have to be known. */
export interface Verdict {
  readonly truth: Truth;
  readonly layer: Layer;
  readonly statement: StatementReference | null;
  readonly unknown: readonly Unknown[];
}

/** Silence: no statement is about the request. */
export function silence(layer: Layer): Verdict {
  return SILENCE[layer];
}

const SILENCE: Readonly<Record<Layer, Verdict>> = {
  identity: quiet('identity'),
  boundary: quiet('boundary'),
  serviceControl: quiet('serviceControl'),
  resourceControl: quiet('resourceControl'),
  resource: quiet('resource'),
  grants: quiet('grants'),
};

function quiet(layer: Layer): Verdict {
  return { truth: 'no', layer, statement: null, unknown: [] };
}

/** A layer, or a policy of it, that could not be read. */
export function doubt(layer: Layer, name: string): Verdict {
  return { truth: 'maybe', layer, statement: null, unknown: [{ what: 'layer', name }] };
}

/** The first that says yes; else all that are not known, together; else the last, which says no. */
export function either(first: Verdict, ...rest: readonly Verdict[]): Verdict {
  let one = first;
  for (const other of rest) one = eitherOf(one, other);
  return one;
}

/** The first that says no; else all that are not known, together; else the first, which says yes. */
export function every(first: Verdict, ...rest: readonly Verdict[]): Verdict {
  let one = first;
  for (const other of rest) one = bothOf(one, other);
  return one;
}

function eitherOf(one: Verdict, other: Verdict): Verdict {
  if (one.truth === 'yes' || other.truth === 'yes') return one.truth === 'yes' ? one : other;
  return one.truth === 'maybe' ? alsoOpen(one, other) : other;
}

function bothOf(one: Verdict, other: Verdict): Verdict {
  if (one.truth === 'no' || other.truth === 'no') return one.truth === 'no' ? one : other;
  if (one.truth === 'maybe') return alsoOpen(one, other);
  return other.truth === 'maybe' ? other : one;
}

/** What would have to be known of the one, and of the other if that is not known either. */
function alsoOpen(one: Verdict, other: Verdict): Verdict {
  return other.truth === 'maybe' ? together(one, other) : one;
}

function together(one: Verdict, other: Verdict): Verdict {
  const more = other.unknown.filter(
    ({ what, name }) => !one.unknown.some((known) => known.what === what && known.name === name),
  );
  return { ...one, unknown: [...one.unknown, ...more] };
}
