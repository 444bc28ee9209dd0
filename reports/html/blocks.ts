/** The inert blocks in which findings travel, in script elements that no browser runs: bytes as text, most of them gzip. */
import { gzip, gzipSync } from 'node:zlib';
import { promisify } from 'node:util';
import type { Topology } from '../../src/model/audit.ts';
import type { Finding } from '../../src/model/finding.ts';
import { dense } from './dense.ts';
import { packDetails } from './details.ts';
import { blockOf, packRows } from './packing.ts';
import { packPrints } from './prints.ts';
import { packTable } from './tables.ts';

// Small enough to hold in memory, large enough for the dictionaries to pay.
const findingsInABlock = 4000;

// The tenth byte of gzip's header names the operating system that packed: 255 is "unknown", the same everywhere. RFC 1952.
const operatingSystem = 9;

const level = { level: 9 };
const zip = promisify<string, typeof level, Buffer>(gzip);

function plain(packed: Buffer): Buffer {
  packed[operatingSystem] = 255;
  return packed;
}

/** A value as gzip. */
export function squeeze(value: unknown): Buffer {
  return plain(gzipSync(JSON.stringify(value), level));
}

function block(kind: string, bytes: Uint8Array): string {
  return `<script type="application/octet-stream" data-block="${kind}">${dense(bytes)}</script>\n`;
}

/**
 * Findings as they are read, packed block by block: what is kept of each is some forty bytes, so that they need not be read
 * again once all of them are known. A thread of its own compresses a block while the next is filled.
 */
export class FindingBlocks {
  #waiting: Finding[] = [];
  readonly #packed: Promise<string>[] = [];

  async add(finding: Finding): Promise<void> {
    this.#waiting.push(finding);
    if (this.#waiting.length < findingsInABlock) return;
    // One at a time: more would be in memory unpacked.
    await this.#packed.at(-1);
    this.#pack();
  }

  /** The blocks, once all findings are there. */
  async *texts(): AsyncIterable<string> {
    if (this.#waiting.length > 0) this.#pack();
    for (const packed of this.#packed) yield await packed;
  }

  #pack(): void {
    this.#packed.push(zipped(unzipped(this.#waiting)));
    this.#waiting = [];
  }
}

/** A block's text before it is compressed; the findings need not stay for that. */
interface Unzipped {
  readonly rows: string;
  readonly prints: Uint8Array;
  readonly details: string;
}

function unzipped(findings: readonly Finding[]): Unzipped {
  const of = blockOf(findings);
  const prints = packPrints(findings.map(({ fingerprint }) => fingerprint));
  const [form, bytes] = 'digits' in prints ? [prints.digits, prints.bytes] : [prints, new Uint8Array()];
  return {
    rows: JSON.stringify({ ...packRows(of), prints: form }),
    prints: bytes,
    details: JSON.stringify(packDetails(of)),
  };
}

async function zipped({ rows, prints, details }: Unzipped): Promise<string> {
  const [packedRows, packedDetails] = await Promise.all([zip(rows, level), zip(details, level)]);
  return [
    block('rows', plain(packedRows)),
    block('prints', prints),
    block('details', plain(packedDetails)),
  ].join('');
}

/** The topology's routes one by one, an edge a table, in the order of its edges. */
export function pairsBlock(topology: Topology): string {
  return block('pairs', squeeze(topology.edges.map(({ pairs }) => packTable(pairs))));
}

/** What the page says of its rules. */
export function rulesBlock(rules: object): string {
  return block('rules', squeeze(rules));
}
