/** The engine: runs rules over one bucket and its routes. Where a needed fact is unknown it says so, and asks no rule. */
import type { Estate } from './estate.ts';
import { failed, undeterminedFinding, unknown, type Keyed } from './finding.ts';
import { routeKeys } from './routes.ts';
import { remedyOf, threw, verdictOf } from './run.ts';
import { settingFor } from './setting.ts';
import { bucketSubject, routeSubject, sourceSubject, type Subject } from './subject.ts';
import { declaredBy, observe, viewOf, type Declared } from './view.ts';
import type { BucketLine, Route } from '../model/estate.ts';
import type { Cause } from '../model/facts.ts';
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
      /** Of a rule that threw: where. */
      readonly stack?: string;
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
  const asked =
    routes.length === 0 && line.facts.replication?.known === true ? ofBuckets(selection) : selection;
  const outcomes: Outcome[] = [];
  for (const selected of asked)
    for (const subject of subjectsOf(selected, bucket, source, perRoute)) {
      const routeKey = subject.route ? (keys.get(subject.route) ?? '') : '';
      outcomes.push(judge({ selected, subject, estate, routeKey }));
    }
  return outcomes;
}

const aboutBuckets = new WeakMap<readonly Selected[], readonly Selected[]>();

/** Most buckets replicate nothing, and most rules are about those that do. */
function ofBuckets(selection: readonly Selected[]): readonly Selected[] {
  const known = aboutBuckets.get(selection);
  if (known !== undefined) return known;
  const own = selection.filter(({ rule }) => rule.scope === 'bucket');
  aboutBuckets.set(selection, own);
  return own;
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

function judge(asked: Keyed): Outcome {
  const { subject, estate } = asked;
  const setting = settingFor(asked.selected, subject, estate.account(subject.bucket.account));
  const decided = setting !== null && 'rule' in setting;
  const keyed = decided && setting !== asked.selected ? { ...asked, selected: setting } : asked;
  if (setting === null || isAboutNothing(keyed)) return plain(keyed, 'notApplicable');
  const missing = missingFacts(keyed);
  const causes = decided ? missing : [...setting.causes, ...missing];
  if (causes.length > 0) return found(keyed, 'unknown', unknown(keyed, causes));
  const view = viewOf(keyed.selected.rule, subject, estate);
  const { answer, stack } = verdictOf(keyed.selected, view);
  try {
    return answered(keyed, answer, view, stack);
  } catch (error) {
    // A failure that points to a fact that the rule did not declare, in a rule that no compiler saw.
    const { answer: why, stack: where } = threw(keyed.selected.rule.id, error);
    return answered(keyed, why, view, where);
  }
}

function answered(keyed: Keyed, verdict: Verdict, view: object, stack: string | undefined): Outcome {
  switch (verdict.outcome) {
    case 'pass':
    case 'notApplicable':
      return plain(keyed, verdict.outcome);
    case 'undetermined':
      return found(keyed, 'unknown', undeterminedFinding(keyed, verdict.why), stack);
    case 'unknown':
      return found(keyed, 'unknown', unknown(keyed, verdict.causes));
    case 'fail': {
      const remedy = remedyOf(keyed.selected, view);
      return found(keyed, 'fail', failed(keyed, verdict, remedy.answer), remedy.stack);
    }
  }
}

function plain({ selected, subject: { route } }: Keyed, outcome: 'pass' | 'notApplicable'): Outcome {
  return { selected, route, outcome };
}

function found(
  { selected, subject: { route } }: Keyed,
  outcome: 'fail' | 'unknown',
  finding: Finding,
  stack?: string,
): Outcome {
  return { selected, route, outcome, finding, ...(stack === undefined ? {} : { stack }) };
}

/**
 * A destination that does not exist has no versioning that could be off, and a route without a replica key none that could be
 * disabled: `destination-missing` says what is wrong. A key that is only wanted may be named or not.
 */
function isAboutNothing({ selected: { rule }, subject }: Keyed): boolean {
  return declaredBy(rule).some((declared) => isMissing(subject, declared));
}

const ofKeys = new Set(['sourceKey', 'sourceKeyAccount', 'replicaKey', 'replicaKeyAccount']);

function isMissing({ things }: Subject, { end, needs, wants }: Declared): boolean {
  const thing = end === 'objects' ? things['destination'] : things[end];
  if (thing?.missing !== true) return false;
  const isAsked = (fact: string): boolean => fact !== 'presence';
  return needs.some(isAsked) || (!ofKeys.has(end) && wants.some(isAsked));
}

/** Why facts that the rule needs are not known; none where all are. */
function missingFacts({ selected, subject }: Keyed): readonly Cause[] {
  const replication = subject.line.facts.replication;
  if (selected.rule.scope !== 'bucket' && replication?.known !== true) {
    return replication?.causes ?? [{ reason: 'not-collected', detail: 'Replication was not read.' }];
  }
  const causes: Cause[] = [];
  for (const { end, needs } of declaredBy(selected.rule))
    for (const fact of needs) {
      const observed = observe(subject.things[end], end, fact);
      if (!observed.known) causes.push(...observed.causes);
    }
  return causes;
}
