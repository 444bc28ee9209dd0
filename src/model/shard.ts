/** What several processes write that read an organization together: a manifest for each wave of each shard. */
import type { Account, Manifest, Membership } from './estate.ts';

/** One of `of` processes, counted from 1. */
export interface Shard {
  readonly index: number;
  readonly of: number;
}

/** What a manifest of each wave says of how it was made. */
interface Made extends Pick<Manifest, 'format' | 'replint' | 'started' | 'finished'> {
  readonly caller: Manifest['organization']['caller'];
}

/** `buckets.<index>-of-<of>.json`: wave one of the accounts that fall to a shard. */
export interface BucketsManifest extends Made {
  readonly wave: 'buckets';
  readonly shard: Shard;
  readonly configuration: string;
  readonly partition: string;
  readonly member: Omit<Membership, 'accounts'>;
  /** Those that fall to it. */
  readonly accounts: readonly Account[];
  /** The ids of the others that it saw: what it lists and their shards do not came in between. */
  readonly others: readonly string[];
  readonly facts: Manifest['facts'];
}

/** `ends.<index>-of-<of>.json`: wave two of the accounts that fall to a shard. */
export interface EndsManifest extends Made {
  readonly wave: 'ends';
  readonly shard: Shard;
  readonly configuration: string;
  /** SHA-256 of the manifests of wave one from which its work was worked out. */
  readonly buckets: string;
  /** The accounts whose ends it wrote. */
  readonly accounts: readonly string[];
}

/** `accounts.json`: the organization, listed once for all shards. */
export interface AccountsList extends Made {
  readonly wave: 'accounts';
  readonly member: Membership;
}
