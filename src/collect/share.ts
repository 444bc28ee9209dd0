/** An account's share of wave two. */
import type { ReplicationRule } from '../model/aws.ts';
import type { BucketLine, KeyRef } from '../model/estate.ts';

/** A route whose objects are to be compared. */
export interface RouteWork {
  readonly source: BucketLine;
  readonly rule: ReplicationRule;
  readonly index: number;
  /** Null where no scanned account owns it. */
  readonly destination: BucketLine | null;
}

/** What an account may be to a route: each part asks for facts of its own. */
export type Part =
  'sourceAccount' | 'roleAccount' | 'destinationAccount' | 'sourceKeyAccount' | 'replicaKeyAccount';

/** One account's share. */
export interface AccountWork {
  readonly account: string;
  readonly parts: Set<Part>;
  readonly ends: Map<string, { readonly line: BucketLine; source: boolean; destination: boolean }>;
  readonly roles: Set<string>;
  /** By name. */
  readonly keys: Map<string, KeyRef>;
  /** Destinations that no scanned account owns: asked for with the credentials of the first source that names them. */
  readonly strangers: Set<string>;
  readonly routes: RouteWork[];
}

/** The shares that are asked for. */
export class Work {
  readonly #isMine: (account: string) => boolean;
  readonly #shares = new Map<string, AccountWork>();

  constructor(isMine: (account: string) => boolean) {
    this.#isMine = isMine;
  }

  /** Null where another process has it. */
  of(account: string): AccountWork | null {
    if (!this.#isMine(account)) return null;
    const share = this.#shares.get(account) ?? newShare(account);
    this.#shares.set(account, share);
    return share;
  }

  shares(): readonly AccountWork[] {
    return [...this.#shares.values()].sort((a, b) => (a.account < b.account ? -1 : 1));
  }
}

function newShare(account: string): AccountWork {
  return {
    account,
    parts: new Set(),
    ends: new Map(),
    roles: new Set(),
    keys: new Map(),
    strangers: new Set(),
    routes: [],
  };
}
