/**
 * What wave two has to read, worked out from wave one: each end once however many routes want it, by the account whose role
 * reads it.
 */
import { accountOf, bucketName } from '../arn.ts';
import type { ReplicationRule } from '../model/aws.ts';
import { defaultKey, keyName, replicaKey } from '../key.ts';
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

interface Source {
  readonly line: BucketLine;
  readonly role: string;
  readonly rules: readonly { readonly rule: ReplicationRule; readonly index: number }[];
}

/** Reads wave one's buckets twice: for the sources, then for who owns what they point to. */
export function workOf(buckets: () => Iterable<BucketLine>): readonly AccountWork[] {
  const sources = [...buckets()].flatMap(sourceOf);
  const wanted = new Set(sources.flatMap(({ rules }) => rules.map(({ rule }) => destinationOf(rule))));
  const owned = new Map<string, BucketLine>();
  for (const line of buckets()) if (wanted.has(line.name)) owned.set(line.name, line);
  const work = new Map<string, AccountWork>();
  const seen = new Set<string>();
  for (const source of sources) {
    addSource(workIn(work, source.line.account), source, owned, seen);
    addRole(work, source.role);
    const own = keyOf(source);
    if (own !== null) addKey(work, own, 'sourceKeyAccount');
    for (const key of replicaKeysOf(source, owned)) addKey(work, key, 'replicaKeyAccount');
  }
  for (const line of owned.values()) {
    const share = workIn(work, line.account);
    share.parts.add('destinationAccount');
    endIn(share, line).destination = true;
  }
  return [...work.values()].sort((a, b) => (a.account < b.account ? -1 : 1));
}

/** The account becomes a file's name, and an ARN is whatever a bucket's configuration says. */
function isAccountId(text: string): boolean {
  return /^\d{12}$/.test(text);
}

function addRole(work: Map<string, AccountWork>, arn: string): void {
  const owner = accountOf(arn);
  if (!isAccountId(owner)) return;
  const share = workIn(work, owner);
  share.parts.add('roleAccount');
  share.roles.add(arn);
}

function addKey(work: Map<string, AccountWork>, key: KeyRef, part: Part): void {
  if (!isAccountId(key.account)) return;
  const share = workIn(work, key.account);
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

function workIn(work: Map<string, AccountWork>, account: string): AccountWork {
  const own = work.get(account) ?? {
    account,
    parts: new Set(),
    ends: new Map(),
    roles: new Set(),
    keys: new Map(),
    strangers: new Set(),
    routes: [],
  };
  work.set(account, own);
  return own;
}

function endIn(work: AccountWork, line: BucketLine): { source: boolean; destination: boolean } {
  const end = work.ends.get(line.name) ?? { line, source: false, destination: false };
  work.ends.set(line.name, end);
  return end;
}

function addSource(
  work: AccountWork,
  { line, rules }: Source,
  owned: ReadonlyMap<string, BucketLine>,
  seen: Set<string>,
): void {
  work.parts.add('sourceAccount');
  endIn(work, line).source = true;
  for (const { rule, index } of rules) {
    const name = destinationOf(rule);
    const destination = owned.get(name) ?? null;
    work.routes.push({ source: line, rule, index, destination });
    if (destination === null && !seen.has(name)) work.strangers.add(name);
    seen.add(name);
  }
}
