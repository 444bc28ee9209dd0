/** ListObjectVersions as an ordered stream of versions. */
import { ListObjectVersionsCommand, type S3Client } from '@aws-sdk/client-s3';

/** One version or delete marker, as a listing shows it. */
export interface ListedVersion {
  readonly key: string;
  readonly versionId: string;
  readonly deleteMarker: boolean;
  /** Milliseconds since 1970. */
  readonly modified: number;
  readonly storageClass: string;
}

/** Where a page begins: after a key, or after one version of it. */
export interface Cursor {
  readonly key: string;
  readonly versionId: string | null;
}

export interface Page {
  readonly versions: readonly ListedVersion[];
  /** Null on the last page. */
  readonly next: Cursor | null;
}

/** Gets the page that begins after the cursor, of at most `maxKeys` versions; 1,000 is AWS's own most. */
export type Lister = (after: Cursor | null, maxKeys: number) => Promise<Page>;

/** Lists a bucket's versions below a prefix. */
export function listerOf(s3: S3Client, Bucket: string, Prefix: string): Lister {
  return async (after, MaxKeys) => {
    const answer = await s3.send(
      new ListObjectVersionsCommand({
        Bucket,
        MaxKeys,
        // Keys may hold characters that XML 1.0 cannot carry.
        EncodingType: 'url',
        ...(Prefix === '' ? {} : { Prefix }),
        ...(after === null ? {} : { KeyMarker: after.key }),
        ...(after?.versionId ? { VersionIdMarker: after.versionId } : {}),
      }),
    );
    const decoded = answer.EncodingType === 'url' ? decodeKey : (key: string) => key;
    const listed = (deleteMarker: boolean) => (one: Listed) => version(one, deleteMarker, decoded);
    const versions = [
      ...(answer.Versions ?? []).map(listed(false)),
      ...(answer.DeleteMarkers ?? []).map(listed(true)),
    ];
    // S3 sends versions and delete markers in one order; the SDK hands them over apart.
    versions.sort((a, b) => compareKeys(a.key, b.key));
    if (answer.IsTruncated !== true) return { versions, next: null };
    if (!answer.NextKeyMarker) throw new Error('The listing is cut and does not say where it goes on.');
    return {
      versions,
      next: { key: decoded(answer.NextKeyMarker), versionId: answer.NextVersionIdMarker ?? null },
    };
  };
}

interface Listed {
  readonly Key?: string | undefined;
  readonly VersionId?: string | undefined;
  readonly LastModified?: Date | undefined;
  readonly StorageClass?: string | undefined;
}

function version(
  { Key = '', VersionId = 'null', LastModified, StorageClass }: Listed,
  deleteMarker: boolean,
  decoded: (key: string) => string,
): ListedVersion {
  return {
    key: decoded(Key),
    versionId: VersionId,
    deleteMarker,
    modified: LastModified?.getTime() ?? 0,
    storageClass: StorageClass ?? 'STANDARD',
  };
}

/** S3 writes a space as `+` in a listing of encoding type url. */
function decodeKey(key: string): string {
  return decodeURIComponent(key.replaceAll('+', ' '));
}

/** S3 sorts keys by their UTF-8 bytes, which is by code points; JavaScript's own order is by UTF-16 units. */
export function compareKeys(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at += 1) {
    const x = a.charCodeAt(at);
    const y = b.charCodeAt(at);
    if (x === y) continue;
    // A surrogate stands for a code point above all that one unit can say.
    const xHigh = x >= 0xd800 && x <= 0xdfff;
    const yHigh = y >= 0xd800 && y <= 0xdfff;
    if (xHigh !== yHigh) return xHigh ? 1 : -1;
    return x - y;
  }
  return a.length - b.length;
}
