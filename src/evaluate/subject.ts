/** What a rule of each scope is run over: the things it may look at, and what is known of them. */
import type { Estate } from './estate.ts';
import type { Part, Shown } from './view.ts';
import { accountOf, bucketArn } from '../arn.ts';
import { defaultKey, replicaKey } from '../key.ts';
import type {
  Account,
  AccountLine,
  AccountRef,
  BucketLine,
  BucketRef,
  DestinationRef,
  KeyRef,
  Route,
} from '../model/estate.ts';
import type { Cause, Observed, Presence } from '../model/facts.ts';
import { Recent } from '../recent.ts';

/** A thing with its identity, and its facts by name. */
export interface Thing {
  /** What the rule gets without asking, anew each time: to spread things of so many kinds takes far longer. */
  readonly copy: () => Record<string, unknown>;
  readonly arn: string;
  readonly facts: Readonly<Record<string, Observed<unknown> | undefined>>;
  /** Said of a fact that the snapshot does not hold. */
  readonly absent: Cause;
  /** It does not exist (a destination that answered 404, a key that is not named): it has no facts at all. */
  readonly missing: boolean;
  /** What rules were shown of it, by the number of what they declare. */
  readonly shown: (Part | undefined)[];
}

export interface Subject {
  readonly bucket: BucketRef;
  readonly line: BucketLine;
  /** The bucket's account. */
  readonly owner: Account | undefined;
  readonly route: Route | null;
  readonly routes: readonly Route[];
  readonly things: Readonly<Record<string, Thing>>;
  /** The destination of each of the routes, in their order. */
  readonly destinations: readonly Thing[];
  /** What rules were shown of it, by the number of what they declare, and what comes with each. */
  readonly shown: (Shown | undefined)[];
  readonly bare: { made: object | null };
}

const notCollected: Cause = { reason: 'not-collected', detail: 'The snapshot does not hold this fact.' };

function thingOf(
  copy: Thing['copy'],
  arn: string,
  facts: Thing['facts'],
  { absent = notCollected, missing = false }: { readonly absent?: Cause; readonly missing?: boolean } = {},
): Thing {
  return { copy, arn, facts, absent, missing, shown: [] };
}

const nameless: Thing['copy'] = () => ({});

function bucketCopy({ name, arn, account, region }: DestinationRef): Thing['copy'] {
  return () => ({ name, arn, account, region });
}

function keyCopy({ id, account, region }: KeyRef): Thing['copy'] {
  return () => ({ id, account, region });
}

function accountCopy({ id, organization }: AccountRef): Thing['copy'] {
  return () => ({ id, organization });
}

/** A bucket rule's subject. */
export function bucketSubject(line: BucketLine, routes: readonly Route[], estate: Estate): Subject {
  const bucket = refOf(line, estate);
  return {
    bucket,
    line,
    owner: estate.account(bucket.account),
    route: null,
    routes,
    things: { bucket: bucketThing(line, bucket) },
    destinations: routes.map((route) => destinationThing(route, estate)),
    shown: [],
    bare: { made: null },
  };
}

/** A source rule's subject: the bucket, its key, and the role that replicates it. */
export function sourceSubject(base: Subject, estate: Estate): Subject {
  const { bucket, line } = base;
  const arn = base.routes[0]?.role ?? '';
  const key = sourceKeyThing(line, estate);
  return {
    bucket,
    line,
    owner: base.owner,
    route: null,
    routes: base.routes,
    things: {
      source: base.things['bucket'] ?? bucketThing(line, bucket),
      sourceAccount: accountThing(bucket.account, estate),
      role: roleThing(arn, estate),
      roleAccount: accountThing(accountOf(arn), estate),
      sourceKey: key.thing,
      sourceKeyAccount:
        key.account === null ? withoutFacts(key.thing, key.thing.copy) : accountThing(key.account, estate),
    },
    destinations: base.destinations,
    shown: [],
    bare: { made: null },
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
  const { bucket, line, routes, destinations } = source;
  return {
    bucket,
    line,
    owner: source.owner,
    route,
    routes,
    things: {
      ...source.things,
      destination,
      destinationAccount: owner === null ? nobody(destination) : accountThing(owner, estate),
      replicaKey: key,
      replicaKeyAccount:
        replica === null ? withoutFacts(key, key.copy) : accountThing(replica.account, estate),
      objects: thingOf(nameless, route.source.arn, objects?.facts ?? {}, {
        absent: owner === null ? destination.absent : notCollected,
      }),
    },
    destinations,
    shown: [],
    bare: { made: null },
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
    return { thing: thingOf(nameless, '', {}, { absent }), account: null };
  }
  const key = defaultKey(encryption.value, line);
  return { thing: keyThing(key, key !== null, notCollected, estate), account: key?.account ?? null };
}

/** Without a key there are no facts of one, and a rule about it does not apply. */
function keyThing(key: KeyRef | null, named: boolean, absent: Cause, estate: Estate): Thing {
  if (key === null) return thingOf(nameless, '', {}, { absent, missing: !named });
  return thingOf(keyCopy(key), key.id, estate.key(key)?.facts ?? {});
}

const accountThings = new WeakMap<Estate, Recent<AccountLine, Thing>>();

/** Every route of an account asks of the same few accounts. */
function accountThing(id: string, estate: Estate): Thing {
  const line = estate.accountFacts(id);
  if (line === undefined) return accountOfLine(id, estate, {});
  const things = accountThings.get(estate) ?? new Recent<AccountLine, Thing>(16);
  accountThings.set(estate, things);
  return things.of(line, () => accountOfLine(id, estate, line.facts));
}

function accountOfLine(id: string, estate: Estate, facts: Thing['facts']): Thing {
  const account = estate.account(id);
  const identity: AccountRef = { id, organization: account === undefined ? null : estate.organization };
  const absent: Cause = account
    ? notCollected
    : { reason: 'not-collected', detail: `Account ${id} is not among the accounts that were listed.` };
  return thingOf(accountCopy(identity), id, facts, { absent });
}

/** The account of a destination that no scanned account owns. */
function nobody(destination: Thing): Thing {
  const identity: AccountRef = { id: '', organization: null };
  return withoutFacts({ ...destination, arn: '' }, accountCopy(identity));
}

/** Without facts as the other is. */
function withoutFacts({ arn, absent, missing }: Thing, copy: Thing['copy']): Thing {
  return thingOf(copy, arn, {}, { absent, missing });
}

function refOf(line: BucketLine, estate: Estate): BucketRef {
  const { name, account, region } = line;
  return { name, arn: bucketArn(estate.partition, name), account, region };
}

function bucketThing(line: BucketLine, bucket: BucketRef): Thing {
  return thingOf(bucketCopy(bucket), bucket.arn, line.facts);
}

function roleThing(arn: string, estate: Estate): Thing {
  const [account, sources] = [accountOf(arn), estate.sourcesOf(arn)];
  return thingOf(() => ({ arn, account, sources }), arn, estate.role(arn)?.facts ?? {});
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
    return thingOf(bucketCopy(destination), destination.arn, { ...owned.facts, presence: listed });
  }
  const facts = { ...estate.stranger(destination.name)?.facts };
  const presence = facts.presence;
  return thingOf(bucketCopy(destination), destination.arn, facts, {
    missing: presence?.known === true && presence.value.status === 404,
    absent: {
      reason: estate.everyAccountListed ? 'outside-organization' : 'not-collected',
      detail: `Bucket '${destination.name}' is in no account that was scanned.`,
    },
  });
}
