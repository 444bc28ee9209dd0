/**
 * The parts into which patterns divide all texts that begin alike: found by walking the patterns side by side from where
 * they begin.
 */
import {
  accepts,
  MANY,
  MANY_IN_SEGMENT,
  ONE_IN_SEGMENT,
  start,
  step,
  type States,
  type Token,
} from './pattern.ts';

export const MOST_PARTS = 128;
const MOST_STATES = 5_000;

/** A pattern that may tell members apart, as it stands in a policy and as it is walked. */
export interface Track {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly ignoresCase: boolean;
}

/** A member of a part, and the patterns that take it or not, of those that tell parts apart. */
export interface Part {
  readonly text: string;
  readonly within: readonly string[];
  readonly outside: readonly string[];
}

interface Walk {
  readonly text: string;
  readonly states: readonly States[];
}

/** Walks breadth first, so that the examples are short. Null where there are too many. */
export function partsOf(prefix: string, tracks: readonly Track[]): readonly Part[] | null {
  if (tracks.length === 0) return [{ text: plainest(prefix), within: [], outside: [] }];
  let begin: readonly States[] = tracks.map(({ tokens }) => start(tokens));
  for (let at = 0; at < prefix.length; at += 1) begin = advance(tracks, begin, prefix.charCodeAt(at));
  const queue: Walk[] = [{ text: prefix, states: begin }];
  const seen = new Set<string>();
  const found = new Map<string, string>();
  for (let next = 0; next < queue.length; next += 1) {
    const { text, states } = queue[next] as Walk; // Below the length there is one.
    if (isMember(text)) {
      const signature = tracks
        .map(({ tokens }, at) => (accepts(tokens, states[at] ?? []) ? '1' : '0'))
        .join('');
      if (!found.has(signature)) found.set(signature, text);
      if (tracks.every(({ tokens }, at) => isSettled(tokens, states[at] ?? []))) continue;
    }
    for (const code of alphabet(tracks, states)) {
      const walk = { text: text + String.fromCharCode(code), states: advance(tracks, states, code) };
      const key = walk.states.map((one) => one.join()).join('|');
      if (seen.has(key)) continue;
      seen.add(key);
      queue.push(walk);
    }
    if (seen.size > MOST_STATES || found.size > MOST_PARTS) return null;
  }
  return [...found].map(([signature, text]) => ({ text, ...labels(tracks, signature, [...found.keys()]) }));
}

function advance(tracks: readonly Track[], states: readonly States[], code: number): readonly States[] {
  const lower = String.fromCharCode(code).toLowerCase().charCodeAt(0);
  return tracks.map(({ tokens, ignoresCase }, at) =>
    step(tokens, states[at] ?? [], ignoresCase ? lower : code),
  );
}

/** A bucket has no object without a key: what ends with its first slash is the beginning of all of a bucket's objects. */
function isMember(text: string): boolean {
  const isWhole = text.indexOf('/') === text.length - 1 && text.startsWith('arn:');
  return !isWhole || !text.startsWith(':s3:::', text.indexOf(':', 'arn:'.length));
}

/** The first member that a walk without patterns meets. */
export function plainest(prefix: string): string {
  return isMember(prefix) ? prefix : `${prefix}x`;
}

/** Whatever follows, the answer stays: no state is left, or the star at the end is reached. */
function isSettled(tokens: readonly Token[], states: States): boolean {
  return states.length === 0 || (tokens.at(-1) === MANY && states.includes(tokens.length - 1));
}

/** Every character that some pattern asks for next, and one that none does. */
function alphabet(tracks: readonly Track[], states: readonly States[]): ReadonlySet<number> {
  const codes = new Set<number>();
  tracks.forEach(({ tokens, ignoresCase }, at) => {
    for (const state of states[at] ?? []) {
      const token = tokens[state];
      if (token === undefined) continue;
      if (token >= 0) codes.add(token);
      if (token >= 0 && ignoresCase) codes.add(String.fromCharCode(token).toUpperCase().charCodeAt(0));
      if (token === ONE_IN_SEGMENT || token === MANY_IN_SEGMENT) codes.add(':'.charCodeAt(0));
    }
  });
  const other = OTHERS.find((code) => !codes.has(code));
  // It comes first, so that the plainest part is the first to be found.
  return other === undefined ? codes : new Set([other, ...codes]);
}

/** Letters first, for examples that look like keys; then more than any policy has room for. */
const OTHERS: readonly number[] = [
  ...Array.from({ length: 26 }, (_, at) => 'a'.charCodeAt(0) + ((at + 23) % 26)),
  ...Array.from({ length: 1_000 }, (_, at) => 0x4e00 + at),
];

function labels(
  tracks: readonly Track[],
  signature: string,
  all: readonly string[],
): Pick<Part, 'within' | 'outside'> {
  const telling = tracks
    .map((track, at) => ({ text: track.text, at }))
    .filter(({ at }) => all.some((one) => one[at] !== all[0]?.[at]));
  const texts = (mark: string): readonly string[] =>
    telling.filter(({ at }) => signature[at] === mark).map(({ text }) => text);
  return { within: texts('1'), outside: texts('0') };
}
