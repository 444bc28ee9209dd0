/** The inert blocks in which findings travel, in script elements that no browser runs: bytes as text, most of them gzip. */
import { gzip, gzipSync } from 'node:zlib';
import { promisify } from 'node:util';
import type { Topology } from '../../src/model/audit.ts';
import type { Finding } from '../../src/model/finding.ts';
import { dense } from './dense.ts';
import { DetailsPacker } from './details.ts';
import { RowsPacker } from './packing.ts';
import { Places } from './places.ts';
import { packPrints } from './prints.ts';
import { packTable } from './tables.ts';

// Small enough to open at once, large enough for the dictionaries to pay.
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
 * Findings, packed as they are read: what is kept of each is some thirty bytes, so that they need not be read again once all of them
 * are known. Threads compress a block while the next is filled.
 */
export class FindingBlocks {
  #block = new Block();
  readonly #zipped: Promise<string>[] = [];

  async add(finding: Finding): Promise<void> {
    this.#block.add(finding);
    if (this.#block.size < findingsInABlock) return;
    // One at a time: more would be in memory before they are compressed.
    await this.#zipped.at(-1);
    this.#zip();
  }

  /** The blocks, once all findings are there. */
  async *texts(): AsyncIterable<string> {
    if (this.#block.size > 0) this.#zip();
    for (const zipped of this.#zipped) yield await zipped;
  }

  #zip(): void {
    this.#zipped.push(zipped(this.#block.pack()));
    this.#block = new Block();
  }
}

/** A block before it is compressed. */
interface Packed {
  readonly rows: string;
  readonly prints: Uint8Array;
  readonly details: string;
}

/** Findings that are packed together. */
class Block {
  readonly #places = new Places();
  readonly #rows = new RowsPacker();
  readonly #details = new DetailsPacker();
  readonly #prints: string[] = [];

  get size(): number {
    return this.#prints.length;
  }

  add(finding: Finding): void {
    const placed = this.#places.placed(finding);
    this.#rows.add(finding, placed);
    this.#details.add(finding, placed.mask);
    this.#prints.push(finding.fingerprint);
  }

  pack(): Packed {
    const prints = packPrints(this.#prints);
    const [form, bytes] = 'digits' in prints ? [prints.digits, prints.bytes] : [prints, new Uint8Array()];
    return {
      rows: JSON.stringify({ ...this.#rows.pack(this.#places), prints: form }),
      prints: bytes,
      details: JSON.stringify(this.#details.pack()),
    };
  }
}

async function zipped({ rows, prints, details }: Packed): Promise<string> {
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
