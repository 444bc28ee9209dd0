/** The routes out of a bucket, joined with what is known of their destinations. */
import { bucketArn, bucketName } from '../arn.ts';
import { filterSet } from '../filter.ts';
import type { ReplicationRule } from '../model/aws.ts';
import type { BucketLine, DestinationRef, Route, StrangerLine } from '../model/estate.ts';
import { Recent } from '../recent.ts';

/** Where a destination is looked up. */
export interface Destinations {
  readonly partition: string;
  readonly bucket: (name: string) => BucketLine | undefined;
  readonly stranger: (name: string) => StrangerLine | undefined;
}

/** Every enabled rule's route, in the configuration's order; none where replication is unknown or not configured. */
export function routesOf(line: BucketLine, estate: Destinations): readonly Route[] {
  const replication = line.facts.replication;
  if (!replication?.known || replication.value === null) return [];
  const { Role, Rules } = replication.value;
  const source = {
    name: line.name,
    arn: bucketArn(estate.partition, line.name),
    account: line.account,
    region: line.region,
  };
  return Rules.flatMap((rule, index) =>
    rule.Status === 'Enabled'
      ? [{ source, destination: destinationOf(rule, estate), rule, index, role: Role }]
      : [],
  );
}

function destinationOf(rule: ReplicationRule, estate: Destinations): DestinationRef {
  const arn = rule.Destination.Bucket;
  const name = bucketName(arn);
  const owned = estate.bucket(name);
  if (owned) return { name, arn, account: owned.account, region: owned.region };
  return { name, arn, account: null, region: estate.stranger(name)?.region ?? null };
}

const keysOf = new Recent<readonly Route[], ReadonlyMap<Route, string>>(4);

/**
 * What a route is, whatever its rule is called and wherever it stands: destination and filter. Several that are alike in
 * both are counted by priority, which AWS lets no two have of one destination, and then by what else they say.
 */
export function routeKeys(routes: readonly Route[]): ReadonlyMap<Route, string> {
  return keysOf.of(routes, keyed);
}

function keyed(routes: readonly Route[]): ReadonlyMap<Route, string> {
  const seen = new Map<string, number>();
  return new Map(
    routes.toSorted(byContent).map((route) => {
      const key = `${route.destination.arn}\n${canonicalFilter(route.rule)}`;
      const before = seen.get(key) ?? 0;
      seen.set(key, before + 1);
      return [route, before === 0 ? key : `${key}\n${before + 1}`];
    }),
  );
}

function byContent(a: Route, b: Route): number {
  const [mine, others] = [contentOf(a), contentOf(b)];
  return (a.rule.Priority ?? 0) - (b.rule.Priority ?? 0) || (mine < others ? -1 : mine > others ? 1 : 0);
}

function contentOf({ rule }: Route): string {
  return JSON.stringify({ ...rule, ID: undefined });
}

function canonicalFilter(rule: ReplicationRule): string {
  const { prefix, tags } = filterSet(rule);
  return JSON.stringify([prefix, tags.map(({ Key, Value }) => JSON.stringify([Key, Value])).sort()]);
}
