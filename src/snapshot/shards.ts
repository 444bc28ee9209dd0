/**
 * A snapshot that several processes write, each of the accounts that fall to it. They may share a folder, and none touches
 * another's files:
 *
 *     snapshot/accounts.json          the organization, where one process listed it for all
 *     snapshot/buckets.3-of-8.json    wave one of shard 3 is done
 *     snapshot/ends.3-of-8.json       wave two of shard 3 is done
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parsed, UnreadableFile, writeWhole } from './lines.ts';
import { sealed, unsealed } from './seal.ts';
import { fileOf, files, finishedAccount, isOfFormat, otherFormat, type Wave } from './snapshot.ts';
import type { AccountsList, BucketsManifest, EndsManifest, Shard } from '../model/shard.ts';

/** The shard to which an account falls: its id's SHA-256, as one number, modulo the number of shards. */
export function shardOf(account: string, of: number): number {
  const digest = createHash('sha256').update(account).digest('hex');
  return Number(BigInt(`0x${digest}`) % BigInt(of)) + 1;
}

export function fallsTo({ index, of }: Shard, account: string): boolean {
  return shardOf(account, of) === index;
}

/** A line, not a page: it holds thousands of accounts. */
const line = 0;

const pathOf = (folder: string, wave: Wave, { index, of }: Shard): string =>
  join(folder, `${wave}.${index}-of-${of}.json`);

/**
 * Takes away what an earlier scan left of a shard's wave, and what was made from it: wave two rests on wave one. Kept are
 * the files of the given accounts: wave one's that the same configuration wrote, and wave two's, which say themselves of
 * what work they are the answer. Gives the number of wave one's that were to be kept, and are no good.
 */
export function clearShard(
  folder: string,
  wave: Wave,
  shard: Shard,
  kept: { readonly accounts: readonly string[]; readonly configuration: string },
): number {
  // A whole scan's manifest would hide the shards.
  rmSync(join(folder, 'manifest.json'), { force: true });
  const accounts = new Set(kept.accounts);
  let dropped = 0;
  for (const one of wave === 'buckets' ? (['buckets', 'ends'] as const) : (['ends'] as const)) {
    rmSync(pathOf(folder, one, shard), { force: true });
    for (const path of files(folder, one)) {
      const account = basename(path, '.ndjson.gz');
      if (!fallsTo(shard, account)) continue;
      const isMeant = one === wave && accounts.has(account);
      if (isMeant && (one === 'ends' || finishedAccount(folder, account, kept.configuration) !== null))
        continue;
      rmSync(path, { force: true });
      if (isMeant) dropped += 1;
    }
  }
  return dropped;
}

export function writeShard(folder: string, manifest: BucketsManifest | EndsManifest): void {
  writeWhole(pathOf(folder, manifest.wave, manifest.shard), sealed(manifest, line));
}

/** A shard's manifest, and where it was found. */
export interface Found<T> {
  readonly folder: string;
  readonly path: string;
  readonly manifest: T;
}

/** The manifests of a wave in some folders, in the order of shards. */
export function shardsIn(folders: readonly string[], wave: 'buckets'): readonly Found<BucketsManifest>[];
export function shardsIn(folders: readonly string[], wave: 'ends'): readonly Found<EndsManifest>[];
export function shardsIn(
  folders: readonly string[],
  wave: Wave,
): readonly Found<BucketsManifest | EndsManifest>[] {
  const name = new RegExp(`^${wave}\\.\\d+-of-\\d+\\.json$`);
  const found = folders.flatMap((folder) =>
    (existsSync(folder) ? readdirSync(folder) : [])
      .filter((one) => name.test(one))
      .map((one) => {
        const path = join(folder, one);
        // The seal vouches for the rest.
        const manifest = read(path) as BucketsManifest | EndsManifest;
        if (manifest.wave !== wave) throw otherFormat(path);
        return { folder, path, manifest };
      }),
  );
  return found.sort((a, b) => a.manifest.shard.index - b.manifest.shard.index);
}

export function writeAccounts(folder: string, list: AccountsList): void {
  writeWhole(join(folder, 'accounts.json'), sealed(list, line));
}

export function readAccounts(folder: string): AccountsList {
  const path = join(folder, 'accounts.json');
  if (!existsSync(path)) {
    throw new UnreadableFile(path, "it is not there; 'replint collect --wave accounts' writes it.");
  }
  // As below.
  return read(path) as AccountsList;
}

function read(path: string): unknown {
  const text = readFileSync(path, 'utf8');
  if (!isOfFormat(parsed(path, text))) throw otherFormat(path);
  return unsealed(path, text, line);
}

/** The file of an account that a shard's manifest says it wrote. */
export function fileIn(folder: string, wave: Wave, account: string): string {
  const path = fileOf(folder, wave, account);
  if (existsSync(path)) return path;
  throw new UnreadableFile(path, 'it is not there, and the manifest of its shard says that it was written.');
}
