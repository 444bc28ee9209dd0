/** Writes an audit: its findings, worst first, and `audit.json`, last of all. */
import {
  appendFileSync,
  closeSync,
  copyFileSync,
  existsSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { findingFiles } from './read.ts';
import type { Audit } from '../model/audit.ts';
import { severities, type Finding } from '../model/finding.ts';
import { writeWhole } from '../snapshot/lines.ts';

/** Characters that are gathered before they are written. */
const enough = 1 << 20;

/** Names of the files in which findings wait, worst first. What is waived comes last: nobody need look at it first. */
const kinds = [
  ...severities.flatMap((severity) => [`${severity}-fail`, `${severity}-unknown`]),
  ...severities.map((severity) => `${severity}-waived`),
];

function kindOf({ severity, outcome, waiver }: Finding): string {
  return `${severity}-${waiver ? 'waived' : outcome}`;
}

/**
 * Findings come in the order of accounts and leave in the order of severity, failures before unknowns: a file a kind, put
 * one after the other at the end, so that memory does not grow with them.
 */
class SortedFile {
  readonly #path: string;
  readonly #waiting = new Map(kinds.map((kind) => [kind, '']));

  constructor(path: string) {
    this.#path = path;
    this.#remove();
  }

  add(finding: Finding): void {
    const kind = kindOf(finding);
    const waiting = `${this.#waiting.get(kind) ?? ''}${JSON.stringify(finding)}\n`;
    this.#waiting.set(kind, waiting);
    if (waiting.length > enough) this.#flush(kind);
  }

  /** Puts the file under its final name. */
  finish(): void {
    for (const kind of kinds) this.#flush(kind);
    const unfinished = `${this.#path}.unfinished`;
    const to = openSync(unfinished, 'w', 0o600);
    for (const kind of kinds) append(to, this.#part(kind));
    closeSync(to);
    renameSync(unfinished, this.#path);
    this.#remove();
  }

  #part(kind: string): string {
    return `${this.#path}.${kind}.unfinished`;
  }

  #flush(kind: string): void {
    appendFileSync(this.#part(kind), this.#waiting.get(kind) ?? '', { mode: 0o600 });
    this.#waiting.set(kind, '');
  }

  #remove(): void {
    for (const kind of kinds) rmSync(this.#part(kind), { force: true });
  }
}

/** An audit's own findings, and where it was held against a baseline, beside them those that are resolved or carried. */
export class FindingsFile {
  readonly #folder: string;
  readonly #own: SortedFile;
  readonly #besides: Readonly<Record<'resolved' | 'carried', SortedFile>> | null;

  constructor(folder: string, { compared }: { readonly compared: boolean } = { compared: false }) {
    const file = (name: keyof typeof findingFiles): SortedFile =>
      new SortedFile(join(folder, findingFiles[name]));
    this.#folder = folder;
    this.#own = file('findings');
    this.#besides = compared ? { resolved: file('resolved'), carried: file('carried') } : null;
  }

  add(finding: Finding): void {
    const { change } = finding;
    const besides = change === 'resolved' || change === 'carried' ? this.#besides?.[change] : undefined;
    (besides ?? this.#own).add(finding);
  }

  /** Puts the files under their final names. */
  finish(): void {
    this.#own.finish();
    for (const name of ['resolved', 'carried'] as const) {
      if (this.#besides) this.#besides[name].finish();
      // Those of an earlier audit in this folder say nothing of this one.
      else rmSync(join(this.#folder, findingFiles[name]), { force: true });
    }
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
  for (const name of [...Object.values(findingFiles), 'audit.json']) {
    if (!existsSync(join(from, name))) {
      rmSync(join(to, name), { force: true });
      continue;
    }
    const unfinished = join(to, `${name}.unfinished`);
    copyFileSync(join(from, name), unfinished);
    renameSync(unfinished, join(to, name));
  }
}

export function writeAudit(folder: string, audit: Audit): void {
  writeWhole(join(folder, 'audit.json'), `${JSON.stringify(audit, null, 2)}\n`);
}
