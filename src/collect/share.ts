/** An account's share of wave two: what is kept of each while all are worked out, and the whole of the one whose turn it is. */
import type { ReplicationRule } from '../model/aws.ts';
import type { BucketLine, KeyRef } from '../model/estate.ts';

/** Where a bucket is. */
export type Place = Pick<BucketLine, 'name' | 'account' | 'region'>;

/** A route whose objects are to be compared. */
export interface RouteWork {
  readonly source: Place;
  readonly rule: ReplicationRule;
  readonly index: number;
  /** Null where no scanned account owns it. */
  readonly destination: Place | null;
}

/** What an account may be to a route: each part asks for facts of its own. */
export type Part =
  'sourceAccount' | 'roleAccount' | 'destinationAccount' | 'sourceKeyAccount' | 'replicaKeyAccount';

/** What a bucket is to routes. */
export interface Ends {
  source: boolean;
  destination: boolean;
}

/** One account's share, by names: an organization has a hundred thousand ends, and what wave one told of them is on disk. */
export interface Share {
  readonly account: string;
  readonly parts: Set<Part>;
  /** By the bucket's name. */
  readonly ends: Map<string, Ends>;
  readonly roles: Set<string>;
  /** By name. */
  readonly keys: Map<string, KeyRef>;
  /** Destinations that no scanned account owns: asked for with the credentials of the first source that names them. */
  readonly strangers: Set<string>;
}

/** A share with what wave one told of its buckets. */
export interface AccountWork extends Omit<Share, 'ends'> {
  readonly ends: ReadonlyMap<string, Ends & { readonly line: BucketLine }>;
  readonly routes: readonly RouteWork[];
}

/** The shares that are asked for. */
export class Shares {
  readonly #isMine: (account: string) => boolean;
  readonly #shares = new Map<string, Share>();

  constructor(isMine: (account: string) => boolean) {
    this.#isMine = isMine;
  }

  /** Null where another process has it. */
  of(account: string): Share | null {
    if (!this.#isMine(account)) return null;
    const share = this.#shares.get(account) ?? newShare(account);
    this.#shares.set(account, share);
    return share;
  }

  sorted(): readonly Share[] {
    return [...this.#shares.values()].sort((a, b) => (a.account < b.account ? -1 : 1));
  }
}

function newShare(account: string): Share {
  return {
    account,
    parts: new Set(),
    ends: new Map(),
    roles: new Set(),
    keys: new Map(),
    strangers: new Set(),
  };
}
