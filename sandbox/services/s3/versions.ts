/** A bucket's versions: sorted by key as S3 sorts (UTF-8, binary), the newest version of a key first. */
import type { Bucket, ObjectVersion, World } from '../../world.ts';

// UTF-16 puts surrogate pairs before U+E000, UTF-8 behind it.
function rank(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}

/** Compares keys by their UTF-8 bytes. */
export function compareKeys(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at += 1) {
    const difference = rank(a.charCodeAt(at)) - rank(b.charCodeAt(at));
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** The first index at which `isBefore` no longer holds. */
export function firstNot(
  versions: readonly ObjectVersion[],
  isBefore: (version: ObjectVersion) => boolean,
): number {
  let low = 0;
  let high = versions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const version = versions[middle];
    if (version && isBefore(version)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Where a key's versions begin, or would. */
export function startOf(versions: readonly ObjectVersion[], key: string): number {
  return firstNot(versions, (version) => compareKeys(version.key, key) < 0);
}

/** A key's newest version. */
export function latest({ versions }: Bucket, key: string): ObjectVersion | null {
  const found = versions[startOf(versions, key)];
  return found?.key === key ? found : null;
}

function indexOf({ versions }: Bucket, key: string, versionId: string): number {
  for (let at = startOf(versions, key); versions[at]?.key === key; at += 1) {
    if (versions[at]?.versionId === versionId) return at;
  }
  return -1;
}

/** One version of a key. */
export function versionOf(bucket: Bucket, key: string, versionId: string): ObjectVersion | null {
  return bucket.versions[indexOf(bucket, key, versionId)] ?? null;
}

/** Takes a version out; gives what was taken. */
export function remove(bucket: Bucket, key: string, versionId: string): ObjectVersion | null {
  const at = indexOf(bucket, key, versionId);
  return at < 0 ? null : (bucket.versions.splice(at, 1)[0] ?? null);
}

/** Adds a version behind those that are newer; the same version id (`null`, a second replica) is replaced. */
export function insert(bucket: Bucket, version: ObjectVersion): void {
  remove(bucket, version.key, version.versionId);
  const { versions } = bucket;
  let at = startOf(versions, version.key);
  for (; ; at += 1) {
    const other = versions[at];
    if (other?.key !== version.key || other.created <= version.created) break;
  }
  versions.splice(at, 0, version);
}

/** Fills a bucket with many versions at once, in any order: for tests that need more than they want to put. */
export function fill(bucket: Bucket, versions: readonly ObjectVersion[]): void {
  bucket.versions = [...bucket.versions, ...versions].sort(
    (a, b) => compareKeys(a.key, b.key) || b.created.getTime() - a.created.getTime(),
  );
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._';

/** A new version id: 32 characters that tell nothing, the same for the same history of the world. */
export function newVersionId(world: World): string {
  world.nextId += 1;
  let state = world.nextId;
  let id = '';
  for (let at = 0; at < 32; at += 1) {
    // A linear congruential step, of whose state the upper bits are used.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223 + at) >>> 0;
    id += alphabet[state >>> 26] ?? '';
  }
  return id;
}
