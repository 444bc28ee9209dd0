/** What the engine may look up while it judges: the ends of routes, by name, and the accounts. */
import { isEveryAccountListed } from './coverage.ts';
import { routesOf, type Destinations } from './routes.ts';
import { bucketName } from '../arn.ts';
import { keyName } from '../key.ts';
import type {
  Account,
  AccountLine,
  BucketLine,
  EndLine,
  KeyLine,
  KeyRef,
  ObjectsLine,
  RoleLine,
  Route,
  Snapshot,
  StrangerLine,
} from '../model/estate.ts';

export interface Estate extends Destinations {
  readonly role: (arn: string) => RoleLine | undefined;
  readonly key: (ref: KeyRef) => KeyLine | undefined;
  readonly accountFacts: (id: string) => AccountLine | undefined;
  readonly objects: (source: string, index: number) => ObjectsLine | undefined;
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

/** Reads wave two's lines into maps, and shows each to `seen`; wave one's buckets stay on disk. */
export function estateOf(
  snapshot: Pick<Snapshot, 'manifest' | 'ends'>,
  seen?: (line: EndLine) => void,
): Estate {
  const buckets = new Map<string, BucketLine>();
  const strangers = new Map<string, StrangerLine>();
  const roles = new Map<string, RoleLine>();
  const keys = new Map<string, KeyLine>();
  const accountLines = new Map<string, AccountLine>();
  const objects = new Map<string, ObjectsLine>();
  const destinations = new Set<string>();
  for (const line of snapshot.ends()) {
    seen?.(line);
    switch (line.kind) {
      case 'bucket':
        buckets.set(line.name, line);
        for (const name of destinationNames(line)) destinations.add(name);
        break;
      case 'stranger':
        strangers.set(line.name, line);
        break;
      case 'role':
        roles.set(line.arn, line);
        break;
      case 'key':
        keys.set(keyName(line), line);
        break;
      case 'account':
        accountLines.set(line.id, line);
        break;
      case 'objects':
        objects.set(objectsKey(line.source, line.index), line);
        break;
    }
  }
  const { organization } = snapshot.manifest;
  const accounts = new Map(organization.accounts.map((account) => [account.id, account]));
  const ends: Destinations = {
    partition: organization.partition,
    bucket: (name) => buckets.get(name),
    stranger: (name) => strangers.get(name),
  };
  return {
    ...ends,
    routesOutOf: outward(ends),
    role: (arn) => roles.get(arn),
    key: (ref) => keys.get(keyName(ref)),
    accountFacts: (id) => accountLines.get(id),
    organization: organization.id,
    objects: (source, index) => objects.get(objectsKey(source, index)),
    account: (id) => accounts.get(id),
    isDestination: (name) => destinations.has(name),
    everyAccountListed: isEveryAccountListed(organization),
    members: organization.id === null ? null : [...accounts.keys()],
  };
}

/** However many routes lead into a bucket, the ways out of it are worked out once: linear in routes. */
function outward(ends: Destinations): (name: string) => readonly Route[] {
  const known = new Map<string, readonly Route[]>();
  return (name) => {
    const line = ends.bucket(name);
    const routes = known.get(name) ?? (line ? routesOf(line, ends) : []);
    known.set(name, routes);
    return routes;
  };
}

function objectsKey(source: string, index: number): string {
  return `${source}#${index}`;
}

/** The buckets that a bucket's enabled replication rules point to. */
function destinationNames({ facts }: BucketLine): readonly string[] {
  if (!facts.replication?.known || facts.replication.value === null) return [];
  return facts.replication.value.Rules.filter((rule) => rule.Status === 'Enabled').map((rule) =>
    bucketName(rule.Destination.Bucket),
  );
}
