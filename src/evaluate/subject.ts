/** What a rule of each scope is run over: the things it may look at, and what is known of them. */
import type { Estate } from './estate.ts';
import { accountOf, bucketArn } from '../arn.ts';
import { defaultKey, replicaKey } from '../key.ts';
import type { AccountRef, BucketLine, BucketRef, KeyRef, Route } from '../model/estate.ts';
import type { Cause, Observed, Presence } from '../model/facts.ts';

/** A thing with its identity, and its facts by name. */
export interface Thing {
  /** What the rule gets without asking. */
  readonly identity: object;
  readonly arn: string;
  readonly facts: Readonly<Record<string, Observed<unknown> | undefined>>;
  /** Said of a fact that the snapshot does not hold. */
  readonly absent: Cause;
  /** It does not exist (a destination that answered 404, a key that is not named): it has no facts at all. */
  readonly missing?: boolean;
}

export interface Subject {
  readonly bucket: BucketRef;
  readonly line: BucketLine;
  readonly route: Route | null;
  readonly routes: readonly Route[];
  readonly things: Readonly<Record<string, Thing>>;
  /** The destination of each of the routes, in their order. */
  readonly destinations: readonly Thing[];
}

const notCollected: Cause = { reason: 'not-collected', detail: 'The snapshot does not hold this fact.' };

/** A bucket rule's subject. */
export function bucketSubject(line: BucketLine, routes: readonly Route[], estate: Estate): Subject {
  const bucket = refOf(line, estate);
  return {
    bucket,
    line,
    route: null,
    routes,
    things: { bucket: bucketThing(line, bucket) },
    destinations: routes.map((route) => destinationThing(route, estate)),
  };
}

/** A source rule's subject: the bucket, its key, and the role that replicates it. */
export function sourceSubject(base: Subject, estate: Estate): Subject {
  const { bucket, line } = base;
  const arn = base.routes[0]?.role ?? '';
  const key = sourceKeyThing(line, estate);
  return {
    ...base,
    things: {
      source: bucketThing(line, bucket),
      sourceAccount: accountThing(bucket.account, estate),
      role: roleThing(arn, estate),
      roleAccount: accountThing(accountOf(arn), estate),
      sourceKey: key.thing,
      sourceKeyAccount:
        key.account === null ? { ...key.thing, facts: {} } : accountThing(key.account, estate),
    },
  };
}

/** A route rule's subject. */
export function routeSubject(source: Subject, at: number, route: Route, estate: Estate): Subject {
  const objects = estate.objects(route.source.name, route.index);
  const destination = source.destinations[at] ?? destinationThing(route, estate);
  const owner = route.destination.account;
  const replica = replicaKey(route.rule, route.destination);
  const named = route.rule.Destination.EncryptionConfiguration?.ReplicaKmsKeyID !== undefined;
  const key = keyThing(replica, named, destination.absent, estate);
  return {
    ...source,
    route,
    things: {
      ...source.things,
      destination,
      destinationAccount: owner === null ? nobody(destination) : accountThing(owner, estate),
      replicaKey: key,
      replicaKeyAccount: replica === null ? { ...key, facts: {} } : accountThing(replica.account, estate),
      objects: {
        identity: {},
        arn: route.source.arn,
        facts: objects?.facts ?? {},
        absent: owner === null ? destination.absent : notCollected,
      },
    },
  };
}

/** Which key encrypts a source is read off its encryption: where that is unknown, so is the key. */
function sourceKeyThing(
  line: BucketLine,
  estate: Estate,
): { readonly thing: Thing; readonly account: string | null } {
  const { encryption } = line.facts;
  if (encryption?.known !== true) {
    const absent = encryption?.causes[0] ?? notCollected;
    return { thing: { identity: {}, arn: '', facts: {}, absent }, account: null };
  }
  const key = defaultKey(encryption.value, line);
  return { thing: keyThing(key, key !== null, notCollected, estate), account: key?.account ?? null };
}

/** Without a key there are no facts of one, and a rule about it does not apply. */
function keyThing(key: KeyRef | null, named: boolean, absent: Cause, estate: Estate): Thing {
  if (key === null) return { identity: {}, arn: '', facts: {}, absent, missing: !named };
  const facts = { ...estate.key(key)?.facts };
  return { identity: key, arn: key.id, facts, absent: notCollected };
}

function accountThing(id: string, estate: Estate): Thing {
  const account = estate.account(id);
  const identity: AccountRef = { id, organization: account === undefined ? null : estate.organization };
  const absent: Cause = account
    ? notCollected
    : { reason: 'not-collected', detail: `Account ${id} is not among the accounts that were listed.` };
  return { identity, arn: id, facts: { ...estate.accountFacts(id)?.facts }, absent };
}

/** The account of a destination that no scanned account owns. */
function nobody(destination: Thing): Thing {
  const identity: AccountRef = { id: '', organization: null };
  return { ...destination, identity, arn: '', facts: {} };
}

function refOf(line: BucketLine, estate: Estate): BucketRef {
  const { name, account, region } = line;
  return { name, arn: bucketArn(estate.partition, name), account, region };
}

function bucketThing(line: BucketLine, bucket: BucketRef): Thing {
  return { identity: bucket, arn: bucket.arn, facts: { ...line.facts }, absent: notCollected };
}

function roleThing(arn: string, estate: Estate): Thing {
  return {
    identity: { arn, account: accountOf(arn), sources: estate.sourcesOf(arn) },
    arn,
    facts: { ...estate.role(arn)?.facts },
    absent: notCollected,
  };
}

function destinationThing({ destination }: Route, estate: Estate): Thing {
  const owned = estate.bucket(destination.name);
  if (owned) {
    const listed: Observed<Presence> = {
      known: true,
      value: { status: 200 },
      account: owned.account,
      at: owned.facts.replication?.known ? owned.facts.replication.at : '',
    };
    return {
      identity: destination,
      arn: destination.arn,
      facts: { ...owned.facts, presence: listed },
      absent: notCollected,
    };
  }
  const facts = { ...estate.stranger(destination.name)?.facts };
  const presence = facts.presence;
  return {
    identity: destination,
    arn: destination.arn,
    facts,
    missing: presence?.known === true && presence.value.status === 404,
    absent: {
      reason: estate.everyAccountListed ? 'outside-organization' : 'not-collected',
      detail: `Bucket '${destination.name}' is in no account that was scanned.`,
    },
  };
}
