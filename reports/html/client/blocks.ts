/** Opens the page's packed blocks. */
import type { RuleInfo, TopologyPair } from '../../../src/model/audit.ts';
import type { Finding } from '../../../src/model/finding.ts';
import { sparse } from '../dense.ts';
import { unpackFindings } from '../details.ts';
import type { Details } from '../details.ts';
import { unpackRows } from '../packing.ts';
import type { PackedRows, Row } from '../packing.ts';
import { Prints } from '../prints.ts';
import { makeIndex } from '../select.ts';
import type { Index } from '../select.ts';
import { unpackTable } from '../tables.ts';
import type { Table } from '../tables.ts';
import { breath } from './dom.ts';

/** What the page knows of the findings. */
export interface Store {
  readonly rows: readonly Row[];
  readonly prints: Prints;
  readonly index: Index;
  readonly rules: Readonly<Record<string, RuleInfo>>;
  /** The whole findings at these rows, each with its place among them; block by block, so that each is opened once. */
  readonly findings: (indices: readonly number[]) => AsyncIterable<readonly [Finding, number]>;
}

function blocks(kind: string): string[] {
  const found = document.querySelectorAll(`script[data-block="${kind}"]`);
  return Array.from(found, ({ textContent }) => textContent);
}

async function open(packed: string): Promise<unknown> {
  const stream = new Blob([sparse(packed)]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream).json();
}

/** Opens the rows; the details wait until they are asked for. */
export async function load(): Promise<Store> {
  const parts: Row[][] = [];
  const rows: Row[] = [];
  const prints = new Prints();
  const { index, add } = makeIndex(prints);
  const bytes = blocks('prints');
  for (const [part, packed] of blocks('rows').entries()) {
    // The blocks were made by this page's own report, of these types.
    const opened = (await open(packed)) as PackedRows & { readonly prints: number | readonly string[] };
    await breath();
    const more = unpackRows(opened);
    parts.push(more);
    rows.push(...more);
    await breath();
    add(more);
    prints.add(
      typeof opened.prints === 'number'
        ? { digits: opened.prints, bytes: sparse(bytes[part] ?? '') }
        : opened.prints,
    );
    await breath();
  }
  const [rules] = blocks('rules');
  return {
    rows,
    prints,
    index,
    rules: rules === undefined ? {} : ((await open(rules)) as Store['rules']),
    findings: reader(parts, prints),
  };
}

function reader(parts: readonly Row[][], prints: Prints): Store['findings'] {
  const details = blocks('details');
  const size = parts[0]?.length ?? 1;
  let last: { readonly part: number; readonly findings: readonly Finding[] } | null = null;
  const read = async (part: number): Promise<readonly Finding[]> => {
    if (last?.part === part) return last.findings;
    const opened = (await open(details[part] ?? '')) as Details;
    const print = (index: number): string => prints.at(part * size + index);
    last = { part, findings: unpackFindings(parts[part] ?? [], opened, print) };
    return last.findings;
  };
  return async function* (indices) {
    const places = [...indices.entries()].sort(([, a], [, b]) => a - b);
    for (const [place, index] of places) {
      const finding = (await read(Math.floor(index / size)))[index % size];
      if (finding !== undefined) yield [finding, place];
    }
  };
}

/** The routes of every edge of the topology. */
export async function loadPairs(): Promise<readonly (readonly TopologyPair[])[]> {
  const [packed] = blocks('pairs');
  if (packed === undefined) return [];
  const tables = (await open(packed)) as Table[];
  return tables.map((table) => unpackTable(table) as unknown as TopologyPair[]);
}
