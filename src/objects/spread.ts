/**
 * Finds keys at which to begin, spread over a bucket's key space. A listing goes forward only, so the space is felt out by
 * listings of one key each: how long is the prefix that all keys share, and between which characters do they part?
 */
import type { Lister } from './listing.ts';

/** The characters that keys are divided by; what lies above counts as the last. */
const lowest = 0x20;
const highest = 0x7f;

/** At most `count` markers after the first key, in order. The same bucket gives the same markers. */
export async function spreadMarkers(
  list: Lister,
  prefix: string,
  firstKey: string,
  count: number,
): Promise<readonly string[]> {
  if (count === 0) return [];
  const beyond = async (key: string): Promise<boolean> => {
    const page = await list({ key, versionId: null }, 1);
    return page.versions.length > 0;
  };
  const shared = await sharedLength(beyond, prefix.length, firstKey);
  const stem = firstKey.slice(0, shared);
  const from = clamp(firstKey.charCodeAt(shared) || lowest);
  const to = await lastCharacter(beyond, stem, from);
  return fractions(count).map((part) => stem + between(from, to + 1, part));
}

/** How many characters of the first key all keys share: the last key has them too. */
async function sharedLength(
  beyond: (key: string) => Promise<boolean>,
  least: number,
  key: string,
): Promise<number> {
  let low = least;
  let high = Math.max(least, key.length - 1);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    // U+10FFFF sorts after every character: what lies beyond does not begin so.
    if (await beyond(`${key.slice(0, middle)}\u{10FFFF}`)) high = middle - 1;
    else low = middle;
  }
  return low;
}

/** The highest character that follows the stem. */
async function lastCharacter(
  beyond: (key: string) => Promise<boolean>,
  stem: string,
  from: number,
): Promise<number> {
  let low = from;
  let high = highest;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (await beyond(`${stem}${String.fromCharCode(middle)}\u{10FFFF}`)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function fractions(count: number): readonly number[] {
  return Array.from({ length: count }, (_, at) => (at + 1) / (count + 1));
}

/** Two characters that lie so far between two others. */
function between(from: number, to: number, part: number): string {
  const at = from + (to - from) * part;
  const second = lowest + (at - Math.floor(at)) * (highest - lowest);
  return String.fromCharCode(clamp(Math.floor(at)), clamp(Math.floor(second)));
}

function clamp(code: number): number {
  return Math.min(highest, Math.max(lowest, code));
}
