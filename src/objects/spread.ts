/**
 * Finds places at which to begin, spread over a bucket's keys. A listing goes forward only and tells no counts, so the tree of
 * prefixes is felt out by listings of one key each: how long is the prefix that all keys share, and how do they branch there?
 */
import type { Lister } from './listing.ts';

/** Sorts after every character: what lies beyond a prefix and this does not begin with the prefix. */
const afterAll = '\u{10FFFF}';

/** Listings of one key that may be spent. */
const budget = 48;

/** A prefix that some key has, and the first such key. */
interface Branch {
  readonly prefix: string;
  readonly first: string;
  /** The prefix is a whole key, and stands for that key alone. */
  readonly whole?: true;
}

/** At most `count` prefixes in order, none of them the first key's own. The same bucket gives the same ones. */
export async function spreadMarkers(
  list: Lister,
  prefix: string,
  firstKey: string,
  count: number,
): Promise<readonly string[]> {
  if (count === 0) return [];
  const feeler = new Feeler(list);
  const shared = await feeler.sharedPrefix(prefix, firstKey);
  const branches = await feeler.branches({ prefix: shared, first: firstKey }, count + 1);
  const others = branches.slice(1).map((branch) => branch.prefix);
  if (others.length <= count) return others;
  return Array.from({ length: count }, (_, at) => others[Math.floor((at * others.length) / count)] ?? '');
}

class Feeler {
  readonly #list: Lister;
  #spent = 0;

  constructor(list: Lister) {
    this.#list = list;
  }

  /** The longest beginning of the first key that all keys have: where the last key has it, all between do. */
  async sharedPrefix(least: string, key: string): Promise<string> {
    const points = [...key.matchAll(/./gsu)].map(({ index }) => index).filter((at) => at >= least.length);
    let low = 0;
    let high = points.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((await this.#next(key.slice(0, points[middle]))) === null) low = middle;
      else high = middle - 1;
    }
    return key.slice(0, points[low] ?? least.length);
  }

  /** Branches under one, level by level, until there are so many or the budget is spent. */
  async branches(root: Branch, wanted: number): Promise<readonly Branch[]> {
    let level: readonly Branch[] = [root];
    while (level.length < wanted && this.#spent < budget) {
      const next: Branch[] = [];
      for (const branch of level) next.push(...(await this.#children(branch)));
      if (next.every(({ prefix }, at) => prefix === level[at]?.prefix)) return next;
      level = next;
    }
    return level;
  }

  /** The branches one character below; the branch itself where a key ends there or the budget does. */
  async #children(branch: Branch): Promise<readonly Branch[]> {
    if (branch.whole) return [branch];
    const children: Branch[] = [];
    let key: string | null = branch.first;
    while (key?.startsWith(branch.prefix)) {
      const child: Branch = childOf(branch, key);
      children.push(child);
      if (this.#spent >= budget) break;
      // A key that is the prefix itself has the longer ones after it, not beyond it.
      key = child.whole ? await this.#after(key) : await this.#next(child.prefix);
    }
    return children;
  }

  /** The first key beyond all that begin with the prefix. */
  #next(prefix: string): Promise<string | null> {
    return this.#after(prefix + afterAll);
  }

  async #after(key: string): Promise<string | null> {
    this.#spent += 1;
    const { versions } = await this.#list({ key, versionId: null }, 1);
    return versions[0]?.key ?? null;
  }
}

function childOf({ prefix }: Branch, key: string): Branch {
  const character = key.codePointAt(prefix.length);
  if (character === undefined) return { prefix: key, first: key, whole: true };
  return { prefix: prefix + String.fromCodePoint(character), first: key };
}
