/**
 * An estate on disk:
 *
 *     snapshot/buckets/<account>.ndjson.gz   wave one: the account's buckets
 *     snapshot/ends/<account>.ndjson.gz      wave two: ends of routes, roles, objects
 *     snapshot/manifest.json                 last of all: what it is, and the accounts
 */
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import {
  lastUnpacked,
  parsed,
  readLines,
  unreadLines,
  UnreadableFile,
  writeLines,
  writeWhole,
} from './lines.ts';
import type { AccountStatus, BucketLine, EndLine, Manifest, Snapshot } from '../model/estate.ts';

/** The version of the files; another is refused. */
export const snapshotFormat = 1;

/** The first line of a file of wave one: how the account's reading went, for a scan that is resumed. */
export interface AccountHeader {
  readonly kind: 'account';
  readonly format: number;
  readonly id: string;
  readonly configuration: string;
  readonly status: AccountStatus;
}

type Wave = 'buckets' | 'ends';

const fileOf = (folder: string, wave: Wave, account: string): string =>
  join(folder, wave, `${account}.ndjson.gz`);

/** Takes away what an earlier scan left, so that none of it is read as this one's. */
export function clearSnapshot(folder: string): void {
  for (const part of ['buckets', 'ends', 'manifest.json']) {
    rmSync(join(folder, part), { recursive: true, force: true });
  }
}

/**
 * Keeps of an earlier scan what a resumed one goes on from: the files of wave one that the same configuration wrote of accounts
 * that are still to be read. An account that was left out since must not be judged by what is left of it.
 */
export function keepFinished(folder: string, accounts: readonly string[], configuration: string): void {
  for (const part of ['ends', 'manifest.json']) rmSync(join(folder, part), { recursive: true, force: true });
  const kept = new Set(accounts.map((account) => fileOf(folder, 'buckets', account)));
  for (const path of files(folder, 'buckets')) {
    const account = basename(path, '.ndjson.gz');
    if (!kept.has(path) || finishedAccount(folder, account, configuration) === null) rmSync(path);
  }
}

export function writeBuckets(folder: string, header: AccountHeader, buckets: readonly BucketLine[]): void {
  writeLines(fileOf(folder, 'buckets', header.id), [header, ...buckets]);
}

export function writeEnds(folder: string, account: string, lines: readonly EndLine[]): void {
  writeLines(fileOf(folder, 'ends', account), lines);
}

export function writeManifest(folder: string, manifest: Manifest): void {
  writeWhole(join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
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
    const [first] = readLines(path);
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

/** Wave one's buckets of every account, in the order of account ids, then of names. */
export function* readBuckets(folder: string): Generator<BucketLine> {
  for (const path of files(folder, 'buckets')) {
    for (const line of readLines(path)) {
      // What this version wrote, checked by gzip's checksum, is of this version's types.
      if (!isHeader(line)) yield line as BucketLine;
    }
  }
}

function* readEnds(folder: string): Generator<() => EndLine> {
  const textOf = lastUnpacked();
  // As above.
  for (const path of files(folder, 'ends')) yield* unreadLines(path, textOf) as Generator<() => EndLine>;
}

function files(folder: string, wave: Wave): readonly string[] {
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
  const manifest = parsed(path, text);
  if (!isManifest(manifest)) {
    throw new UnreadableFile(
      path,
      `it is no snapshot of format ${snapshotFormat}, which this version reads.`,
    );
  }
  for (const { id, status } of manifest.organization.accounts) {
    const file = fileOf(folder, 'buckets', id);
    if (status === 'scanned' && !existsSync(file)) {
      throw new UnreadableFile(file, 'it is not there, and the manifest says that the account was scanned.');
    }
  }
  return { manifest, buckets: () => readBuckets(folder), ends: () => readEnds(folder) };
}

function isManifest(value: unknown): value is Manifest {
  return typeof value === 'object' && value !== null && 'format' in value && value.format === snapshotFormat;
}
