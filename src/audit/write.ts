/** Writes an audit: `findings.ndjson`, worst first, and `audit.json`, last of all. */
import {
  appendFileSync,
  closeSync,
  copyFileSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Audit } from '../model/audit.ts';
import { severities, type Finding } from '../model/finding.ts';
import { writeWhole } from '../snapshot/lines.ts';

/** Bytes that are gathered before they are written. */
const enough = 1 << 18;

/** No UTF-16 unit takes more bytes of UTF-8. */
const mostBytes = 3;

/** Findings of one kind. Those that wait do so as bytes: texts would be moved about by each collection of garbage. */
interface Kind {
  readonly name: string;
  readonly waiting: Buffer;
  length: number;
}

/**
 * Findings come in the order of accounts and leave in the order of severity, failures before unknowns: a file a kind, put
 * one after the other at the end, so that memory does not grow with them.
 */
export class FindingsFile {
  readonly #path: string;
  readonly #kinds = new Map(
    severities.flatMap((severity) =>
      (['fail', 'unknown'] as const).map((outcome): [string, Kind] => {
        const name = `${severity}-${outcome}`;
        return [name, { name, waiting: Buffer.allocUnsafeSlow(enough), length: 0 }];
      }),
    ),
  );

  constructor(folder: string) {
    this.#path = join(folder, 'findings.ndjson');
    this.#remove();
  }

  add(finding: Finding): void {
    const kind = this.#kinds.get(`${finding.severity}-${finding.outcome}`);
    if (!kind) return;
    const text = `${JSON.stringify(finding)}\n`;
    const most = text.length * mostBytes;
    if (kind.length + most > enough) this.#flush(kind);
    if (most > enough) appendFileSync(this.#part(kind.name), text, { mode: 0o600 });
    else kind.length += kind.waiting.write(text, kind.length);
  }

  /** Puts the file under its final name. */
  finish(): void {
    for (const kind of this.#kinds.values()) this.#flush(kind);
    const unfinished = `${this.#path}.unfinished`;
    const to = openSync(unfinished, 'w', 0o600);
    for (const name of this.#kinds.keys()) append(to, this.#part(name));
    closeSync(to);
    renameSync(unfinished, this.#path);
    this.#remove();
  }

  #part(name: string): string {
    return `${this.#path}.${name}.unfinished`;
  }

  #flush(kind: Kind): void {
    appendFileSync(this.#part(kind.name), kind.waiting.subarray(0, kind.length), { mode: 0o600 });
    kind.length = 0;
  }

  #remove(): void {
    for (const name of this.#kinds.keys()) rmSync(this.#part(name), { force: true });
  }
}

function append(to: number, path: string): void {
  const from = openSync(path, 'r');
  const buffer = Buffer.alloc(enough);
  for (let read = readSync(from, buffer); read > 0; read = readSync(from, buffer)) {
    // writeSync may write less than it is given, on a disk that fills up; this goes on until all is written.
    writeFileSync(to, buffer.subarray(0, read));
  }
  closeSync(from);
}

/** Puts an audit into another folder too. */
export function copyAudit(from: string, to: string): void {
  for (const name of ['findings.ndjson', 'audit.json']) {
    const unfinished = join(to, `${name}.unfinished`);
    copyFileSync(join(from, name), unfinished);
    renameSync(unfinished, join(to, name));
  }
}

export function writeAudit(folder: string, audit: Audit): void {
  writeWhole(join(folder, 'audit.json'), `${JSON.stringify(audit, null, 2)}\n`);
}
