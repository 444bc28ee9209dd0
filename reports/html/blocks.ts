/** The inert blocks in which findings travel: gzip in base64, in script elements that no browser runs. */
import { gzipSync } from 'node:zlib';
import type { Topology } from '../../src/model/audit.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { Findings } from '../format.ts';
import { packDetails, packRows } from './packing.ts';
import { packTable } from './tables.ts';

// Small enough to hold in memory, large enough for the dictionaries to pay.
const findingsInABlock = 4000;

// The tenth byte of gzip's header names the operating system that packed: 255 is "unknown", the same everywhere. RFC 1952.
const operatingSystem = 9;

/** A value as gzip in base64. */
export function squeeze(value: unknown): string {
  const packed = gzipSync(JSON.stringify(value), { level: 9 });
  packed[operatingSystem] = 255;
  return packed.toString('base64');
}

function block(kind: string, value: unknown): string {
  return `<script type="application/octet-stream" data-block="${kind}">${squeeze(value)}</script>\n`;
}

/** Every finding, in blocks; a block is in memory at a time. */
export async function* findingBlocks(findings: Findings): AsyncIterable<string> {
  let waiting: Finding[] = [];
  for await (const finding of findings()) {
    waiting.push(finding);
    if (waiting.length < findingsInABlock) continue;
    yield* blocksOf(waiting);
    waiting = [];
  }
  if (waiting.length > 0) yield* blocksOf(waiting);
}

function* blocksOf(findings: readonly Finding[]): Iterable<string> {
  yield block('rows', packRows(findings));
  yield block('details', packDetails(findings));
}

/** The topology's routes one by one, an edge a table, in the order of its edges. */
export function pairsBlock(topology: Topology): string {
  return block(
    'pairs',
    topology.edges.map(({ pairs }) => packTable(pairs)),
  );
}

/** JSON inside HTML: no character that could end the element or a line of an older JavaScript, and none that cannot be seen. */
export function jsonBlock(id: string, value: unknown): string {
  const text = JSON.stringify(value).replace(/[<\p{Cf}\p{Zl}\p{Zp}]/gu, escaped);
  return `<script type="application/json" id="${id}">${text}</script>\n`;
}

// UTF-16 unit by unit, as JSON wants it: a character may have two.
function escaped(character: string): string {
  return Array.from(
    { length: character.length },
    (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`,
  ).join('');
}
