/** Looks things of the layout up: buckets by name, the keys of a place, and who replicates into what. */
import type { Clients } from './clients.ts';
import type { DemoBucket, Special } from './layout/bucket.ts';
import type { AccountName } from './organization.ts';

/** A layout in which names are whole, with the keys that were made for it. */
export class Directory {
  readonly buckets: readonly DemoBucket[];
  /** {@link placeOf} → ARN. */
  readonly keys = new Map<string, string>();
  readonly #byName: ReadonlyMap<string, DemoBucket>;

  constructor(layout: readonly DemoBucket[], clients: Clients) {
    const whole = (name: string): string => {
      const bucket = layout.find((one) => one.name === name);
      if (bucket === undefined) throw new Error(`The demo has no bucket ${name}.`);
      const { account, region } = bucket;
      return name.replace('{account}', clients.idOf(account)).replace('{region}', region);
    };
    this.buckets = layout.map((bucket) => ({
      ...bucket,
      name: whole(bucket.name),
      ...(bucket.routes ? { routes: bucket.routes.map((route) => ({ ...route, to: whole(route.to) })) } : {}),
    }));
    this.#byName = new Map(this.buckets.map((bucket) => [bucket.name, bucket]));
  }

  bucket(name: string): DemoBucket {
    const bucket = this.#byName.get(name);
    if (bucket === undefined) throw new Error(`The demo has no bucket ${name}.`);
    return bucket;
  }

  key(account: AccountName, region: string, special: Special | null = null): string {
    const key = this.keys.get(placeOf({ account, region, special }));
    if (key === undefined) throw new Error(`The demo has no key of ${account} in ${region}.`);
    return key;
  }

  /** The other accounts that replicate into a bucket. */
  sourcesOf({ name, account }: DemoBucket): readonly AccountName[] {
    const sources = this.buckets.filter(({ routes = [] }) => routes.some(({ to }) => to === name));
    return [...new Set(sources.map((source) => source.account))].filter((source) => source !== account);
  }
}

/** Where a key is, and which of the keys there. */
export interface KeyPlace {
  readonly account: AccountName;
  readonly region: string;
  readonly special: Special | null;
}

/** One name for one key. */
export function placeOf({ account, region, special }: KeyPlace): string {
  return [account, region, ...(special === null ? [] : [special])].join(' ');
}
