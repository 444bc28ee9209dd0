/** What a rule of each scope is run over: the things it may look at, and what is known of them. */
import type { Estate } from './estate.ts';
import { bucketArn } from '../arn.ts';
import type { BucketLine, BucketRef, Route } from '../model/estate.ts';
import type { Cause, Observed, Presence } from '../model/facts.ts';

/** A thing with its identity, and its facts by name. */
export interface Thing {
  /** What the rule gets without asking. */
  readonly identity: object;
  readonly arn: string;
  readonly facts: Readonly<Record<string, Observed<unknown> | undefined>>;
  /** Said of a fact that the snapshot does not hold. */
  readonly absent: Cause;
  /** The destination answered 404: it has no facts at all. */
  readonly missing?: boolean;
}

export interface Subject {
  readonly bucket: BucketRef;
  readonly line: BucketLine;
  readonly route: Route | null;
  readonly routes: readonly Route[];
  readonly things: Readonly<Record<string, Thing>>;
}

const notCollected: Cause = { reason: 'not-collected', detail: 'The snapshot does not hold this fact.' };

/** A bucket rule's subject. */
export function bucketSubject(line: BucketLine, routes: readonly Route[], estate: Estate): Subject {
  const bucket = refOf(line, estate);
  return { bucket, line, route: null, routes, things: { bucket: bucketThing(line, bucket) } };
}

/** A source rule's subject: the bucket and the role that replicates it. */
export function sourceSubject(base: Subject, estate: Estate): Subject {
  const arn = base.routes[0]?.role ?? '';
  return {
    ...base,
    things: { source: bucketThing(base.line, base.bucket), role: roleThing(arn, estate) },
  };
}

/** A route rule's subject. */
export function routeSubject(source: Subject, route: Route, estate: Estate): Subject {
  const objects = estate.objects(route.source.name, route.index);
  const destination = destinationThing(route, estate);
  const owned = route.destination.account !== null;
  return {
    ...source,
    route,
    things: {
      ...source.things,
      destination,
      objects: {
        identity: {},
        arn: route.source.arn,
        facts: objects?.facts ?? {},
        absent: owned ? notCollected : destination.absent,
      },
    },
  };
}

function refOf(line: BucketLine, estate: Estate): BucketRef {
  const { name, account, region } = line;
  return { name, arn: bucketArn(estate.partition, name), account, region };
}

function bucketThing(line: BucketLine, bucket: BucketRef): Thing {
  return { identity: bucket, arn: bucket.arn, facts: { ...line.facts }, absent: notCollected };
}

function roleThing(arn: string, estate: Estate): Thing {
  return { identity: { arn }, arn, facts: { ...estate.role(arn)?.facts }, absent: notCollected };
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
