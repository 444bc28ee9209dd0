/** Shards' snapshots as one: all of one scan, none missing, none twice. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { checkBuckets, checkDivision, checkEnds } from './check.ts';
import { UnreadableFile } from './lines.ts';
import { fileIn, shardsIn, type Found } from './shards.ts';
import { bucketsIn, endsIn, openSnapshot, snapshotFormat } from './snapshot.ts';
import type { Account, BucketLine, KnownBucket, Manifest, Membership, Snapshot } from '../model/estate.ts';
import type { BucketsManifest } from '../model/shard.ts';

/** Wave one of all shards. */
export interface JoinedBuckets {
  /** As one process would have written it after wave one. */
  readonly manifest: Manifest;
  readonly member: Membership;
  /** SHA-256 of the shards' manifests: wave two says by it what it rests on. */
  readonly hash: string;
  /** Of all accounts, or of one; none that is known. */
  readonly buckets: (account?: string, known?: KnownBucket) => Iterable<BucketLine>;
}

/** Opens a snapshot that one process wrote into a folder, or several into one folder or into many. */
export function openSnapshots(folders: readonly [string, ...string[]]): Snapshot {
  const [first, ...others] = folders;
  const whole = folders.find((folder) => existsSync(join(folder, 'manifest.json')));
  const shards = shardsIn(folders, 'buckets');
  if (others.length === 0 && (whole !== undefined || shards.length === 0)) return openSnapshot(first);
  if (whole !== undefined) {
    throw new UnreadableFile(whole, 'it is a whole scan; several folders are taken together as shards only.');
  }
  const { manifest, hash, buckets } = joinBuckets(folders);
  const ends = shardsIn(folders, 'ends');
  if (ends.length === 0) {
    throw new UnreadableFile(first, "no ends of routes were read; 'replint collect --wave ends' reads them.");
  }
  checkDivision(folders, ends);
  for (const end of ends) checkEnds(end, manifest, hash);
  const paths = inOrder(
    ends.flatMap(({ folder, manifest: { accounts } }) =>
      accounts.map((id) => ({ id, path: fileIn(folder, 'ends', id) })),
    ),
  );
  const times = {
    started: manifest.started,
    finished: latest([manifest, ...ends.map((end) => end.manifest)]),
  };
  return {
    manifest: { ...manifest, ...times },
    buckets: (known) => buckets(undefined, known),
    ends: () => endsIn(paths),
  };
}

/** Joins wave one; throws {@link UnreadableFile} where a shard is missing, there twice, or of another scan. */
export function joinBuckets(folders: readonly string[]): JoinedBuckets {
  const shards = shardsIn(folders, 'buckets');
  const [first] = shards;
  if (first === undefined) {
    throw new UnreadableFile(
      folders.join("', '"),
      "no shard's buckets are there; 'replint collect --wave buckets' reads them.",
    );
  }
  checkDivision(folders, shards);
  for (const shard of shards) checkBuckets(shard, first);
  const accounts = accountsOf(shards);
  const files = shards.flatMap(({ folder, manifest }) =>
    manifest.accounts
      .filter(({ status }) => status !== 'skipped')
      .map(({ id }) => ({ id, path: fileIn(folder, 'buckets', id) })),
  );
  const paths = inOrder(files);
  const pathOf = new Map(files.map(({ id, path }) => [id, path]));
  const manifests = shards.map(({ manifest }) => manifest);
  const { replint, configuration, partition, caller, facts } = first.manifest;
  return {
    manifest: {
      format: snapshotFormat,
      replint,
      configuration,
      started: manifests.map(({ started }) => started).reduce((a, b) => (a < b ? a : b)),
      finished: latest(manifests),
      organization: { id: first.manifest.member.id, partition, caller, accounts },
      facts,
    },
    member: { ...memberOf(manifests, first.manifest), accounts },
    hash: createHash('sha256').update(JSON.stringify(manifests)).digest('hex'),
    buckets: (account, known) =>
      bucketsIn(account === undefined ? paths : [pathOf.get(account) ?? []].flat(), known),
  };
}

/**
 * Every account that any shard saw. One that its own shard did not see joined the organization between two listings: it was
 * not read, and is not to be passed over.
 */
function accountsOf(shards: readonly Found<BucketsManifest>[]): readonly Account[] {
  const accounts = new Map<string, Account>();
  for (const { manifest } of shards)
    for (const account of manifest.accounts) accounts.set(account.id, account);
  for (const { manifest } of shards) {
    for (const id of manifest.others) {
      if (!accounts.has(id))
        accounts.set(id, { ...nobody, id, status: 'skipped', why: cameBetween(manifest) });
    }
  }
  return [...accounts.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

const nobody = { name: '', state: 'UNKNOWN', ou: null, ouId: null } as const;

function cameBetween({ shard: { index, of } }: BucketsManifest): string {
  return `Shard ${index} of ${of} saw it in the organization, its own shard did not: the organization changed in between.`;
}

/** What shards may see differently where the organization changed between them. */
function memberOf(
  manifests: readonly BucketsManifest[],
  { member }: BucketsManifest,
): Omit<Membership, 'accounts'> {
  const types = JSON.stringify(member.policyTypes);
  const agree = manifests.every((one) => JSON.stringify(one.member.policyTypes) === types);
  const unknown = manifests.find((one) => one.member.unitsUnknown !== null);
  return {
    ...member,
    policyTypes: agree ? member.policyTypes : null,
    unitsUnknown: unknown?.member.unitsUnknown ?? null,
  };
}

function latest(manifests: readonly { readonly finished: string }[]): string {
  return manifests.map(({ finished }) => finished).reduce((a, b) => (a > b ? a : b));
}

/** One process reads files in the order of accounts. */
function inOrder(found: readonly { readonly id: string; readonly path: string }[]): readonly string[] {
  return [...found].sort((a, b) => (a.id < b.id ? -1 : 1)).map(({ path }) => path);
}
