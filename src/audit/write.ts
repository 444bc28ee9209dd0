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

/** Characters that are gathered before they are written. */
const enough = 1 << 20;

/**
 * Findings come in the order of accounts and leave in the order of severity, failures before unknowns: a file a kind, put
 * one after the other at the end, so that memory does not grow with them.
 */
export class FindingsFile {
  readonly #path: string;
  readonly #kinds = severities.flatMap((severity) =>
    (['fail', 'unknown'] as const).map((outcome) => ({
      severity,
      outcome,
      name: `${severity}-${outcome}`,
      waiting: '',
    })),
  );

  constructor(folder: string) {
    this.#path = join(folder, 'findings.ndjson');
    this.#remove();
  }

  add(finding: Finding): void {
    const { severity, outcome } = finding;
    const kind = this.#kinds.find((one) => one.severity === severity && one.outcome === outcome);
    if (!kind) return;
    kind.waiting += `${JSON.stringify(finding)}\n`;
    if (kind.waiting.length > enough) this.#flush(kind);
  }

  /** Puts the file under its final name. */
  finish(): void {
    for (const kind of this.#kinds) this.#flush(kind);
    const unfinished = `${this.#path}.unfinished`;
    const to = openSync(unfinished, 'w', 0o600);
    for (const { name } of this.#kinds) append(to, this.#part(name));
    closeSync(to);
    renameSync(unfinished, this.#path);
    this.#remove();
  }

  #part(name: string): string {
    return `${this.#path}.${name}.unfinished`;
  }

  #flush(kind: { readonly name: string; waiting: string }): void {
    appendFileSync(this.#part(kind.name), kind.waiting, { mode: 0o600 });
    kind.waiting = '';
  }

  #remove(): void {
    for (const { name } of this.#kinds) rmSync(this.#part(name), { force: true });
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
