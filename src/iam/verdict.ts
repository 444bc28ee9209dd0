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
  return joined([first, ...rest], 'yes') ?? rest.at(-1) ?? first;
}

/** The first that says no; else all that are not known, together; else the first, which says yes. */
export function every(first: Verdict, ...rest: readonly Verdict[]): Verdict {
  return joined([first, ...rest], 'no') ?? first;
}

function joined(verdicts: readonly Verdict[], settles: 'yes' | 'no'): Verdict | null {
  let open: Verdict | null = null;
  for (const verdict of verdicts) {
    if (verdict.truth === settles) return verdict;
    if (verdict.truth === 'maybe') open = open === null ? verdict : together(open, verdict);
  }
  return open;
}

function together(one: Verdict, other: Verdict): Verdict {
  const more = other.unknown.filter(
    ({ what, name }) => !one.unknown.some((known) => known.what === what && known.name === name),
  );
  return { ...one, unknown: [...one.unknown, ...more] };
}
