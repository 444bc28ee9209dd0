/** An account's share of wave two: what is noted of it while all are worked out, and the whole of the one whose turn it is. */
import type { ReplicationRule } from '../model/aws.ts';
import { bucketName } from '../arn.ts';
import { keyName } from '../key.ts';
import type { BucketLine, KeyRef } from '../model/estate.ts';

/** Where a bucket is. */
export type Place = Pick<BucketLine, 'name' | 'account' | 'region'>;

/** A route whose objects are to be compared. */
export interface RouteWork {
  readonly source: Place;
  readonly rule: ReplicationRule;
  readonly index: number;
  /** Null where no scanned account owns it. */
  readonly destination: Place | null;
}

/** What an account may be to a route: each part asks for facts of its own. */
export type Part =
  'sourceAccount' | 'roleAccount' | 'destinationAccount' | 'sourceKeyAccount' | 'replicaKeyAccount';

/** What a bucket is to routes. */
interface Ends {
  readonly source: boolean;
  readonly destination: boolean;
}

/** What all accounts' buckets say of one account; what its own say is on disk, and read when its turn comes. */
export type Note =
  /** Some bucket of its own replicates. */
  | { readonly is: 'source' }
  /** A bucket of its own into which some bucket replicates. */
  | { readonly is: 'destination'; readonly name: string }
  /** Where a destination of its own buckets is. */
  | { readonly is: 'place'; readonly place: Place }
  | { readonly is: 'role'; readonly arn: string }
  | { readonly is: 'key'; readonly key: KeyRef; readonly part: Part }
  /** A destination that no scanned account owns: asked for with the credentials of the first source that names it. */
  | { readonly is: 'stranger'; readonly name: string };

/** One account's share. */
export interface AccountWork {
  readonly account: string;
  readonly parts: ReadonlySet<Part>;
  /** By the bucket's name, with what wave one told of it. */
  readonly ends: ReadonlyMap<string, Ends & { readonly line: BucketLine }>;
  readonly roles: ReadonlySet<string>;
  /** By name. */
  readonly keys: ReadonlyMap<string, KeyRef>;
  readonly strangers: ReadonlySet<string>;
  readonly routes: readonly RouteWork[];
}

/** The share of an account of which this was noted; `buckets` reads again what wave one told of its own. */
export function shareOf(
  account: string,
  notes: readonly Note[],
  buckets: (account: string) => Iterable<BucketLine>,
): AccountWork {
  const destinations = new Set<string>();
  const places = new Map<string, Place>();
  const parts = new Set<Part>();
  const roles = new Set<string>();
  const keys = new Map<string, KeyRef>();
  const strangers = new Set<string>();
  for (const one of notes) {
    switch (one.is) {
      case 'source':
        parts.add('sourceAccount');
        break;
      case 'destination':
        parts.add('destinationAccount');
        destinations.add(one.name);
        break;
      case 'place':
        places.set(one.place.name, one.place);
        break;
      case 'role':
        parts.add('roleAccount');
        roles.add(one.arn);
        break;
      case 'key':
        parts.add(one.part);
        keys.set(keyName(one.key), one.key);
        break;
      case 'stranger':
        strangers.add(one.name);
    }
  }
  const hasEnds = parts.has('sourceAccount') || destinations.size > 0;
  const own = endsIn(hasEnds ? buckets(account) : [], destinations, places);
  return { account, parts, roles, keys, strangers, ...own };
}

function endsIn(
  lines: Iterable<BucketLine>,
  destinations: ReadonlySet<string>,
  places: ReadonlyMap<string, Place>,
): Pick<AccountWork, 'ends' | 'routes'> {
  const ends = new Map<string, { source: boolean; destination: boolean; line: BucketLine }>();
  const routes: RouteWork[] = [];
  for (const line of lines) {
    const sources = sourceOf(line);
    const end = { source: sources.length > 0, destination: destinations.has(line.name) };
    if (!end.source && !end.destination) continue;
    ends.set(line.name, { ...end, line });
    for (const { rules } of sources) {
      for (const { rule, index } of rules) {
        const destination = places.get(destinationOf(rule)) ?? null;
        routes.push({ source: placeOf(line), rule, index, destination });
      }
    }
  }
  return { ends, routes };
}

/** A bucket that replicates, and the rules by which it does. */
export interface Source {
  readonly line: BucketLine;
  readonly role: string;
  readonly rules: readonly { readonly rule: ReplicationRule; readonly index: number }[];
}

/** Empty where the bucket replicates nothing. */
export function sourceOf(line: BucketLine): readonly Source[] {
  const { replication } = line.facts;
  if (!replication?.known || replication.value === null) return [];
  const rules = replication.value.Rules.flatMap((rule, index) =>
    rule.Status === 'Enabled' ? [{ rule, index }] : [],
  );
  return rules.length === 0 ? [] : [{ line, role: replication.value.Role, rules }];
}

export function destinationOf(rule: ReplicationRule): string {
  return bucketName(rule.Destination.Bucket);
}

export function placeOf({ name, account, region }: BucketLine): Place {
  return { name, account, region };
}
