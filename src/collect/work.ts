/**
 * What wave two has to read, worked out from wave one: each end once however many routes want it, by the account whose role
 * reads it.
 */
import { accountOf } from '../arn.ts';
import { Notes } from './notes.ts';
import {
  destinationOf,
  placeOf,
  shareOf,
  sourceOf,
  type AccountWork,
  type Note,
  type Part,
  type Place,
  type Source,
} from './share.ts';
import { defaultKey, replicaKey } from '../key.ts';
import type { BucketLine, KeyRef } from '../model/estate.ts';

/** Wave one's buckets: all, or those of one account. */
export type Buckets = (account?: string) => Iterable<BucketLine>;

/** The destinations that some scanned account owns. */
type Owned = ReadonlyMap<string, Place>;

/** What wave two has to read. */
export interface Work {
  /** Those in which there is something to read, by id. */
  readonly accounts: readonly string[];
  /** An account's share, with what wave one told of its buckets. */
  readonly shareOf: (account: string) => AccountWork;
}

/**
 * Reads wave one's buckets thrice: for what is pointed to, for who owns that, then for the sources. `isMine` says whose share is
 * asked for. An organization has a hundred thousand ends: what is kept of them are notes.
 */
export function workOf(buckets: Buckets, isMine: (account: string) => boolean = () => true): Work {
  const notes = new Notes<Note>();
  const note = (account: string, one: Note): void => {
    if (isMine(account)) notes.add(account, one);
  };
  const owned = ownedOf(buckets);
  // Whoever names a stranger first asks for it, so that whose share this is changes nothing.
  const strangers = new Set<string>();
  for (const source of sourcesIn(buckets())) {
    noteSource(source, owned, strangers, note);
    noteRole(source.role, note);
    const own = keyOf(source);
    if (own !== null) noteKey(own, 'sourceKeyAccount', note);
    for (const key of replicaKeysOf(source, owned)) noteKey(key, 'replicaKeyAccount', note);
  }
  for (const { account, name } of owned.values()) note(account, { is: 'destination', name });
  return { accounts: notes.accounts(), shareOf: (account) => shareOf(account, notes.of(account), buckets) };
}

type Noting = (account: string, note: Note) => void;

function noteSource({ line, rules }: Source, owned: Owned, strangers: Set<string>, note: Noting): void {
  note(line.account, { is: 'source' });
  for (const { rule } of rules) {
    const name = destinationOf(rule);
    const place = owned.get(name);
    if (place !== undefined) note(line.account, { is: 'place', place });
    else if (!strangers.has(name)) note(line.account, { is: 'stranger', name });
    if (place === undefined) strangers.add(name);
  }
}

/** The account becomes a file's name, and an ARN is whatever a bucket's configuration says. */
function isAccountId(text: string): boolean {
  return /^\d{12}$/.test(text);
}

function noteRole(arn: string, note: Noting): void {
  const owner = accountOf(arn);
  if (isAccountId(owner)) note(owner, { is: 'role', arn });
}

function noteKey(key: KeyRef, part: Part, note: Noting): void {
  if (isAccountId(key.account)) note(key.account, { is: 'key', key, part });
}

/** The key of the source's default encryption. */
function keyOf({ line }: Source): KeyRef | null {
  const { encryption } = line.facts;
  return encryption?.known === true ? defaultKey(encryption.value, line) : null;
}

/** The keys that a source's rules name for replicas. */
function replicaKeysOf({ rules }: Source, owned: Owned): readonly KeyRef[] {
  const keys = rules.map(({ rule }) => {
    const destination = owned.get(destinationOf(rule));
    return replicaKey(rule, destination ?? { account: null, region: null });
  });
  return keys.filter((key) => key !== null);
}

function ownedOf(buckets: Buckets): Owned {
  const wanted = new Set<string>();
  for (const { rules } of sourcesIn(buckets())) for (const { rule } of rules) wanted.add(destinationOf(rule));
  const owned = new Map<string, Place>();
  for (const line of buckets()) if (wanted.has(line.name)) owned.set(line.name, placeOf(line));
  return owned;
}

function* sourcesIn(buckets: Iterable<BucketLine>): Generator<Source> {
  for (const line of buckets) yield* sourceOf(line);
}
