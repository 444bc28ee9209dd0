/**
 * An estate on disk:
 *
 *     snapshot/buckets/<account>.ndjson.gz   wave one: the account's buckets
 *     snapshot/ends/<account>.ndjson.gz      wave two: ends of routes, roles, objects
 *     snapshot/manifest.json                 last of all: what it is, and the accounts
 *
 * Shards write manifests of their own instead: shards.ts.
 */
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import {
  firstLine,
  parsed,
  readLines,
  StoredLines,
  UnreadableFile,
  writeLines,
  writeWhole,
} from './lines.ts';
import { packed, unpacked, type PackedLine } from './packed.ts';
import { sealed, unsealed } from './seal.ts';
import { headOf } from '../head.ts';
import type {
  AccountStatus,
  BucketLine,
  EndLine,
  Ends,
  Head,
  KnownBucket,
  Manifest,
  Snapshot,
} from '../model/estate.ts';

/** The version of the files; another is refused. */
export const snapshotFormat = 1;

/** The first line of a file of wave one: how the account's reading went, for a scan that is resumed. */
export interface AccountHeader {
  readonly kind: 'account';
  readonly format: number;
  readonly id: string;
  readonly configuration: string;
  readonly status: AccountStatus;
  /** Read with the caller's own credentials: the audit role is not there. */
  readonly own?: boolean;
}

/** The first line of a file of wave two: of what work it is the answer, for a scan that is resumed. */
interface EndsHeader {
  readonly kind: 'work';
  readonly format: number;
  /** SHA-256 of all that was to be read, and with what. */
  readonly work: string;
}

export type Wave = 'buckets' | 'ends';

/** An account's file of a wave. */
export const fileOf = (folder: string, wave: Wave, account: string): string =>
  join(folder, wave, `${account}.ndjson.gz`);

/** Takes away what an earlier scan left, so that none of it is read as this one's. */
export function clearSnapshot(folder: string): void {
  clearManifests(folder);
  for (const part of ['buckets', 'ends']) rmSync(join(folder, part), { recursive: true, force: true });
}

/** Of the scan as a whole, and of its shards. */
function clearManifests(folder: string): void {
  const names = existsSync(folder) ? readdirSync(folder) : [];
  for (const name of names.filter((one) => manifestName.test(one))) rmSync(join(folder, name));
}

const manifestName = /^(manifest|accounts|(buckets|ends)\.\d+-of-\d+)\.json$/;

/**
 * Keeps of an earlier scan what a resumed one goes on from: the files of wave one that the same configuration wrote of accounts
 * that are still to be read. An account that was left out since must not be judged by what is left of it. Gives the
 * number of those that are to be read and whose file is another configuration's or version's, or damaged.
 */
export function keepFinished(folder: string, accounts: readonly string[], configuration: string): number {
  clearManifests(folder);
  let dropped = 0;
  const kept = new Set(accounts.map((account) => fileOf(folder, 'buckets', account)));
  for (const path of files(folder, 'buckets')) {
    const account = basename(path, '.ndjson.gz');
    if (kept.has(path) && finishedAccount(folder, account, configuration) !== null) continue;
    rmSync(path);
    if (kept.has(path)) dropped += 1;
  }
  return dropped;
}

/** Takes away wave two's files of accounts in which nothing is left to be read. */
export function keepEnds(folder: string, accounts: readonly string[]): void {
  const kept = new Set(accounts.map((account) => fileOf(folder, 'ends', account)));
  for (const path of files(folder, 'ends')) if (!kept.has(path)) rmSync(path);
}

export function writeBuckets(folder: string, header: AccountHeader, buckets: readonly BucketLine[]): void {
  const lines = buckets.map((line) => ({ head: line.name, body: packed(line) }));
  writeLines(fileOf(folder, 'buckets', header.id), header, lines);
}

export function writeEnds(folder: string, account: string, lines: readonly EndLine[], work = ''): void {
  const header: EndsHeader = { kind: 'work', format: snapshotFormat, work };
  const written = lines.map((line) => ({ head: headOf(line), body: packed(line) }));
  writeLines(fileOf(folder, 'ends', account), header, written);
}

/** Whether wave two's file of an account holds the answer of this work, whole. */
export function finishedEnds(folder: string, account: string, work: string): boolean {
  const path = fileOf(folder, 'ends', account);
  if (!existsSync(path)) return false;
  try {
    const first = firstLine(path);
    return isEndsHeader(first) && first.format === snapshotFormat && first.work === work;
  } catch (error) {
    if (error instanceof UnreadableFile) return false;
    throw error;
  }
}

function isEndsHeader(line: unknown): line is EndsHeader {
  return typeof line === 'object' && line !== null && 'kind' in line && line.kind === 'work';
}

export function writeManifest(folder: string, manifest: Manifest): void {
  writeWhole(join(folder, 'manifest.json'), sealed(manifest));
}

/** The header of an account's file, or null where there is none that this version and configuration wrote. */
export function finishedAccount(
  folder: string,
  account: string,
  configuration: string,
): AccountHeader | null {
  const path = fileOf(folder, 'buckets', account);
  if (!existsSync(path)) return null;
  try {
    const first = firstLine(path);
    return isHeader(first) && first.format === snapshotFormat && first.configuration === configuration
      ? first
      : null;
  } catch (error) {
    // A damaged file is as good as none: the account is read again.
    if (error instanceof UnreadableFile) return null;
    throw error;
  }
}

function isHeader(line: unknown): line is AccountHeader {
  return typeof line === 'object' && line !== null && 'kind' in line && line.kind === 'account';
}

/** Wave one's buckets of every account, in the order of account ids, then of names; or those of one account. */
export function readBuckets(folder: string, account?: string, known?: KnownBucket): Generator<BucketLine> {
  const paths = account === undefined ? files(folder, 'buckets') : [fileOf(folder, 'buckets', account)];
  return bucketsIn(paths, known);
}

/** The buckets in files of wave one. */
export function* bucketsIn(paths: readonly string[], known?: KnownBucket): Generator<BucketLine> {
  // What this version wrote, checked by gzip's checksum, is of this version's types; the head is the bucket's name.
  const instead = known && ((name: unknown): BucketLine | undefined => known(name as string));
  for (const path of paths) yield* readLines(path, bucketOf, instead);
}

/** The lines in files of wave two. */
export function endsIn(paths: readonly string[]): Ends {
  // As above.
  const check = (path: string, first: unknown): void => {
    if (!isEndsHeader(first)) throw new UnreadableFile(path, 'it does not say what it is the answer of.');
  };
  return new StoredLines<EndLine, Head>(paths, check, lineOf);
}

/** As above. */
function lineOf(body: unknown): EndLine {
  return unpacked(body as PackedLine);
}

/** In wave one there are no others. */
function bucketOf(body: unknown): BucketLine {
  return lineOf(body) as BucketLine;
}

/** All files of a wave. */
export function files(folder: string, wave: Wave): readonly string[] {
  const at = join(folder, wave);
  if (!existsSync(at)) return [];
  const names = readdirSync(at).filter((name) => name.endsWith('.ndjson.gz'));
  return names.sort().map((name) => join(at, name));
}

/** Opens a finished snapshot; throws {@link UnreadableFile} where it is none, or of another version. */
export function openSnapshot(folder: string): Snapshot {
  const path = join(folder, 'manifest.json');
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new UnreadableFile(path, `'${folder}' holds no finished snapshot; 'replint collect' writes one.`);
  }
  if (!isOfFormat(parsed(path, text))) throw otherFormat(path);
  // The seal vouches for the rest.
  const manifest = unsealed(path, text) as Manifest;
  for (const { id, status } of manifest.organization.accounts) {
    const file = fileOf(folder, 'buckets', id);
    if (status === 'scanned' && !existsSync(file)) {
      throw new UnreadableFile(file, 'it is not there, and the manifest says that the account was scanned.');
    }
  }
  return {
    manifest,
    buckets: (known) => readBuckets(folder, undefined, known),
    ends: () => endsIn(files(folder, 'ends')),
  };
}

export function isOfFormat(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'format' in value && value.format === snapshotFormat;
}

export function otherFormat(path: string): UnreadableFile {
  return new UnreadableFile(path, `it is no snapshot of format ${snapshotFormat}, which this version reads.`);
}
