/** Opens the page's packed blocks. */
import type { RuleInfo, TopologyPair } from '../../../src/model/audit.ts';
import type { Finding } from '../../../src/model/finding.ts';
import { breath } from './dom.ts';
import { unpackFindings, unpackRows } from '../packing.ts';
import type { Details, Row } from '../packing.ts';
import { makeIndex } from '../select.ts';
import type { Index } from '../select.ts';
import { unpackTable } from '../tables.ts';
import type { Table } from '../tables.ts';

/** What the page knows of the findings. */
export interface Store {
  readonly rows: readonly Row[];
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
  const characters = atob(packed);
  const bytes = new Uint8Array(characters.length);
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = characters.charCodeAt(at);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream).json();
}

/** Opens the rows; the details wait until they are asked for. */
export async function load(): Promise<Store> {
  const parts: Row[][] = [];
  const { index, add } = makeIndex();
  for (const packed of blocks('rows')) {
    // The blocks were made by this page's own report, of these types.
    const rows = unpackRows((await open(packed)) as Table);
    parts.push(rows);
    add(rows);
    await breath();
  }
  const rules = JSON.parse(document.getElementById('rules-data')?.textContent ?? '{}') as Store['rules'];
  return { rows: parts.flat(), index, rules, findings: reader(parts) };
}

function reader(parts: readonly Row[][]): Store['findings'] {
  const details = blocks('details');
  let last: { readonly part: number; readonly findings: readonly Finding[] } | null = null;
  const read = async (part: number): Promise<readonly Finding[]> => {
    if (last?.part === part) return last.findings;
    const opened = (await open(details[part] ?? '')) as Details;
    last = { part, findings: unpackFindings(parts[part] ?? [], opened) };
    return last.findings;
  };
  const size = parts[0]?.length ?? 1;
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
