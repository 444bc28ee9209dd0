/** What the engine may look up while it judges: the ends of routes, by name, and the accounts. */
import { isEveryAccountListed } from './coverage.ts';
import type { Destinations } from './routes.ts';
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
  RoleSources,
  Snapshot,
  StrangerLine,
} from '../model/estate.ts';

export interface Estate extends Destinations {
  readonly role: (arn: string) => RoleLine | undefined;
  /** The buckets that replicate under a role, by its ARN. */
  readonly sourcesOf: (role: string) => RoleSources;
  readonly key: (ref: KeyRef) => KeyLine | undefined;
  readonly accountFacts: (id: string) => AccountLine | undefined;
  readonly objects: (source: string, index: number) => ObjectsLine | undefined;
  /** The organization's id; null where there is none, or nobody could ask. */
  readonly organization: string | null;
  readonly account: (id: string) => Account | undefined;
  readonly isDestination: (name: string) => boolean;
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
  const sources = new Map<string, RoleSources>();
  for (const line of snapshot.ends()) {
    seen?.(line);
    switch (line.kind) {
      case 'bucket':
        buckets.set(line.name, line);
        for (const name of destinationNames(line)) destinations.add(name);
        countSource(sources, line);
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
  return {
    partition: organization.partition,
    bucket: (name) => buckets.get(name),
    stranger: (name) => strangers.get(name),
    role: (arn) => roles.get(arn),
    sourcesOf: (role) => sources.get(role) ?? { count: 0, first: [] },
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

function objectsKey(source: string, index: number): string {
  return `${source}#${index}`;
}

/** A few names are enough for a message, and thousands of buckets may share a role. */
const namesKept = 3;

function countSource(sources: Map<string, RoleSources>, line: BucketLine): void {
  const { replication } = line.facts;
  if (!replication?.known || replication.value === null || destinationNames(line).length === 0) return;
  const { Role } = replication.value;
  const { count, first } = sources.get(Role) ?? { count: 0, first: [] };
  sources.set(Role, { count: count + 1, first: count < namesKept ? [...first, line.name] : first });
}

/** The buckets that a bucket's enabled replication rules point to. */
function destinationNames({ facts }: BucketLine): readonly string[] {
  if (!facts.replication?.known || facts.replication.value === null) return [];
  return facts.replication.value.Rules.filter((rule) => rule.Status === 'Enabled').map((rule) =>
    bucketName(rule.Destination.Bucket),
  );
}
