/**
 * What wave two has to read, worked out from wave one: each end once however many routes want it, by the account whose role
 * reads it.
 */
import { accountOf, bucketName } from '../arn.ts';
import {
  Shares,
  type AccountWork,
  type Ends,
  type Part,
  type Place,
  type RouteWork,
  type Share,
} from './share.ts';
import type { ReplicationRule } from '../model/aws.ts';
import { defaultKey, keyName, replicaKey } from '../key.ts';
import type { BucketLine, KeyRef } from '../model/estate.ts';

interface Source {
  readonly line: BucketLine;
  readonly role: string;
  readonly rules: readonly { readonly rule: ReplicationRule; readonly index: number }[];
}

/** Wave one's buckets: all, or those of one account. */
export type Buckets = (account?: string) => Iterable<BucketLine>;

/** What wave two has to read. */
export interface Work {
  /** By account id. */
  readonly shares: readonly Share[];
  /** Reads again what wave one told of the share's buckets. */
  readonly whole: (share: Share) => AccountWork;
}

/**
 * Reads wave one's buckets thrice: for what is pointed to, for who owns that, then for the sources. `isMine` says whose share is
 * asked for; of the others nothing is kept but names.
 */
export function workOf(buckets: Buckets, isMine: (account: string) => boolean = () => true): Work {
  const owned = ownedOf(buckets);
  const shares = new Shares(isMine);
  const seen = new Set<string>();
  for (const source of sourcesIn(buckets())) {
    addSource(shares.of(source.line.account), source, owned, seen);
    addRole(shares, source.role);
    const own = keyOf(source);
    if (own !== null) addKey(shares, own, 'sourceKeyAccount');
    for (const key of replicaKeysOf(source, owned)) addKey(shares, key, 'replicaKeyAccount');
  }
  for (const { account, name } of owned.values()) {
    const share = shares.of(account);
    if (share === null) continue;
    share.parts.add('destinationAccount');
    endIn(share, name).destination = true;
  }
  return { shares: shares.sorted(), whole: (share) => wholeOf(share, buckets, owned) };
}

function wholeOf(share: Share, buckets: Buckets, owned: ReadonlyMap<string, Place>): AccountWork {
  const ends: [string, Ends & { readonly line: BucketLine }][] = [];
  const routes: RouteWork[] = [];
  for (const line of share.ends.size === 0 ? [] : buckets(share.account)) {
    const end = share.ends.get(line.name);
    if (end === undefined) continue;
    ends.push([line.name, { ...end, line }]);
    for (const { rules } of sourceOf(line)) {
      for (const { rule, index } of rules) {
        routes.push({
          source: placeOf(line),
          rule,
          index,
          destination: owned.get(destinationOf(rule)) ?? null,
        });
      }
    }
  }
  return { ...share, ends: new Map(ends), routes };
}

function placeOf({ name, account, region }: BucketLine): Place {
  return { name, account, region };
}

/** The destinations that some scanned account owns. */
function ownedOf(buckets: Buckets): ReadonlyMap<string, Place> {
  const wanted = new Set<string>();
  for (const { rules } of sourcesIn(buckets())) for (const { rule } of rules) wanted.add(destinationOf(rule));
  const owned = new Map<string, Place>();
  for (const line of buckets()) if (wanted.has(line.name)) owned.set(line.name, placeOf(line));
  return owned;
}

/** The account becomes a file's name, and an ARN is whatever a bucket's configuration says. */
function isAccountId(text: string): boolean {
  return /^\d{12}$/.test(text);
}

function addRole(shares: Shares, arn: string): void {
  const owner = accountOf(arn);
  const share = isAccountId(owner) ? shares.of(owner) : null;
  if (share === null) return;
  share.parts.add('roleAccount');
  share.roles.add(arn);
}

function addKey(shares: Shares, key: KeyRef, part: Part): void {
  const share = isAccountId(key.account) ? shares.of(key.account) : null;
  if (share === null) return;
  share.parts.add(part);
  share.keys.set(keyName(key), key);
}

/** The key of the source's default encryption. */
function keyOf({ line }: Source): KeyRef | null {
  const { encryption } = line.facts;
  return encryption?.known === true ? defaultKey(encryption.value, line) : null;
}

/** The keys that a source's rules name for replicas. */
function replicaKeysOf({ rules }: Source, owned: ReadonlyMap<string, Place>): readonly KeyRef[] {
  const keys = rules.map(({ rule }) => {
    const destination = owned.get(destinationOf(rule));
    return replicaKey(rule, destination ?? { account: null, region: null });
  });
  return keys.filter((key) => key !== null);
}

function* sourcesIn(buckets: Iterable<BucketLine>): Generator<Source> {
  for (const line of buckets) yield* sourceOf(line);
}

function sourceOf(line: BucketLine): readonly Source[] {
  const { replication } = line.facts;
  if (!replication?.known || replication.value === null) return [];
  const rules = replication.value.Rules.flatMap((rule, index) =>
    rule.Status === 'Enabled' ? [{ rule, index }] : [],
  );
  return rules.length === 0 ? [] : [{ line, role: replication.value.Role, rules }];
}

function destinationOf(rule: ReplicationRule): string {
  return bucketName(rule.Destination.Bucket);
}

function endIn(share: Share, name: string): Ends {
  const end = share.ends.get(name) ?? { source: false, destination: false };
  share.ends.set(name, end);
  return end;
}

/** Whoever names a stranger first asks for it, so that whose share this is changes nothing. */
function addSource(
  share: Share | null,
  { line, rules }: Source,
  owned: ReadonlyMap<string, Place>,
  seen: Set<string>,
): void {
  share?.parts.add('sourceAccount');
  if (share !== null) endIn(share, line.name).source = true;
  for (const { rule } of rules) {
    const name = destinationOf(rule);
    if (!owned.has(name) && !seen.has(name)) share?.strangers.add(name);
    seen.add(name);
  }
}
