/** Files of JSON lines, gzipped, written whole and then renamed: what stands under its final name is complete. */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';

/** A file of a snapshot or audit that cannot be trusted, or is not there. The message is a sentence for the user. */
export class UnreadableFile extends Error {
  constructor(path: string, why: string) {
    super(`Cannot read '${path}': ${why}`);
    this.name = 'UnreadableFile';
  }
}

/** Writes under another name first; only the owner may read it. */
export function writeWhole(path: string, content: string | Buffer): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const unfinished = `${path}.unfinished`;
  try {
    writeFileSync(unfinished, content, { mode: 0o600 });
    renameSync(unfinished, path);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  }
}

export function writeLines(path: string, lines: readonly object[]): void {
  writeWhole(path, gzipSync(lines.map((line) => `${JSON.stringify(line)}\n`).join(''), { level: 4 }));
}

/** The lines of a file, parsed one at a time. gzip's checksum vouches for every byte. */
export function* readLines(path: string): Generator {
  const text = unpacked(path);
  for (const [start, end] of placesIn(path, text)) yield parsed(path, text.slice(start, end));
}

/** The lines of a file, each parsed when it is asked for: what is kept of it is where it stands. */
export function* unreadLines(path: string, textOf: (path: string) => string): Generator<() => unknown> {
  for (const [start, end] of placesIn(path, textOf(path)))
    yield () => parsed(path, textOf(path).slice(start, end));
}

function* placesIn(path: string, text: string): Generator<readonly [start: number, end: number]> {
  for (let start = 0; start < text.length;) {
    const end = text.indexOf('\n', start);
    if (end < 0) throw new UnreadableFile(path, 'its last line is cut off.');
    yield [start, end];
    start = end + 1;
  }
}

/** Of how many files the text is kept: an account's own, and those of the accounts that it replicates into. */
const mostKept = 16;

/** Unpacks files when they are asked for; the last ones are kept, since neighbours ask for lines of the same. */
export function lastUnpacked(): (path: string) => string {
  const kept = new Map<string, string>();
  return (path) => {
    const text = kept.get(path) ?? unpacked(path);
    // What was asked for last stands last.
    kept.delete(path);
    kept.set(path, text);
    for (const oldest of kept.keys()) {
      if (kept.size <= mostKept) break;
      kept.delete(oldest);
    }
    return text;
  };
}

function unpacked(path: string): string {
  try {
    return gunzipSync(readFileSync(path)).toString('utf8');
  } catch (error) {
    throw new UnreadableFile(path, error instanceof Error ? error.message : String(error));
  }
}

export function parsed(path: string, line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new UnreadableFile(path, 'it holds a line that is not JSON.');
  }
}
