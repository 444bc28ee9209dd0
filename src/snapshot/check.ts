/** Whether shards belong together: a sentence for each way in which they may not. */
import { UnreadableFile } from './lines.ts';
import { fallsTo, type Found } from './shards.ts';
import type { Manifest } from '../model/estate.ts';
import type { BucketsManifest, EndsManifest } from '../model/shard.ts';

type AnyShard = Omit<Found<BucketsManifest | EndsManifest>, 'folder'>;

/** All shards of one division are there, each once. */
export function checkDivision(folders: readonly string[], shards: readonly AnyShard[]): void {
  const seen = new Map<number, AnyShard>();
  const [first] = shards;
  if (first === undefined) return;
  const { of } = first.manifest.shard;
  for (const one of shards) {
    const { index } = one.manifest.shard;
    if (one.manifest.shard.of !== of) {
      throw new UnreadableFile(
        one.path,
        `it is one of ${one.manifest.shard.of} shards, and '${first.path}' one of ${of}: take the shards of one division.`,
      );
    }
    const before = seen.get(index);
    if (before) throw new UnreadableFile(one.path, `'${before.path}' is the same shard: take one of them.`);
    seen.set(index, one);
  }
  const missing = Array.from({ length: of }, (_, at) => at + 1).filter((index) => !seen.has(index));
  if (missing.length === 0) return;
  const { wave } = first.manifest;
  const names = missing.slice(0, 5).map((index) => `${index}/${of}`);
  const more = missing.length > names.length ? `, and ${missing.length - names.length} more,` : '';
  throw new UnreadableFile(
    folders.join("', '"),
    `of ${of} shards ${names.join(', ')}${more} did not finish: 'replint collect --wave ${wave} --shard ${names[0] ?? ''}' reads one.`,
  );
}

/** Whether a shard belongs to the scan of another. */
export function checkBuckets(
  { path, manifest }: Found<BucketsManifest>,
  first: Found<BucketsManifest>,
): void {
  checkMade({ path, manifest }, first.manifest, first.path);
  const about = ({ member, partition, caller }: BucketsManifest): string =>
    JSON.stringify([member.id, partition, caller.account]);
  if (about(manifest) !== about(first.manifest)) {
    throw new UnreadableFile(
      path,
      `it was read of ${described(manifest)}, and '${first.path}' of ${described(first.manifest)}.`,
    );
  }
  const stranger = manifest.accounts.find(({ id }) => !fallsTo(manifest.shard, id));
  if (stranger) throw new UnreadableFile(path, `account ${stranger.id} does not fall to this shard.`);
}

function described({ member, caller }: BucketsManifest): string {
  return `${member.id === null ? 'no organization' : `organization ${member.id}`} by account ${caller.account}`;
}

/** Whether wave two of a shard was worked out from these buckets. */
export function checkEnds({ path, manifest }: Found<EndsManifest>, buckets: Manifest, hash: string): void {
  checkMade({ path, manifest }, buckets, 'that of the buckets');
  if (manifest.buckets !== hash) {
    throw new UnreadableFile(
      path,
      `it was worked out from other buckets than these: 'replint collect --wave ends' reads the ends anew.`,
    );
  }
}

function checkMade(
  { path, manifest }: AnyShard,
  first: { readonly replint: string; readonly configuration: string },
  where: string,
): void {
  if (manifest.replint !== first.replint) {
    throw new UnreadableFile(
      path,
      `replint ${manifest.replint} wrote it, and ${first.replint} '${where}': one version has to write all shards.`,
    );
  }
  if (manifest.configuration !== first.configuration) {
    throw new UnreadableFile(
      path,
      `it was read with another configuration (rules, accounts, role, objects) than '${where}'.`,
    );
  }
}
