/** A situation as the lines of a snapshot: the healthy pair, changed. */
import { bucketName } from '../arn.ts';
import { headOf } from '../head.ts';
import { tellingOf, type End } from '../facts.ts';
import type { ReplicationRule } from '../model/aws.ts';
import { defaultKey, replicaKey } from '../key.ts';
import type {
  AccountLine,
  BucketLine,
  EndLine,
  Ends,
  KeyLine,
  KeyRef,
  ObjectsLine,
  RoleLine,
  StrangerLine,
} from '../model/estate.ts';
import type {
  AccountFacts,
  BucketFacts,
  DestinationFacts,
  KeyFacts,
  ObjectFacts,
  Observed,
  ObservedFacts,
  RoleFacts,
} from '../model/facts.ts';
import type { Situation } from '../rule.ts';
import { frozen } from './frozen.ts';
import {
  accountFacts,
  batchRole,
  bucketFacts,
  destinationPolicy,
  healthy,
  keyFacts,
  objectFacts,
  replicationOf,
  roleFacts,
} from './healthy.ts';

/** A situation, with what only tests need. */
export interface TestSituation extends Situation {
  /** Facts that AWS refuses to tell: `destination.versioning`. */
  readonly denied?: readonly string[];
  /** Whether another bucket replicates into the source. */
  readonly isDestination?: boolean;
}

/** The source bucket, as wave one or two read it. */
export function sourceLine(situation: TestSituation): BucketLine {
  const { region = healthy.source.region, ...changed } = situation.source ?? {};
  const facts: BucketFacts = {
    ...bucketFacts,
    replication: replicationOf(situation.replicationRule),
    ...changed,
  };
  const denied = deniedOf(situation, 'source', 'bucket');
  return frozen({
    kind: 'bucket',
    name: healthy.source.name,
    account: healthy.source.account,
    region,
    facts: observed(facts, healthy.source.account, 'source', denied),
  });
}

/** Wave two: the ends of the route, and what else the situation names. */
export function endLines(situation: TestSituation, source: BucketLine): readonly EndLine[] {
  return frozen([
    source,
    destinationLine(situation),
    roleLine(situation),
    objectsLine(situation),
    ...keyLines(situation, source),
    ...accountLines(situation),
    ...(situation.buckets ?? []).map((bucket) => bucketLine(bucket)),
    ...(situation.isDestination === true ? [upstream] : []),
  ]);
}

function destinationLine(situation: TestSituation): BucketLine | StrangerLine {
  const { region = healthy.destination.region, account, presence, ...changed } = situation.destination ?? {};
  const { rule } = firstRoute(situation);
  const name = bucketName(rule?.Destination.Bucket ?? '');
  const denied = deniedOf(situation, 'destination', 'destinations');
  const owner = account === undefined ? healthy.destination.account : account;
  if (owner !== null) {
    const policy = owner === healthy.source.account ? null : destinationPolicy;
    const facts = observed({ ...bucketFacts, policy, ...changed }, owner, 'destination', denied);
    return { kind: 'bucket', name, account: owner, region, facts };
  }
  // Of a stranger no more is known than the situation says: nobody's role reads it.
  const facts: Partial<DestinationFacts> = { presence: presence ?? { status: 403 }, ...changed };
  return {
    kind: 'stranger',
    name,
    region,
    facts: observed(facts, healthy.source.account, 'destination', denied),
  };
}

/** The first enabled replication rule, and where it stands; the first of all where none is. */
function firstRoute(situation: TestSituation): {
  readonly rule: ReplicationRule | undefined;
  readonly index: number;
} {
  const { Rules } = situation.source?.replication ?? replicationOf(situation.replicationRule);
  const index = Math.max(
    Rules.findIndex((rule) => rule.Status === 'Enabled'),
    0,
  );
  return { rule: Rules[index], index };
}

function roleLine(situation: TestSituation): RoleLine {
  const facts: RoleFacts = { ...roleFacts, ...situation.role };
  return {
    kind: 'role',
    arn: healthy.role,
    facts: observed(facts, healthy.source.account, 'role', deniedOf(situation, 'role')),
  };
}

function objectsLine(situation: TestSituation): ObjectsLine {
  const { failedOperations, ...there }: ObjectFacts = { ...objectFacts, ...situation.objects };
  // Of a destination that no scanned account owns there is nothing to list, and nobody can say where its metrics are.
  const facts = { failedOperations, ...(situation.destination?.account === null ? {} : there) };
  return {
    kind: 'objects',
    source: healthy.source.name,
    index: firstRoute(situation).index,
    facts: observed(facts, healthy.source.account, 'objects', deniedOf(situation, 'objects')),
  };
}

/** The keys that the situation names: the source's default, and that of the replicas. */
function keyLines(situation: TestSituation, source: BucketLine): readonly KeyLine[] {
  const { encryption } = source.facts;
  const own = encryption?.known === true ? defaultKey(encryption.value, source) : null;
  const { rule } = firstRoute(situation);
  const destination = { ...healthy.destination, ...situation.destination };
  const replica = rule === undefined ? null : replicaKey(rule, destination);
  return [
    ...(own === null ? [] : [keyLine(own, 'sourceKey', situation)]),
    ...(replica === null ? [] : [keyLine(replica, 'replicaKey', situation)]),
  ];
}

function keyLine(key: KeyRef, end: 'sourceKey' | 'replicaKey', situation: TestSituation): KeyLine {
  const arn = key.id.startsWith('arn:') ? key.id : healthy[end];
  const facts: KeyFacts = { ...keyFacts(arn), ...situation[end] };
  return { kind: 'key', ...key, facts: observed(facts, key.account, end, deniedOf(situation, end)) };
}

/** Both accounts, and those that the situation names besides. */
function accountLines(situation: TestSituation): readonly AccountLine[] {
  const { accounts = {} } = situation;
  const source = healthy.source.account;
  const ids = new Set([source, healthy.destination.account, ...Object.keys(accounts)]);
  return [...ids].map((id) => {
    const ends =
      id === source
        ? ['sourceAccount', 'roleAccount', 'sourceKeyAccount']
        : ['destinationAccount', 'replicaKeyAccount'];
    const own = id === source ? { batchRoles: [batchRole] } : {};
    const facts: AccountFacts = { ...accountFacts, ...own, ...accounts[id] };
    return {
      kind: 'account',
      id,
      facts: observed(facts, source, 'sourceAccount', deniedOf(situation, ...ends)),
    };
  });
}

function bucketLine({ replication, ...bucket }: NonNullable<Situation['buckets']>[number]): BucketLine {
  const facts: BucketFacts = { ...bucketFacts, replication: replication ?? null };
  return { kind: 'bucket', ...bucket, facts: observed(facts, bucket.account, 'destination', new Set()) };
}

const upstream: BucketLine = {
  ...bucketLine({ name: 'upstream', account: healthy.destination.account, region: 'eu-north-1' }),
  facts: observed(
    {
      ...bucketFacts,
      replication: replicationOf({ Destination: { Bucket: `arn:aws:s3:::${healthy.source.name}` } }),
    },
    healthy.destination.account,
    'source',
    new Set(),
  ),
};

/** The facts as they would have been read; those that are denied with the call that was refused. */
function observed<F extends object>(
  facts: F,
  account: string,
  end: End,
  denied: ReadonlySet<string>,
): ObservedFacts<Required<F>> {
  const entries = Object.entries(facts).map(([fact, value]): readonly [string, Observed<unknown>] => [
    fact,
    denied.has(fact) ? refused(end, fact, account) : { known: true, value, account, at: healthy.at },
  ]);
  // The same names with their values wrapped, which `fromEntries` does not know.
  return Object.fromEntries(entries) as ObservedFacts<Required<F>>;
}

function refused(end: End, fact: string, account: string): Observed<never> {
  const { call } = tellingOf(end, fact);
  return {
    known: false,
    causes: [{ reason: 'access-denied', call, account, detail: `Account ${account} denied ${call}.` }],
  };
}

/** The denied facts of an end, by either of its names. */
function deniedOf({ denied = [] }: TestSituation, ...ends: readonly string[]): ReadonlySet<string> {
  const facts = denied.map((place) => place.split('.'));
  return new Set(facts.filter(([end = '']) => ends.includes(end)).map(([, fact = '']) => fact));
}

/** Lines as a snapshot gives them. */
export function inMemory(lines: readonly EndLine[]): Ends {
  return {
    [Symbol.iterator]: () => lines[Symbol.iterator](),
    heads: () => lines.map(headOf),
    again: (at) => {
      const line = lines[at];
      if (line === undefined) throw new RangeError(`There is no line ${at}.`);
      return line;
    },
  };
}
