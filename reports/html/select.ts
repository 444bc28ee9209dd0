/** Which findings are shown, and in which order: what the address of the page says. Pure; the client script draws it. */
import type { Row } from './packing.ts';
import type { Prints } from './prints.ts';
import type { Ranks } from './ranks.ts';
import { judgeOf } from './survey.ts';

export const facetNames = [
  'severity',
  'outcome',
  'change',
  'rule',
  'account',
  'region',
  'toAccount',
  'toRegion',
] as const;
export type FacetName = (typeof facetNames)[number];

export const sortKeys = ['severity', 'message', 'bucket', 'account', 'region'] as const;
export type SortKey = (typeof sortKeys)[number];

export interface Sort {
  readonly by: SortKey;
  readonly down: boolean;
}

export interface Selection {
  readonly query: string;
  /** The values let through; none lets all through. */
  readonly facets: Readonly<Record<FacetName, readonly string[]>>;
  /** Null: as the audit orders them, worst first. */
  readonly sort: Sort | null;
  /** The fingerprint of the finding that is open. */
  readonly finding: string | null;
}

/** How many findings each value of a facet would show, the other facets as they are. */
export type FacetCounts = Readonly<Record<FacetName, ReadonlyMap<string, number>>>;

export interface Selected {
  /** Indices of rows, in the order of the audit. */
  readonly rows: readonly number[];
  readonly counts: FacetCounts;
}

// Stands for "not known" in an address: no account, no Region.
const unknown = '?';

/** The row's value of a facet. */
export function facetValue(row: Row, name: FacetName): string {
  // The summary counts as errors what failed: what is not decided or waived would be one.
  if (name === 'severity' && (row.outcome === 'unknown' || row.waiver !== null))
    return `would-be-${row.severity}`;
  // What is waived failed all the same, but whoever looks for failures looks for those that nobody has taken on.
  if (name === 'outcome' && row.waiver !== null) return 'waived';
  return (name === 'rule' ? judgeOf(row) : row[name]) ?? unknown;
}

/** The address without its `#` → what it selects. What it does not know it passes over. */
export function parseAddress(address: string): Selection {
  const values = new URLSearchParams(address);
  return {
    query: values.get('q') ?? '',
    facets: byFacet((name) => values.getAll(name)),
    sort: parseSort(values.get('sort')),
    finding: values.get('finding'),
  };
}

function parseSort(text: string | null): Sort | null {
  const down = text?.startsWith('-') ?? false;
  const by = sortKeys.find((key) => key === (down ? text?.slice(1) : text));
  return by === undefined ? null : { by, down };
}

/** The reverse of `parseAddress`. */
export function address({ query, facets, sort, finding }: Selection): string {
  const values = new URLSearchParams();
  if (query !== '') values.set('q', query);
  for (const name of facetNames) for (const value of facets[name]) values.append(name, value);
  if (sort !== null) values.set('sort', `${sort.down ? '-' : ''}${sort.by}`);
  if (finding !== null) values.set('finding', finding);
  return values.toString();
}

/** An object with a value for each facet. */
function byFacet<T>(make: (name: FacetName) => T): Record<FacetName, T> {
  // fromEntries forgets the keys' type; they are all the facets.
  return Object.fromEntries(facetNames.map((name) => [name, make(name)])) as Record<FacetName, T>;
}

/** What a search looks through, in lower case. */
export function searchable(row: Row): string {
  const { message, bucket, destination, rule, account, accountName, region, policy } = row;
  const owner = row.waiver?.owner ?? null;
  return [message, bucket, destination, rule, account, accountName, region, policy, owner]
    .filter((text) => text !== null)
    .join('\n')
    .toLowerCase();
}

/** What selecting reads instead of the rows: built once, block by block. */
export interface Index {
  /** What is searched, row by row. */
  readonly texts: readonly string[];
  readonly facets: Readonly<Record<FacetName, Codes>>;
  /** Searched besides the texts: by how a fingerprint begins. */
  readonly prints: Pick<Prints, 'beginning'>;
}

/** A facet's values, and each row's place among them. */
interface Codes {
  readonly values: readonly string[];
  readonly at: readonly number[];
}

/** An index that grows by blocks of rows. */
export function makeIndex(prints: Index['prints']): {
  readonly index: Index;
  readonly add: (rows: readonly Row[]) => void;
} {
  const texts: string[] = [];
  const known = byFacet(() => ({
    places: new Map<string, number>(),
    values: [] as string[],
    at: [] as number[],
  }));
  const place = (name: FacetName, value: string): number => {
    const { places, values } = known[name];
    const found = places.get(value);
    if (found !== undefined) return found;
    places.set(value, values.length);
    return values.push(value) - 1;
  };
  return {
    index: { texts, facets: known, prints },
    add: (rows) => {
      for (const row of rows) {
        texts.push(searchable(row));
        for (const name of facetNames) known[name].at.push(place(name, facetValue(row, name)));
      }
    },
  };
}

/** Every word of the query must occur; every facet with values must have one of them. */
export function select(
  { texts, facets, prints }: Index,
  selection: Pick<Selection, 'query' | 'facets'>,
): Selected {
  const words = selection.query
    .toLowerCase()
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => ({ word, named: new Set(prints.beginning(word)) }));
  const wanted = facetNames
    .filter((name) => selection.facets[name].length > 0)
    .map((name) => ({
      at: facets[name].at,
      name,
      lets: facets[name].values.map(lets(selection.facets[name])),
    }));
  const found: number[] = [];
  // Kept out by one facet alone, which shows how many its other values would let through.
  const near = byFacet((): number[] => []);
  texts.forEach((text, index) => {
    if (!words.every(({ word, named }) => text.includes(word) || named.has(index))) return;
    let missed = 0;
    let by: FacetName | null = null;
    for (const { at, name, lets } of wanted)
      if (lets[at[index] ?? 0] !== true) {
        missed += 1;
        by = name;
      }
    if (by === null) found.push(index);
    else if (missed === 1) near[by].push(index);
  });
  return { rows: found, counts: byFacet((name) => counted(facets[name], [found, near[name]])) };
}

function lets(chosen: readonly string[]): (value: string) => boolean {
  const values = new Set(chosen);
  return (value) => values.has(value);
}

/** How many of the rows have each value; a facet after another, since its column is quickly gone through. */
function counted({ values, at }: Codes, rows: readonly (readonly number[])[]): Map<string, number> {
  const counts = new Uint32Array(values.length);
  for (const some of rows)
    for (const index of some) {
      const value = at[index] ?? 0;
      counts[value] = (counts[value] ?? 0) + 1;
    }
  return new Map(
    values.map((value, place) => [value, counts[place] ?? 0] as const).filter(([, number]) => number > 0),
  );
}

/** The rows in order: by counting, since ranks are small numbers. Equals stay in the order of the audit, whichever the direction. */
export function sorted(found: readonly number[], { of, size }: Ranks, down: boolean): number[] {
  const rank = (index: number): number => (down ? size - 1 - (of[index] ?? 0) : (of[index] ?? 0));
  const starts = new Uint32Array(size + 1);
  for (const index of found) starts[rank(index) + 1] = (starts[rank(index) + 1] ?? 0) + 1;
  for (let at = 1; at <= size; at += 1) starts[at] = (starts[at] ?? 0) + (starts[at - 1] ?? 0);
  const order = found.slice();
  for (const index of found) {
    const place = starts[rank(index)] ?? 0;
    order[place] = index;
    starts[rank(index)] = place + 1;
  }
  return order;
}
