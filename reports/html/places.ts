/** Where a finding is: what several findings of a bucket have in common, and the names that their texts repeat. */
import type { Finding } from '../../src/model/finding.ts';
import { masking, unmask } from './masks.ts';
import type { Names } from './masks.ts';
import { distinctRows } from './tables.ts';
import type { Distinct } from './tables.ts';

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

/** The findings' places, each once. */
export function placesOf(findings: readonly Finding[]): Distinct<NamedPlace> {
  const { values, at } = distinctRows(findings.map(place));
  const named = values.map((of) => ({ ...of, roles: [] as string[], keys: [] as string[] }));
  findings.forEach((finding, index) => {
    const of = named[at[index] ?? 0];
    if (of !== undefined) learn(finding, of.roles, of.keys);
  });
  return { values: named, at };
}

const arns = /:role\/(?:[\w+=,.@-]+\/)*([\w+=,.@-]+)|:key\/([\w-]+)/g;

function learn(finding: Finding, roles: string[], keys: string[]): void {
  const texts = [finding.message, finding.fix.cli ?? '', ...finding.evidence.map(({ resource }) => resource)];
  for (const text of texts)
    for (const [, role, key] of text.matchAll(arns)) {
      if (role !== undefined && roles.length < mostRoles && !roles.includes(role)) roles.push(role);
      if (key !== undefined && keys.length < mostKeys && !keys.includes(key)) keys.push(key);
    }
}

/** A destination is often called after its source. */
export function packedPlace(of: NamedPlace): NamedPlace {
  const { destination } = of;
  return destination === null ? of : { ...of, destination: masking([of.bucket])(destination) };
}

/** The reverse of `packedPlace`. */
export function unpackedPlace(of: NamedPlace): NamedPlace {
  const { destination } = of;
  return destination === null ? of : { ...of, destination: unmask(destination, [of.bucket]) };
}
