import { describeDemand, lockSchema, meets, type LockDemand } from './shared/object-lock.ts';
import { takesDeleteMarkers } from '../src/filter.ts';
import type { ObjectLockConfiguration } from '../src/model/aws.ts';
import {
  defineRule,
  fail,
  notApplicable,
  pass,
  undetermined,
  unknown,
  type DestinationRef,
  type Observed,
  type Route,
} from '../src/rule.ts';

interface Demand {
  readonly otherRegion?: boolean;
  readonly regions?: readonly string[];
  readonly otherAccount?: boolean;
  readonly accounts?: readonly string[];
  readonly destinations?: number;
  readonly replicationTimeControl?: boolean;
  readonly objectLock?: LockDemand;
  readonly deleteMarkers?: false;
}

/** A route with what is known of its destination. */
type Seen = Omit<Route, 'destination'> & {
  readonly destination: DestinationRef & {
    readonly presence: Observed<{ readonly status: number }>;
    readonly objectLock: Observed<ObjectLockConfiguration | null>;
  };
};

const defaults: Demand = {};

export default defineRule({
  id: 'replication-required',
  title: 'Bucket is not replicated as required',
  severity: 'error',
  scope: 'bucket',
  policy: true,
  why: 'The policy that names this rule asks for replicas of this bucket, and no route makes them as it asks. A route counts whatever part of the bucket its filter takes. A bucket that only receives replicas is left out: it is the copy. Of a source that could not be read nobody knows where it replicates to, so its copies are judged like any other bucket; the coverage names what was not read.',
  fix: 'Add a replication rule to a destination as the policy asks for, then send the objects that are there already with S3 Batch Replication.',
  page: 'AmazonS3/latest/userguide/replication.html',
  needs: { bucket: ['replication'] },
  wants: { destinations: ['presence', 'objectLock'] },
  options: {
    defaults,
    schema: {
      type: 'object',
      additionalProperties: false,
      properties: {
        otherRegion: { type: 'boolean', description: 'Replicas must be in another Region.' },
        regions: {
          type: 'array',
          minItems: 1,
          items: { type: 'string', minLength: 1 },
          description: 'Replicas must be in one of these Regions.',
        },
        otherAccount: { type: 'boolean', description: 'Replicas must be in another account.' },
        accounts: {
          type: 'array',
          minItems: 1,
          items: { type: 'string', pattern: '^[0-9]{12}$' },
          description: 'Replicas must be in one of these accounts.',
        },
        destinations: {
          type: 'integer',
          minimum: 1,
          description: 'How many distinct destination buckets must satisfy the demand; 1 if left out.',
        },
        replicationTimeControl: {
          type: 'boolean',
          description: 'The route must have Replication Time Control.',
        },
        objectLock: {
          ...lockSchema,
          description: 'The destination must have Object Lock, with a default retention no weaker than this.',
        },
        deleteMarkers: {
          const: false,
          description: 'false: the route must not carry delete markers.',
        },
      },
    },
  },
  evaluate({ bucket, routes, isDestination }, demand) {
    if (isDestination && routes.length === 0) return notApplicable;
    const wanted = demand.destinations ?? 1;
    const judged = routes.map((route) => ({ route, answer: satisfies(route, demand) }));
    const sure = destinations(judged, ['yes']);
    if (sure.length >= wanted) return pass;
    const possible = destinations(judged, ['yes', 'unknown', 'undetermined']);
    if (possible.length >= wanted) {
      const causes = judged.flatMap(({ route, answer }) =>
        answer === 'unknown' && !route.destination.objectLock.known
          ? route.destination.objectLock.causes
          : [],
      );
      if (causes.length > 0) return unknown({ known: false, causes });
      const open = possible.filter((name) => !sure.includes(name));
      return undetermined(
        `The Region or account at an end of the route is not known: ${open.map((name) => `'${name}'`).join(', ')}.`,
      );
    }
    const asked = describe(demand);
    return fail({
      message: `'${bucket.name}' is not replicated as required: ${sure.length} of ${wanted} required destinations satisfy the policy (${asked}), out of ${routes.length} enabled routes.`,
      expected: asked,
      actual: routes.length === 0 ? 'no enabled route' : `${sure.length} destinations that satisfy it`,
      at: ['bucket.replication', ...(demand.objectLock ? (['destinations.objectLock'] as const) : [])],
    });
  },
  remedy: () => ({
    untyped: 'which bucket shall take the replicas, and under which role and key, people have to decide.',
  }),
  examples: {
    bad: {
      options: { otherRegion: true },
      source: { region: 'eu-west-1' },
      destination: { region: 'eu-west-1' },
    },
    good: {
      options: { otherRegion: true },
      source: { region: 'eu-west-1' },
      destination: { region: 'eu-central-1' },
    },
  },
});

/** `unknown`: a lock that would decide was not told; `undetermined`: a Region or an account that would. */
type Answer = 'yes' | 'no' | 'unknown' | 'undetermined';

function destinations(
  judged: readonly { readonly route: Seen; readonly answer: Answer }[],
  answers: readonly Answer[],
): readonly string[] {
  const taken = judged.filter(({ answer }) => answers.includes(answer));
  return [...new Set(taken.map(({ route }) => route.destination.name))];
}

function satisfies({ source, destination, rule }: Seen, demand: Demand): Answer {
  const { presence, objectLock } = destination;
  const answers: readonly (boolean | Answer)[] = [
    // In a bucket that does not exist there are no replicas.
    !(presence.known && presence.value.status === 404),
    demand.replicationTimeControl !== true || rule.Destination.ReplicationTime?.Status === 'Enabled',
    demand.deleteMarkers !== false || !takesDeleteMarkers(rule),
    demand.otherRegion !== true || differ(source.region, destination.region),
    demand.otherAccount !== true || differ(source.account, destination.account),
    demand.regions === undefined || isAmong(destination.region, demand.regions),
    demand.accounts === undefined || isAmong(destination.account, demand.accounts),
    demand.objectLock === undefined ||
      (objectLock.known ? meets(objectLock.value, demand.objectLock) : 'unknown'),
  ];
  if (answers.includes(false)) return 'no';
  if (answers.includes('unknown')) return 'unknown';
  return answers.includes('undetermined') ? 'undetermined' : 'yes';
}

function differ(one: string | null, other: string | null): boolean | Answer {
  return one === null || other === null ? 'undetermined' : one !== other;
}

function isAmong(one: string | null, allowed: readonly string[]): boolean | Answer {
  return one === null ? 'undetermined' : allowed.includes(one);
}

function describe(demand: Demand): string {
  const { destinations: wanted = 1, regions, accounts, objectLock } = demand;
  const what = wanted === 1 ? 'one destination' : `${wanted} destinations`;
  const how = [
    ...(demand.otherRegion === true ? ['in another Region'] : []),
    ...(regions === undefined ? [] : [`in ${regions.join(' or ')}`]),
    ...(demand.otherAccount === true ? ['in another account'] : []),
    ...(accounts === undefined ? [] : [`in account ${accounts.join(' or ')}`]),
    ...(demand.replicationTimeControl === true ? ['with Replication Time Control'] : []),
    ...(objectLock === undefined ? [] : [`with ${describeDemand(objectLock)}`]),
    ...(demand.deleteMarkers === false ? ['without delete markers'] : []),
  ].join(', ');
  return how === '' ? what : `${what} ${how}`;
}
