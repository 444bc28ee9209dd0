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

/** One account's share. */
export interface AccountWork {
  readonly account: string;
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
    const owner = accountOf(source.role);
    if (isAccountId(owner)) workIn(work, owner).roles.add(source.role);
    for (const key of keysOf(source, owned)) {
      if (isAccountId(key.account)) workIn(work, key.account).keys.set(keyName(key), key);
    }
  }
  for (const line of owned.values()) endIn(workIn(work, line.account), line).destination = true;
  return [...work.values()].sort((a, b) => (a.account < b.account ? -1 : 1));
}

/** The account becomes a file's name, and an ARN is whatever a bucket's configuration says. */
function isAccountId(text: string): boolean {
  return /^\d{12}$/.test(text);
}

/** The key of the source, and those that its rules name for replicas. */
function keysOf({ line, rules }: Source, owned: ReadonlyMap<string, BucketLine>): readonly KeyRef[] {
  const { encryption } = line.facts;
  const own = encryption?.known === true ? defaultKey(encryption.value, line) : null;
  const replicas = rules.map(({ rule }) => {
    const destination = owned.get(destinationOf(rule));
    return replicaKey(rule, destination ?? { account: null, region: null });
  });
  return [own, ...replicas].filter((key) => key !== null);
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
  endIn(work, line).source = true;
  for (const { rule, index } of rules) {
    const name = destinationOf(rule);
    const destination = owned.get(name) ?? null;
    work.routes.push({ source: line, rule, index, destination });
    if (destination === null && !seen.has(name)) work.strangers.add(name);
    seen.add(name);
  }
}
