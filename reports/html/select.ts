/** Which findings are shown, and in which order: what the address of the page says. Pure; the client script draws it. */
import type { Row } from './packing.ts';
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
  /** Indices of rows, in order. */
  readonly rows: readonly number[];
  readonly counts: FacetCounts;
}

// Stands for "not known" in an address: no account, no Region.
const unknown = '?';

/** The row's value of a facet. */
export function facetValue(row: Row, name: FacetName): string {
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

function byFacet<T>(make: (name: FacetName) => T): Record<FacetName, T> {
  // fromEntries forgets the keys' type; they are all the facets.
  return Object.fromEntries(facetNames.map((name) => [name, make(name)])) as Record<FacetName, T>;
}

/** What a search looks through, in lower case. */
export function searchable(row: Row): string {
  const { message, bucket, destination, rule, account, accountName, region, policy, fingerprint } = row;
  const owner = row.waiver?.owner ?? null;
  return [message, bucket, destination, rule, account, accountName, region, policy, fingerprint, owner]
    .filter((text) => text !== null)
    .join('\n')
    .toLowerCase();
}

/** Every word of the query must occur; every facet with values must have one of them. */
export function select(rows: readonly Row[], texts: readonly string[], selection: Selection): Selected {
  const words = selection.query.toLowerCase().split(/\s+/).filter(Boolean);
  const wanted = facetNames.map((name) => ({ name, values: new Set(selection.facets[name]) }));
  const counts = byFacet(() => new Map<string, number>());
  const found: number[] = [];
  rows.forEach((row, index) => {
    const text = texts[index] ?? '';
    if (!words.every((word) => text.includes(word))) return;
    const against = wanted.filter(
      ({ name, values }) => values.size > 0 && !values.has(facetValue(row, name)),
    );
    if (against.length === 0) found.push(index);
    const [only, ...others] = against;
    if (others.length > 0) return;
    for (const name of only === undefined ? facetNames : [only.name]) {
      const value = facetValue(row, name);
      counts[name].set(value, (counts[name].get(value) ?? 0) + 1);
    }
  });
  return { rows: sorted(rows, found, selection.sort), counts };
}

const ranks: Readonly<Record<Row['severity'], number>> = { error: 0, warning: 1, note: 2 };

function sorted(rows: readonly Row[], found: number[], sort: Sort | null): number[] {
  if (sort === null) return found;
  const key = (index: number): string | number => {
    const row = rows[index];
    if (row === undefined) return '';
    return sort.by === 'severity' ? ranks[row.severity] : (row[sort.by] ?? '');
  };
  const sign = sort.down ? -1 : 1;
  return found
    .map((index) => ({ index, key: key(index) }))
    .sort((a, b) => (a.key < b.key ? -sign : a.key > b.key ? sign : a.index - b.index))
    .map(({ index }) => index);
}
