/**
 * What wave two has to read, worked out from wave one: each end once however many routes want it, by the account whose role
 * reads it.
 */
import { accountOf, bucketName } from '../arn.ts';
import { Work, type AccountWork, type Part } from './share.ts';
import type { ReplicationRule } from '../model/aws.ts';
import { defaultKey, keyName, replicaKey } from '../key.ts';
import type { BucketLine, KeyRef } from '../model/estate.ts';

interface Source {
  readonly line: BucketLine;
  readonly role: string;
  readonly rules: readonly { readonly rule: ReplicationRule; readonly index: number }[];
}

/**
 * Reads wave one's buckets thrice: for what is pointed to, for who owns that, then for the sources. `isMine` says whose share is
 * asked for; of the others nothing is kept but names.
 */
export function workOf(
  buckets: () => Iterable<BucketLine>,
  isMine: (account: string) => boolean = () => true,
): readonly AccountWork[] {
  const owned = ownedOf(buckets, isMine);
  const work = new Work(isMine);
  const seen = new Set<string>();
  for (const source of sourcesIn(buckets())) {
    addSource(work.of(source.line.account), source, owned, seen);
    addRole(work, source.role);
    const own = keyOf(source);
    if (own !== null) addKey(work, own, 'sourceKeyAccount');
    for (const key of replicaKeysOf(source, owned)) addKey(work, key, 'replicaKeyAccount');
  }
  for (const line of owned.values()) {
    const share = work.of(line.account);
    if (share === null) continue;
    share.parts.add('destinationAccount');
    endIn(share, line).destination = true;
  }
  return work.shares();
}

/** The destinations that some scanned account owns; whole where the shares ask for them, else where they are. */
function ownedOf(
  buckets: () => Iterable<BucketLine>,
  isMine: (account: string) => boolean,
): ReadonlyMap<string, BucketLine> {
  const wanted = new Map<string, boolean>();
  for (const { line, rules } of sourcesIn(buckets())) {
    const mine = isMine(line.account);
    for (const name of rules.map(({ rule }) => destinationOf(rule)))
      wanted.set(name, mine || wanted.get(name) === true);
  }
  const owned = new Map<string, BucketLine>();
  for (const line of buckets()) {
    const whole = wanted.get(line.name);
    if (whole === undefined) continue;
    owned.set(line.name, whole || isMine(line.account) ? line : { ...line, facts: {} });
  }
  return owned;
}

/** The account becomes a file's name, and an ARN is whatever a bucket's configuration says. */
function isAccountId(text: string): boolean {
  return /^\d{12}$/.test(text);
}

function addRole(work: Work, arn: string): void {
  const owner = accountOf(arn);
  const share = isAccountId(owner) ? work.of(owner) : null;
  if (share === null) return;
  share.parts.add('roleAccount');
  share.roles.add(arn);
}

function addKey(work: Work, key: KeyRef, part: Part): void {
  const share = isAccountId(key.account) ? work.of(key.account) : null;
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
function replicaKeysOf({ rules }: Source, owned: ReadonlyMap<string, BucketLine>): readonly KeyRef[] {
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

function endIn(work: AccountWork, line: BucketLine): { source: boolean; destination: boolean } {
  const end = work.ends.get(line.name) ?? { line, source: false, destination: false };
  work.ends.set(line.name, end);
  return end;
}

/** Whoever names a stranger first asks for it, so that whose share this is changes nothing. */
function addSource(
  share: AccountWork | null,
  { line, rules }: Source,
  owned: ReadonlyMap<string, BucketLine>,
  seen: Set<string>,
): void {
  share?.parts.add('sourceAccount');
  if (share !== null) endIn(share, line).source = true;
  for (const { rule, index } of rules) {
    const name = destinationOf(rule);
    const destination = owned.get(name) ?? null;
    share?.routes.push({ source: line, rule, index, destination });
    if (destination === null && !seen.has(name)) share?.strangers.add(name);
    seen.add(name);
  }
}
