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
import { severities, type Finding, type Severity } from '../model/finding.ts';
import { writeWhole } from '../snapshot/lines.ts';

/** Bytes that are gathered before they are written. */
const enough = 1 << 18;

/** No UTF-16 unit takes more bytes of UTF-8. */
const mostBytes = 3;

type Fate = Finding['outcome'] | 'waived';

/** Findings of one kind. Those that wait do so as bytes: texts would be moved about by each collection of garbage. */
interface Kind {
  readonly name: string;
  readonly waiting: Buffer;
  length: number;
}

/** What waits to be written, worst first. What is waived comes last: nobody need look at it first. */
function kindsOf(): ReadonlyMap<string, Kind> {
  const of = (...fates: readonly Fate[]): readonly string[] =>
    severities.flatMap((severity) => fates.map((fate) => nameOf(severity, fate)));
  return new Map(
    [...of('fail', 'unknown'), ...of('waived')].map((name): [string, Kind] => [
      name,
      { name, waiting: Buffer.allocUnsafeSlow(enough), length: 0 },
    ]),
  );
}

function nameOf(severity: Severity, fate: Fate): string {
  return `${severity}-${fate}`;
}

/**
 * Findings come in the order of accounts and leave in the order of severity, failures before unknowns: a file a kind, put
 * one after the other at the end, so that memory does not grow with them.
 */
class SortedFile {
  readonly #path: string;
  readonly #kinds = kindsOf();

  constructor(path: string) {
    this.#path = path;
    this.#remove();
  }

  add(finding: Finding): void {
    const { severity, outcome, waiver } = finding;
    const kind = this.#kinds.get(nameOf(severity, waiver ? 'waived' : outcome));
    if (!kind) return;
    const text = `${JSON.stringify(finding)}\n`;
    const most = text.length * mostBytes;
    if (kind.length + most > enough) this.#flush(kind);
    if (most > enough) appendFileSync(this.#part(kind), text, { mode: 0o600 });
    else kind.length += kind.waiting.write(text, kind.length);
  }

  /** Puts the file under its final name. */
  finish(): void {
    for (const kind of this.#kinds.values()) this.#flush(kind);
    const unfinished = `${this.#path}.unfinished`;
    const to = openSync(unfinished, 'w', 0o600);
    for (const kind of this.#kinds.values()) append(to, this.#part(kind));
    closeSync(to);
    renameSync(unfinished, this.#path);
    this.#remove();
  }

  #part({ name }: Kind): string {
    return `${this.#path}.${name}.unfinished`;
  }

  #flush(kind: Kind): void {
    appendFileSync(this.#part(kind), kind.waiting.subarray(0, kind.length), { mode: 0o600 });
    kind.length = 0;
  }

  #remove(): void {
    for (const kind of this.#kinds.values()) rmSync(this.#part(kind), { force: true });
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
