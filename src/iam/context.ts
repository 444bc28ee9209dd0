/**
 * What is known of a request's context. Three-valued throughout: what is not known is never guessed.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html#AccessPolicyLanguage_RequestContext
 */

/** All strings that begin so: `{ under: 'arn:aws:s3:::bucket/logs/' }` is every object whose key begins with `logs/`. */
export interface Under {
  readonly under: string;
}

/** Of a key: its values (none: it is absent), that it is there, a set in which its one value lies, or nothing. */
export type Knowledge = readonly string[] | 'present' | 'unknown' | Under;

/**
 * By key in lower case, as keys ignore case; `aws:principaltag/*` stands for all tags that are not named. Policies ask for
 * few of the many keys, so a part may work a key out when it is asked.
 */
export interface Context {
  /** Later ones win. */
  readonly parts: readonly Part[];
  /** The keys of which only a set is known. */
  readonly sets: readonly (readonly [string, Under])[];
}

/** Some of a context's keys: a map of them, or what tells them. */
export interface Part {
  readonly get: (key: string) => Knowledge | undefined;
}

/** Yes, no, or not known. */
export type Truth = 'yes' | 'no' | 'maybe';

/** What would have to be known for a decision. */
export interface Unknown {
  readonly what: 'key' | 'layer' | 'principal' | 'set' | 'documentation';
  readonly name: string;
}

/** A context from keys as people write them. Later ones win. */
export function contextOf(...entries: readonly Readonly<Record<string, Knowledge>>[]): Context {
  const part = new Map<string, Knowledge>();
  for (const some of entries)
    for (const [key, knowledge] of Object.entries(some)) part.set(key.toLowerCase(), knowledge);
  const sets: [string, Under][] = [];
  for (const [key, knowledge] of part) if (isUnder(knowledge)) sets.push([key, knowledge]);
  return { parts: [part], sets };
}

/** Contexts as one. Later ones win. */
export function together(...contexts: readonly Context[]): Context {
  const parts = contexts.flatMap((context) => context.parts);
  const sets = contexts.flatMap((context) => context.sets);
  if (sets.length === 0) return { parts, sets };
  return { parts, sets: sets.filter(([key, set]) => valueIn(parts, key) === set) };
}

/** What is known of a key in lower case; of a key that is not listed, nothing. */
export function lookUp(context: Context, key: string): Knowledge {
  const known = valueIn(context.parts, key);
  if (known !== undefined) return known;
  const slash = key.indexOf('/');
  if (slash === -1) return 'unknown';
  return valueIn(context.parts, `${key.slice(0, slash)}/*`) ?? 'unknown';
}

function valueIn(parts: Context['parts'], key: string): Knowledge | undefined {
  for (let at = parts.length - 1; at >= 0; at -= 1) {
    const known = parts[at]?.get(key);
    if (known !== undefined) return known;
  }
  return undefined;
}

export function isUnder(knowledge: Knowledge): knowledge is Under {
  return typeof knowledge === 'object' && 'under' in knowledge;
}

/** The values of a key, none where it is absent; null where they are not known. */
export function valuesOf(knowledge: Knowledge): readonly string[] | null {
  return typeof knowledge === 'string' || isUnder(knowledge) ? null : knowledge;
}

/** Both. */
export function both(one: Truth, other: Truth): Truth {
  if (one === 'no' || other === 'no') return 'no';
  return one === 'yes' && other === 'yes' ? 'yes' : 'maybe';
}

export function not(truth: Truth): Truth {
  if (truth === 'maybe') return 'maybe';
  return truth === 'yes' ? 'no' : 'yes';
}
