/** Files of JSON lines, gzipped, written whole and then renamed: what stands under its final name is complete. */
import { isAscii } from 'node:buffer';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { Recent } from '../recent.ts';

/** A file of a snapshot or audit that cannot be trusted, or is not there. The message is a sentence for the user. */
export class UnreadableFile extends Error {
  constructor(path: string, why: string) {
    super(`Cannot read '${path}': ${why}`);
    this.name = 'UnreadableFile';
  }
}

/** Makes a folder and those above it. Where the working directory is gone Node would try a relative path for ever. */
export function makeFolder(path: string, mode?: number): void {
  mkdirSync(resolve(path), { recursive: true, mode });
}

/** Writes under another name first; only the owner may read it. */
export function writeWhole(path: string, content: string | Buffer): void {
  makeFolder(dirname(path), 0o700);
  const unfinished = `${path}.unfinished`;
  try {
    writeFileSync(unfinished, content, { mode: 0o600 });
    renameSync(unfinished, path);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  }
}

/** A line as it is written: JSON of its head, which a reader may take for enough, a tab, which no JSON on one line holds, and its body. */
export interface Written {
  readonly head: unknown;
  readonly body: unknown;
}

/** Writes a file's own first line, which has no head, and then the others. */
export function writeLines(path: string, first: object, lines: readonly Written[]): void {
  const texts = lines.map(({ head, body }) => `${JSON.stringify(head)}\t${JSON.stringify(body)}\n`);
  writeWhole(path, gzipSync(`${JSON.stringify(first)}\n${texts.join('')}`, { level: 4 }));
}

/** The first line of a file, which is sound to the last byte. gzip's checksum vouches for it. */
export function firstLine(path: string): unknown {
  const file = unpacked(path);
  return firstOf(path, file, placesIn(path, file));
}

/** The lines of a file after the first, read one at a time; of one whose head says enough, what `instead` makes of the head. */
export function* readLines<T>(
  path: string,
  lineOf: (body: unknown) => T,
  instead?: (head: unknown) => T | undefined,
): Generator<T> {
  const file = unpacked(path);
  const places = placesIn(path, file);
  firstOf(path, file, places);
  for (const [start, end] of places) {
    const head = tabIn(path, file, start, end);
    const other = instead?.(jsonIn(path, file, start, head));
    yield other ?? lineOf(jsonIn(path, file, head + 1, end));
  }
}

/** Numbers for a place: its file, and where it begins and ends in there. */
const perPlace = 3;

/**
 * The lines of files. Whoever goes through their heads gets a line where it asks for it, then or later: what is kept of it is where
 * it stands.
 */
export class StoredLines<T, H> implements Iterable<T> {
  readonly #paths: readonly string[];
  readonly #check: (path: string, first: unknown) => void;
  readonly #lineOf: (body: unknown) => T;
  /** Neighbours ask for lines of the same files. */
  readonly #files = new Recent<string, Unpacked>(mostKept);
  /** Packed, since there may be millions. */
  #places = new Uint32Array(perPlace * 256);

  /** `check` is given the first line of each file, and throws where it is another's. */
  constructor(
    paths: readonly string[],
    check: (path: string, first: unknown) => void,
    lineOf: (body: unknown) => T,
  ) {
    this.#paths = paths;
    this.#check = check;
    this.#lineOf = lineOf;
  }

  /** The heads of all lines. */
  *heads(): Generator<H> {
    let count = 0;
    for (const [at, path] of this.#paths.entries()) {
      const file = this.#files.of(path, unpacked);
      const places = placesIn(path, file);
      this.#check(path, firstOf(path, file, places));
      for (const [start, end] of places) {
        const head = tabIn(path, file, start, end);
        this.#put(count, [at, head + 1, end]);
        count += 1;
        yield jsonIn(path, file, start, head) as H;
      }
    }
  }

  *[Symbol.iterator](): Generator<T> {
    const heads = this.heads();
    for (let at = 0; heads.next().done !== true; at += 1) yield this.again(at);
  }

  /** The line whose head came so many after the first. */
  again(at: number): T {
    const places = this.#places;
    const path = this.#paths[places[at * perPlace] ?? 0] ?? '';
    const start = places[at * perPlace + 1] ?? 0;
    const end = places[at * perPlace + 2] ?? 0;
    return this.#lineOf(jsonIn(path, this.#files.of(path, unpacked), start, end));
  }

  #put(at: number, place: readonly number[]): void {
    if ((at + 1) * perPlace > this.#places.length) {
      const larger = new Uint32Array(this.#places.length * 2);
      larger.set(this.#places);
      this.#places = larger;
    }
    this.#places.set(place, at * perPlace);
  }
}

const tab = 9;
const lineFeed = 10;

function* placesIn(path: string, { bytes }: Unpacked): Generator<readonly [start: number, end: number]> {
  for (let start = 0; start < bytes.length;) {
    const end = bytes.indexOf(lineFeed, start);
    if (end < 0) throw new UnreadableFile(path, 'its last line is cut off.');
    yield [start, end];
    start = end + 1;
  }
}

/** The next place's JSON: of a file's own first line, which has no head. */
function firstOf(
  path: string,
  file: Unpacked,
  places: Iterator<readonly [start: number, end: number]>,
): unknown {
  const first = places.next();
  return first.done === true ? null : jsonIn(path, file, ...first.value);
}

function tabIn(path: string, { bytes }: Unpacked, start: number, end: number): number {
  const at = bytes.indexOf(tab, start);
  if (at < 0 || at > end) throw new UnreadableFile(path, 'a line in it has no head.');
  return at;
}

function jsonIn(path: string, { bytes, encoding }: Unpacked, start: number, end: number): unknown {
  return parsed(path, bytes.toString(encoding, start, end));
}

/** Of about how many files the bytes are kept: an account's own, and those of the accounts that it replicates into. */
const mostKept = 8;

/** A file's bytes and no text: those stand beside the heap, where no collection of garbage moves them about. */
interface Unpacked {
  readonly bytes: Buffer;
  /** What is all ASCII is read sooner as Latin 1, which is the same then. */
  readonly encoding: 'latin1' | 'utf8';
}

function unpacked(path: string): Unpacked {
  try {
    const packed = readFileSync(path);
    const bytes = gunzipSync(packed, { chunkSize: sizeOf(packed) });
    return { bytes, encoding: isAscii(bytes) ? 'latin1' : 'utf8' };
  } catch (error) {
    throw new UnreadableFile(path, error instanceof Error ? error.message : String(error));
  }
}

/** Unpacked in one piece: gzip's last four bytes say how long it is, and no more than how large a piece to begin with hangs on that. */
function sizeOf(packed: Buffer): number {
  const told = packed.length < 4 ? 0 : packed.readUInt32LE(packed.length - 4);
  return Math.min(Math.max(told + 1, 1 << 14), 1 << 24);
}

export function parsed(path: string, line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new UnreadableFile(path, 'it holds a line that is not JSON.');
  }
}
