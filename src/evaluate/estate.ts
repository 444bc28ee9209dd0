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
  Manifest,
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

/** Knows where each of wave two's lines is, and shows each once to `seen`; wave one's buckets stay on disk. */
export function estateOf(
  snapshot: Pick<Snapshot, 'manifest' | 'ends'>,
  seen?: (line: EndLine) => void,
): Estate {
  const lines = new Map<string, () => EndLine>();
  const destinations = new Set<string>();
  for (const read of snapshot.ends()) {
    const line = read();
    seen?.(line);
    lines.set(nameOf(line), read);
    if (line.kind === 'bucket') for (const name of destinationNames(line)) destinations.add(name);
  }
  const recall = remembering();
  const find = (name: string): EndLine | undefined => {
    const read = lines.get(name);
    return read && recall(read);
  };
  const organization = organizationOf(snapshot.manifest);
  const found = lookups(find);
  return {
    ...organization,
    ...found,
    isDestination: (name) => destinations.has(name),
    routesOutOf: outward({ ...organization, ...found }),
  };
}

type Lookups = Omit<Estate, keyof ReturnType<typeof organizationOf> | 'isDestination' | 'routesOutOf'>;

/** A line is found by the name that was made of its kind, so that it is of that kind. */
function lookups(find: (name: string) => EndLine | undefined): Lookups {
  return {
    bucket: (name) => find(`bucket ${name}`) as BucketLine | undefined,
    stranger: (name) => find(`stranger ${name}`) as StrangerLine | undefined,
    role: (arn) => find(`role ${arn}`) as RoleLine | undefined,
    key: (ref) => find(`key ${keyName(ref)}`) as KeyLine | undefined,
    accountFacts: (id) => find(`account ${id}`) as AccountLine | undefined,
    objects: (source, index) => find(objectsName(source, index)) as ObjectsLine | undefined,
  };
}

function nameOf(line: EndLine): string {
  switch (line.kind) {
    case 'bucket':
    case 'stranger':
      return `${line.kind} ${line.name}`;
    case 'role':
      return `role ${line.arn}`;
    case 'key':
      return `key ${keyName(line)}`;
    case 'account':
      return `account ${line.id}`;
    case 'objects':
      return objectsName(line.source, line.index);
  }
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

/** Neighbours ask for the same lines; how many are kept bounds the memory, not the answers. */
const mostKept = 1000;

function remembering(): (read: () => EndLine) => EndLine {
  const kept = new Map<() => EndLine, EndLine>();
  return (read) => {
    const known = kept.get(read);
    if (known !== undefined) return known;
    const line = read();
    if (kept.size >= mostKept) kept.clear();
    kept.set(read, line);
    return line;
  };
}

/** However many routes lead into a bucket, the ways out of it are worked out once: linear in routes. */
function outward(ends: Destinations): (name: string) => readonly Route[] {
  const known = new WeakMap<BucketLine, readonly Route[]>();
  return (name) => {
    const line = ends.bucket(name);
    if (line === undefined) return [];
    const routes = known.get(line) ?? routesOf(line, ends);
    known.set(line, routes);
    return routes;
  };
}

function objectsName(source: string, index: number): string {
  return `objects ${source}#${index}`;
}

/** The buckets that a bucket's enabled replication rules point to. */
function destinationNames({ facts }: BucketLine): readonly string[] {
  if (!facts.replication?.known || facts.replication.value === null) return [];
  return facts.replication.value.Rules.filter((rule) => rule.Status === 'Enabled').map((rule) =>
    bucketName(rule.Destination.Bucket),
  );
}
