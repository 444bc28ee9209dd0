/** A bucket in memory that lists as S3 does: by UTF-8 bytes of the key, in pages, after a marker. */
import type { Cursor, ListedVersion, Lister } from '../../src/objects/listing.ts';

const bytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

/** A lister over these versions, and how often it was asked. */
export function bucketOf(versions: readonly ListedVersion[]): {
  readonly list: Lister;
  readonly calls: () => number;
} {
  const sorted = [...versions].sort((a, b) => bytes(a.key, b.key));
  let calls = 0;
  const list: Lister = (after, maxKeys) => {
    calls += 1;
    const from = after === null ? 0 : sorted.findIndex((_, at) => isBeyond(sorted, at, after));
    const rest = from < 0 ? [] : sorted.slice(from);
    const page = rest.slice(0, maxKeys);
    const last = page.at(-1);
    const next = rest.length > page.length && last ? { key: last.key, versionId: last.versionId } : null;
    return Promise.resolve({ versions: page, next });
  };
  return { list, calls: () => calls };
}

function isBeyond(sorted: readonly ListedVersion[], at: number, { key, versionId }: Cursor): boolean {
  const version = sorted[at];
  if (!version) return false;
  if (version.key !== key || versionId === null) return bytes(version.key, key) > 0;
  return at > sorted.findIndex((one) => one.key === key && one.versionId === versionId);
}

/** A version that is old enough to have been replicated, changed as wanted. */
export function version(key: string, versionId: string, more: Partial<ListedVersion> = {}): ListedVersion {
  return { key, versionId, deleteMarker: false, modified: 0, storageClass: 'STANDARD', ...more };
}
