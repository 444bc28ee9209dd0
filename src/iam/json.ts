/**
 * JSON with places: what `JSON.parse` reads, and of each value where it stands, so that a malformed policy can be
 * pointed at. A key that stands twice in one object is refused, as IAM refuses it.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html#policies-grammar-notes
 */

/** A value and the offset at which it begins. Numbers and Booleans keep their text: in a policy they mean the same. */
export type Node =
  | { readonly kind: 'object'; readonly at: number; readonly members: Members }
  | { readonly kind: 'array'; readonly at: number; readonly items: readonly Node[] }
  | { readonly kind: 'string' | 'number' | 'boolean'; readonly at: number; readonly text: string }
  | { readonly kind: 'null'; readonly at: number };

/** A value under a key, and where the key stands. */
export interface Member {
  readonly key: string;
  readonly keyAt: number;
  readonly value: Node;
}

/** In their order. Policies' objects have a handful, and a table of so few takes longer to make than to do without. */
export class Members implements Iterable<Member> {
  readonly #listed: Member[] = [];

  get(key: string): Member | undefined {
    for (const member of this.#listed) if (member.key === key) return member;
    return undefined;
  }

  add(member: Member): void {
    this.#listed.push(member);
  }

  [Symbol.iterator](): Iterator<Member> {
    return this.#listed[Symbol.iterator]();
  }
}

/** What is wrong, and where. */
export interface Complaint {
  readonly at: number;
  readonly sentence: string;
}

/** Reads a whole text, or says where it stops to be JSON. */
export function readJson(text: string): Node | Complaint {
  const reader: Reader = { text, at: 0, isPlain: !ESCAPED.test(text) };
  try {
    const node = valueOf(reader, 0);
    skipSpace(reader);
    return reader.at === text.length ? node : { at: reader.at, sentence: 'Something stands after the end.' };
  } catch (error) {
    if (error instanceof Stop) return { at: error.at, sentence: error.message };
    throw error;
  }
}

interface Reader {
  readonly text: string;
  at: number;
  /** Nothing in the whole text needs a closer look, as in most that nobody indented. */
  readonly isPlain: boolean;
}

/** Deeper than any policy, and shallow enough for the stack. */
const DEPTH = 50;

class Stop extends Error {
  readonly at: number;
  constructor(at: number, sentence: string) {
    super(sentence);
    this.at = at;
  }
}

function valueOf(reader: Reader, depth: number): Node {
  skipSpace(reader);
  const at = reader.at;
  if (depth > DEPTH) throw new Stop(at, 'It is nested too deeply.');
  const first = reader.text[at];
  if (first === '{') return objectOf(reader, depth);
  if (first === '[') return arrayOf(reader, depth);
  if (first === '"') return { kind: 'string', at, text: stringOf(reader) };
  return wordOf(reader);
}

function objectOf(reader: Reader, depth: number): Node {
  const at = reader.at;
  const members = new Members();
  if (isEmpty(reader, '}')) return { kind: 'object', at, members };
  do {
    skipSpace(reader);
    const keyAt = reader.at;
    if (reader.text[keyAt] !== '"') throw new Stop(keyAt, 'A key in quotation marks is missing.');
    const key = stringOf(reader);
    if (members.get(key) !== undefined) throw new Stop(keyAt, `The key '${key}' stands twice.`);
    skipSpace(reader);
    if (reader.text[reader.at] !== ':') throw new Stop(reader.at, 'A colon is missing.');
    reader.at += 1;
    members.add({ key, keyAt, value: valueOf(reader, depth + 1) });
  } while (goesOn(reader, '}'));
  return { kind: 'object', at, members };
}

function arrayOf(reader: Reader, depth: number): Node {
  const at = reader.at;
  const items: Node[] = [];
  if (isEmpty(reader, ']')) return { kind: 'array', at, items };
  do items.push(valueOf(reader, depth + 1));
  while (goesOn(reader, ']'));
  return { kind: 'array', at, items };
}

/** Steps over the opening bracket, and over the closing one where that comes next. */
function isEmpty(reader: Reader, close: '}' | ']'): boolean {
  reader.at += 1;
  skipSpace(reader);
  if (reader.text[reader.at] !== close) return false;
  reader.at += 1;
  return true;
}

/** Steps over the comma before another entry, or over the closing bracket. */
function goesOn(reader: Reader, close: '}' | ']'): boolean {
  skipSpace(reader);
  const next = reader.text[reader.at];
  if (next !== ',' && next !== close) throw new Stop(reader.at, `A comma or '${close}' is missing.`);
  reader.at += 1;
  return next === ',';
}

// The grammar of RFC 8259, each matched from where the reader stands.
const STRING = /"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const WORD = /true|false|null/y;

/** What a string may hold only behind a backslash, and the backslash. */
// eslint-disable-next-line no-control-regex -- these are the ones.
const ESCAPED = /[\u0000-\u001f\\]/;

function stringOf(reader: Reader): string {
  const at = reader.at;
  const end = reader.text.indexOf('"', at + 1);
  const plain = reader.text.slice(at + 1, end);
  if (end !== -1 && (reader.isPlain || !ESCAPED.test(plain))) {
    reader.at = end + 1;
    return plain;
  }
  const raw = take(reader, STRING);
  if (raw === null) throw new Stop(at, 'A string is not ended, or holds what a string may not hold.');
  // What STRING takes is a JSON string, so this is one.
  return JSON.parse(raw) as string;
}

function wordOf(reader: Reader): Node {
  const at = reader.at;
  const word = take(reader, WORD);
  if (word === 'null') return { kind: 'null', at };
  if (word !== null) return { kind: 'boolean', at, text: word };
  const number = take(reader, NUMBER);
  if (number === null) throw new Stop(at, 'A value is missing.');
  return { kind: 'number', at, text: number };
}

function take(reader: Reader, pattern: RegExp): string | null {
  pattern.lastIndex = reader.at;
  const found = pattern.exec(reader.text)?.[0] ?? null;
  if (found !== null) reader.at += found.length;
  return found;
}

/** Space, tab, carriage return, line feed. */
function skipSpace(reader: Reader): void {
  const { text } = reader;
  for (;;) {
    const code = text.charCodeAt(reader.at);
    if (code !== 32 && code !== 9 && code !== 13 && code !== 10) return;
    reader.at += 1;
  }
}
