/** The engine: runs rules over one bucket and its routes. Where a needed fact is unknown it says so, and asks no rule. */
import type { Estate } from './estate.ts';
import { failed, undeterminedFinding, unknown, type Keyed } from './finding.ts';
import { routeKeys } from './routes.ts';
import { takes } from './selector.ts';
import { bucketSubject, routeSubject, sourceSubject, type Subject, type Thing } from './subject.ts';
import { tellingOf, type End } from '../facts.ts';
import type { BucketLine, Route } from '../model/estate.ts';
import type { Cause, Observed } from '../model/facts.ts';
import type { Finding } from '../model/finding.ts';
import type { Verdict } from '../rule.ts';
import type { Selected } from '../selection.ts';

/** What came of one rule on one subject. Passes and not-applicables are counted only. */
export type Outcome =
  | { readonly selected: Selected; readonly route: Route | null; readonly outcome: 'pass' | 'notApplicable' }
  | {
      readonly selected: Selected;
      readonly route: Route | null;
      readonly outcome: 'fail' | 'unknown';
      readonly finding: Finding;
    };

/** Judges a bucket, its source side and each of its routes, rule by rule. */
export function judgeBucket(
  line: BucketLine,
  routes: readonly Route[],
  estate: Estate,
  selection: readonly Selected[],
): readonly Outcome[] {
  const keys = routeKeys(routes);
  const bucket = bucketSubject(line, routes, estate);
  const source = routes.length > 0 ? sourceSubject(bucket, estate) : null;
  const perRoute = source ? routes.map((route, at) => routeSubject(source, at, route, estate)) : [];
  return selection.flatMap((selected) =>
    subjectsOf(selected, bucket, source, perRoute).map((subject) =>
      judge({ selected, subject, estate, routeKey: subject.route ? (keys.get(subject.route) ?? '') : '' }),
    ),
  );
}

/**
 * Where replication itself is unknown nobody knows whether there are routes, so each rule about sources and routes
 * is unknown once, of the bucket.
 */
function subjectsOf(
  { rule }: Selected,
  bucket: Subject,
  source: Subject | null,
  routes: readonly Subject[],
): readonly Subject[] {
  const hidden = bucket.line.facts.replication?.known !== true;
  if (rule.scope === 'bucket' || hidden) return [bucket];
  if (rule.scope === 'source') return source ? [source] : [];
  return routes;
}

function judge(keyed: Keyed): Outcome {
  const { selected, subject, estate } = keyed;
  const { route } = subject;
  const outcome = (plain: 'pass' | 'notApplicable'): Outcome => ({ selected, route, outcome: plain });
  const taken = selected.only
    ? takes(selected.only, subject.bucket, estate.account(subject.bucket.account), subject.line.facts.tagging)
    : true;
  if (taken === false) return outcome('notApplicable');
  if (isAboutNothing(keyed)) return outcome('notApplicable');
  const causes = [...(taken === true ? [] : taken.causes), ...missingFacts(keyed)];
  if (causes.length > 0) return { selected, route, outcome: 'unknown', finding: unknown(keyed, causes) };
  const verdict = run(keyed);
  switch (verdict.outcome) {
    case 'pass':
    case 'notApplicable':
      return outcome(verdict.outcome);
    case 'undetermined':
      return { selected, route, outcome: 'unknown', finding: undeterminedFinding(keyed, verdict.why) };
    case 'unknown':
      return { selected, route, outcome: 'unknown', finding: unknown(keyed, verdict.causes) };
    case 'fail':
      return { selected, route, outcome: 'fail', finding: failed(keyed, verdict, viewOf(keyed)) };
  }
}

/**
 * A destination that does not exist has no versioning that could be off, and a route without a replica key none that could be
 * disabled: `destination-missing` says what is wrong. A key that is only wanted may be named or not.
 */
function isAboutNothing({ selected: { rule }, subject }: Keyed): boolean {
  const wanted = Object.entries(rule.wants ?? {}).filter(([end]) => !ofKeys.has(end));
  return [...Object.entries(rule.needs), ...wanted].some(([end, facts]) => isMissing(subject, end, facts));
}

const ofKeys = new Set(['sourceKey', 'sourceKeyAccount', 'replicaKey', 'replicaKeyAccount']);

function isMissing({ things }: Subject, end: string, facts: readonly string[]): boolean {
  const thing = end === 'objects' ? things['destination'] : things[end];
  return thing?.missing === true && facts.some((fact) => fact !== 'presence');
}

/** Why facts that the rule needs are not known; none where all are. */
function missingFacts({ selected, subject }: Keyed): readonly Cause[] {
  const replication = subject.line.facts.replication;
  if (selected.rule.scope !== 'bucket' && replication?.known !== true) {
    return replication?.causes ?? [{ reason: 'not-collected', detail: 'Replication was not read.' }];
  }
  return Object.entries(selected.rule.needs).flatMap(([end, facts]) =>
    facts.flatMap((fact) => {
      const observed = observe(subject, end, fact);
      return observed.known ? [] : observed.causes;
    }),
  );
}

function observe(subject: Subject, end: string, fact: string): Observed<unknown> {
  return observeOf(subject.things[end], end, fact);
}

function observeOf(thing: Thing | undefined, end: string, fact: string): Observed<unknown> {
  const observed = thing?.facts[fact];
  if (observed) return observed;
  const absent = thing?.absent ?? {
    reason: 'not-collected',
    detail: 'The snapshot does not hold this fact.',
  };
  // `end` and `fact` come from the rule's own `needs`, whose types are those of the tellings.
  return { known: false, causes: [{ ...absent, call: tellingOf(end as End, fact).call }] };
}

/** Exactly what the rule declared, by thing: needed facts as values, wanted ones as observed. */
function viewOf({ selected: { rule }, subject, estate }: Keyed): object {
  const things = Object.entries(subject.things).map(([end, thing]) => {
    const view: Record<string, unknown> = { ...thing.identity };
    for (const fact of rule.needs[end] ?? []) {
      const observed = observe(subject, end, fact);
      if (observed.known) view[fact] = observed.value;
    }
    for (const fact of rule.wants?.[end] ?? []) view[fact] = observe(subject, end, fact);
    return [end, view] as const;
  });
  return {
    ...Object.fromEntries(things),
    route: subject.route,
    routes: routesWith(subject, rule.wants?.['destinations'] ?? []),
    onward: subject.route && estate.routesOutOf(subject.route.destination.name),
    isDestination: estate.isDestination(subject.bucket.name),
    organization: { everyAccountListed: estate.everyAccountListed, members: estate.members },
  };
}

/** The routes, each with the wanted facts of its destination. */
function routesWith({ routes, destinations }: Subject, facts: readonly string[]): readonly Route[] {
  if (facts.length === 0) return routes;
  return routes.map((route, at) => {
    const seen = facts.map((fact): readonly [string, unknown] => [
      fact,
      observeOf(destinations[at], 'destinations', fact),
    ]);
    return { ...route, destination: { ...route.destination, ...Object.fromEntries(seen) } };
  });
}

/** Runs the rule; one that throws ends nothing, it leaves this one thing unknown. */
function run(keyed: Keyed): Verdict {
  const { rule, options } = keyed.selected;
  try {
    // `viewOf` is built from the same `needs` that typed the function.
    return rule.evaluate(viewOf(keyed) as never, options as never);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { outcome: 'undetermined', why: `The rule '${rule.id}' threw: ${why}` };
  }
}
