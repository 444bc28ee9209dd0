/** Where a finding is: what several findings of a bucket have in common, and the names that their texts repeat. */
import type { Finding } from '../../src/model/finding.ts';
import { masking, unmask } from './masks.ts';
import type { Names } from './masks.ts';
import { packTable } from './tables.ts';
import type { Table } from './tables.ts';

/** A bucket or a route, as the table of findings shows it. */
export interface Place {
  readonly bucket: string;
  readonly account: string;
  readonly accountName: string;
  readonly region: string | null;
  readonly replicationRule: string | null;
  readonly destination: string | null;
  readonly toAccount: string | null;
  readonly toRegion: string | null;
}

const placeKeys = [
  ...(['bucket', 'account', 'accountName', 'region'] as const),
  ...(['replicationRule', 'destination', 'toAccount', 'toRegion'] as const),
] satisfies readonly (keyof Place)[];

/** A place with names of roles and keys which texts of its findings repeat. */
export interface NamedPlace extends Place {
  readonly roles: readonly string[];
  readonly keys: readonly string[];
}

function place({ resource, route }: Finding): Place {
  return {
    bucket: resource.bucket,
    account: resource.account,
    accountName: resource.accountName,
    region: resource.region,
    replicationRule: route?.replicationRule ?? null,
    destination: route?.destination.bucket ?? null,
    toAccount: route?.destination.account ?? null,
    toRegion: route?.destination.region ?? null,
  };
}

// A route has one role and two keys; the rest is for those that policies name besides. The marks of `masks.ts` suffice for all.
const [mostRoles, mostKeys] = [3, 5];

/** The names that texts about a place repeat, each always under the same mark. */
export function namesOf(of: NamedPlace): Names {
  const roles = Array.from({ length: mostRoles }, (_, at) => of.roles[at] ?? null);
  return [of.bucket, of.destination, of.account, of.toAccount, of.region, of.toRegion, ...roles, ...of.keys];
}

/** Where a finding is, and how its texts do without the names of the place. */
export interface Placed {
  /** The place's number, in the order in which places come first. */
  readonly place: number;
  readonly mask: (text: string) => string;
}

interface Known {
  readonly place: number;
  readonly of: NamedPlace & { readonly roles: string[]; readonly keys: string[] };
  mask: ((text: string) => string) | null;
}

/** The places of findings, each once. */
export class Places {
  readonly #known: Known[] = [];
  /** Few of a bucket, so that its name finds them fast. */
  readonly #byBucket = new Map<string, Known[]>();

  /** Learns the finding's names; what was masked before with fewer can be read with all. */
  placed(finding: Finding): Placed {
    const known = this.#find(finding);
    if (learn(finding, known.of.roles, known.of.keys)) known.mask = null;
    known.mask ??= masking(namesOf(known.of));
    return { place: known.place, mask: known.mask };
  }

  #find(finding: Finding): Known {
    const here = place(finding);
    const near = this.#byBucket.get(here.bucket) ?? [];
    this.#byBucket.set(here.bucket, near);
    const same = near.find(({ of }) => placeKeys.every((key) => of[key] === here[key]));
    if (same !== undefined) return same;
    const known = { place: this.#known.length, of: { ...here, roles: [], keys: [] }, mask: null };
    near.push(known);
    this.#known.push(known);
    return known;
  }

  table(): Table {
    return packTable(this.#known.map(({ of }) => packedPlace(of)));
  }
}

const arns = /:role\/(?:[\w+=,.@-]+\/)*([\w+=,.@-]+)|:key\/([\w-]+)/g;

/** Whether there was anything new. */
function learn(finding: Finding, roles: string[], keys: string[]): boolean {
  const before = roles.length + keys.length;
  const texts = [finding.message, finding.fix.cli ?? '', ...finding.evidence.map(({ resource }) => resource)];
  for (const text of texts)
    for (const [, role, key] of text.matchAll(arns)) {
      if (role !== undefined && roles.length < mostRoles && !roles.includes(role)) roles.push(role);
      if (key !== undefined && keys.length < mostKeys && !keys.includes(key)) keys.push(key);
    }
  return roles.length + keys.length > before;
}

/** A destination is often called after its source. */
function packedPlace(of: NamedPlace): NamedPlace {
  const { destination } = of;
  return destination === null ? of : { ...of, destination: masking([of.bucket])(destination) };
}

/** The reverse of `packedPlace`. */
export function unpackedPlace(of: NamedPlace): NamedPlace {
  const { destination } = of;
  return destination === null ? of : { ...of, destination: unmask(destination, [of.bucket]) };
}
