/** All that a scan came to, for comparison with another scan of the same organization. */
import { everything } from '../collect/whole.ts';
import { estateOf } from '../../src/evaluate/estate.ts';
import { evaluate } from '../../src/evaluate/evaluate.ts';
import { judgeBucket, type Outcome } from '../../src/evaluate/judge.ts';
import { routeKeys, routesOf } from '../../src/evaluate/routes.ts';
import type { Audit } from '../../src/model/audit.ts';
import type { Snapshot } from '../../src/model/estate.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { Cause, Observed } from '../../src/model/facts.ts';
import { endName } from '../../src/head.ts';
import { openSnapshot } from '../../src/snapshot/snapshot.ts';

/** What came of one rule on one bucket, source or route. */
export interface Judged {
  readonly rule: string;
  readonly bucket: string;
  readonly account: string;
  /** Empty of a bucket or source. */
  readonly route: string;
  readonly outcome: Outcome['outcome'];
  readonly causes: readonly Cause[];
  /** What a failure rests on, times aside. */
  readonly evidence: readonly string[];
  /** The whole finding, times aside. */
  readonly text: string;
}

export interface Seen {
  readonly audit: Audit;
  readonly judged: ReadonlyMap<string, Judged>;
  /** By line and name of the fact. */
  readonly facts: ReadonlyMap<string, Observed<unknown>>;
}

/** Reads and judges a snapshot. */
export function see(folder: string): Seen {
  const snapshot = openSnapshot(folder);
  const judgement = { selection: everything, preset: 'all', configuration: '' };
  return {
    audit: evaluate(snapshot, judgement, () => undefined),
    judged: new Map(judgedOf(snapshot).map((one) => [keyOf(one), one])),
    facts: factsOf(snapshot),
  };
}

/** What is the same of the same thing in two scans. */
export function keyOf({ rule, bucket, route }: Pick<Judged, 'rule' | 'bucket' | 'route'>): string {
  return `${rule} | ${bucket} | ${route.replaceAll('\n', ' ')}`;
}

/** Text without the times at which things were read. */
export function timeless(value: unknown): string {
  const times = new Set(['at', 'time', 'started', 'finished']);
  return JSON.stringify(value, (key, inner: unknown) =>
    times.has(key) && typeof inner === 'string' ? '' : inner,
  );
}

function judgedOf(snapshot: Snapshot): readonly Judged[] {
  const estate = estateOf(snapshot, () => undefined);
  return [...snapshot.buckets()].flatMap((read) => {
    const line = estate.bucket(read.name) ?? read;
    const routes = routesOf(line, estate);
    const keys = routeKeys(routes);
    const asked = new Map<string, number>();
    return judgeBucket(line, routes, estate, everything).map((one): Judged => {
      const finding = 'finding' in one ? one.finding : null;
      const { name, rule } = one.selected;
      const at = asked.get(name) ?? 0;
      asked.set(name, at + 1);
      // A pass does not say of which route it is; each rule is asked of all, in their order.
      const isOfRoute = rule.scope === 'route' && line.facts.replication?.known === true;
      const route = isOfRoute ? routes[at] : undefined;
      return {
        rule: name,
        bucket: line.name,
        account: line.account,
        route: route === undefined ? '' : (keys.get(route) ?? ''),
        outcome: one.outcome,
        causes: finding?.causes ?? [],
        evidence: (finding?.evidence ?? []).map(timeless),
        text: finding === null ? '' : timeless(withoutPlaces(finding)),
      };
    });
  });
}

/** Where an account hangs is compared once, with the accounts; the Region of somebody else's bucket, with the facts. */
function withoutPlaces({ resource, route, ...finding }: Finding): object {
  const { bucket, account } = route?.destination ?? {};
  return {
    ...finding,
    resource: { ...resource, ou: null },
    route: [route?.replicationRule, bucket, account],
  };
}

function factsOf(snapshot: Snapshot): ReadonlyMap<string, Observed<unknown>> {
  const lines = [...snapshot.buckets(), ...snapshot.ends()];
  return new Map(
    lines.flatMap((line) =>
      // A line's facts are all observations, whatever they are of.
      Object.entries(line.facts as Readonly<Record<string, Observed<unknown>>>).map(
        ([fact, observed]): [string, Observed<unknown>] => [`${endName(line)} ${fact}`, observed],
      ),
    ),
  );
}
