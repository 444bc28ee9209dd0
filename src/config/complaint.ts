/** ajv's errors as sentences: what is wrong, and what is allowed. */

export interface SchemaError {
  readonly instancePath: string;
  readonly keyword: string;
  readonly message?: string | undefined;
  readonly params: Readonly<Record<string, unknown>>;
  readonly schema?: unknown;
  /** What was given. */
  readonly data?: unknown;
  readonly parentSchema?: Readonly<Record<string, unknown>> | undefined;
}

/** Where, as the names that lead there, and what to say. */
export interface Complaint {
  readonly path: readonly string[];
  readonly sentence: string;
}

/** One complaint a place, the most telling one; in the order of the file's paths. */
export function complaints(errors: readonly SchemaError[]): readonly Complaint[] {
  const telling = errors.filter(({ keyword }) => keyword !== 'anyOf' && keyword !== 'if');
  const byPlace = new Map<string, Complaint & { readonly weight: number }>();
  for (const error of telling) {
    const complaint = { ...complaintOf(error), weight: weightOf(error) };
    const key = complaint.path.join('/');
    const before = byPlace.get(key);
    if (!before || complaint.weight > before.weight) byPlace.set(key, complaint);
  }
  return [...byPlace.values()].filter(({ path }) => !hasDeeper(path, byPlace.values()));
}

/** Of a value that may be a word or a mapping, the complaint from inside the mapping says more than the one about the word. */
function hasDeeper(path: readonly string[], all: Iterable<Complaint>): boolean {
  for (const other of all) {
    if (other.path.length > path.length && path.every((name, at) => other.path[at] === name)) return true;
  }
  return false;
}

function weightOf({ keyword }: SchemaError): number {
  return keyword === 'additionalProperties' ? 2 : keyword === 'enum' ? 1 : 0;
}

function complaintOf(error: SchemaError): Complaint {
  const path = error.instancePath.split('/').slice(1).map(unescape);
  const name = path.join('.') || 'the configuration';
  switch (error.keyword) {
    case 'additionalProperties': {
      const extra = String(error.params['additionalProperty']);
      const allowed = Object.keys(error.parentSchema?.['properties'] ?? {});
      return {
        path: [...path, extra],
        sentence: `'${extra}' is not allowed in ${name}. ${allowedOf(extra, allowed)}`,
      };
    }
    case 'required':
      return { path, sentence: `${name} lacks '${String(error.params['missingProperty'])}'.` };
    case 'enum': {
      const allowed = Array.isArray(error.params['allowedValues'])
        ? error.params['allowedValues'].map(String)
        : [];
      return {
        path,
        sentence: `${name} has a value that is not allowed. ${allowedOf(typeof error.data === 'string' ? error.data : '', allowed)}`,
      };
    }
    default:
      return { path, sentence: `${name} ${error.message ?? 'is not valid'}.` };
  }
}

function unescape(name: string): string {
  return name.replaceAll('~1', '/').replaceAll('~0', '~');
}

function allowedOf(given: string, allowed: readonly string[]): string {
  if (allowed.length === 0) return 'Nothing is allowed here.';
  const near = given === '' ? undefined : nearest(given, allowed);
  const list = `Allowed: ${allowed.join(', ')}.`;
  return near === undefined ? list : `Did you mean '${near}'? ${list}`;
}

/** The allowed word that the fewest edits lead to, where they are few. */
export function nearest(given: string, allowed: readonly string[]): string | undefined {
  return near(given, allowed)[0];
}

/** Up to three allowed words that few edits lead to, whatever the case, or that hold what is given; the nearest first. */
export function nearestFew(given: string, allowed: readonly string[]): readonly string[] {
  const part = given.toLowerCase();
  const holding = part.length < 3 ? [] : allowed.filter((word) => word.toLowerCase().includes(part));
  const lower = new Map(allowed.map((word) => [word.toLowerCase(), word]));
  const edited = near(part, [...lower.keys()]).flatMap((word) => lower.get(word) ?? []);
  return [...new Set([...edited, ...holding])].slice(0, 3);
}

function near(given: string, allowed: readonly string[]): readonly string[] {
  const most = Math.max(2, given.length / 4);
  return (
    allowed
      // So many letters more take so many edits: no need to count them.
      .filter((word) => Math.abs(word.length - given.length) <= most)
      .map((word) => ({ word, far: distance(given, word) }))
      .filter(({ far }) => far <= most)
      .sort((a, b) => a.far - b.far)
      .map(({ word }) => word)
  );
}

/** Levenshtein's distance, in UTF-16 units. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 0; i < a.length; i += 1) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j += 1) {
      const replaced = (row[j] ?? 0) + (a[i] === b[j] ? 0 : 1);
      next.push(Math.min((row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1, replaced));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
