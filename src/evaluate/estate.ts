/** What the engine may look up while it judges: the ends of routes, by name, and the accounts. */
import { isEveryAccountListed } from './coverage.ts';
import { EndLines, type Lookups } from './end-lines.ts';
import { routesOf, type Destinations } from './routes.ts';
import type {
  Account,
  BucketLine,
  EndLine,
  Head,
  Manifest,
  RoleSources,
  Route,
  Snapshot,
} from '../model/estate.ts';
import { Recent } from '../recent.ts';

export interface Estate extends Destinations, Lookups {
  /** The buckets that replicate under a role, by its ARN. */
  readonly sourcesOf: (role: string) => RoleSources;
  /** The organization's id; null where there is none, or nobody could ask. */
  readonly organization: string | null;
  readonly account: (id: string) => Account | undefined;
  readonly isDestination: (name: string) => boolean;
  /** The enabled routes out of an end; none where its replication is unknown. */
  readonly routesOutOf: (name: string) => readonly Route[];
  readonly everyAccountListed: boolean;
  /** Null where Organizations could not be asked. */
  readonly members: readonly string[] | null;
}

/** Knows where each of wave two's lines is, and shows each once to `seen`; wave one's buckets stay on disk. */
export function estateOf(
  snapshot: Pick<Snapshot, 'manifest' | 'ends'>,
  seen?: (head: Head, line: () => EndLine) => void,
): Estate {
  const ends = snapshot.ends();
  const lines = new EndLines(ends);
  const destinations = new Set<string>();
  const sources = new Map<string, RoleSources>();
  let count = 0;
  for (const head of ends.heads()) {
    const at = count;
    seen?.(head, () => ends.again(at));
    lines.add(head.name);
    count += 1;
    for (const name of head.to ?? []) destinations.add(name);
    if (head.role !== undefined) countSource(sources, head.role, head.name);
  }
  const organization = organizationOf(snapshot.manifest);
  const found = lines.lookups();
  return {
    ...organization,
    ...found,
    isDestination: (name) => destinations.has(name),
    sourcesOf: (role) => sources.get(role) ?? { count: 0, first: [] },
    routesOutOf: outward({ ...organization, ...found }),
  };
}

function organizationOf({
  organization,
}: Manifest): Pick<Estate, 'partition' | 'organization' | 'account' | 'everyAccountListed' | 'members'> {
  const accounts = new Map(organization.accounts.map((account) => [account.id, account]));
  return {
    partition: organization.partition,
    organization: organization.id,
    account: (id) => accounts.get(id),
    everyAccountListed: isEveryAccountListed(organization),
    members: organization.id === null ? null : [...accounts.keys()],
  };
}

/** However many routes lead into a bucket, the ways out of it are worked out once: linear in routes. */
function outward(ends: Destinations): (name: string) => readonly Route[] {
  const known = new Recent<BucketLine, readonly Route[]>(4);
  return (name) => {
    const line = ends.bucket(name);
    return line === undefined ? [] : known.of(line, (one) => routesOf(one, ends));
  };
}

/** A few names are enough for a message, and thousands of buckets may share a role. */
const namesKept = 3;

function countSource(sources: Map<string, RoleSources>, role: string, bucket: string): void {
  const { count, first } = sources.get(role) ?? { count: 0, first: [] };
  sources.set(role, { count: count + 1, first: count < namesKept ? [...first, bucket] : first });
}
