/** The engine: runs rules over one bucket and its routes. Where a needed fact is unknown it says so, and asks no rule. */
import type { Estate } from './estate.ts';
import { failed, undeterminedFinding, unknown, type Keyed } from './finding.ts';
import { routeKeys } from './routes.ts';
import { remedyOf, threw, verdictOf } from './run.ts';
import { settingFor } from './setting.ts';
import { bucketSubject, routeSubject, sourceSubject, type Subject } from './subject.ts';
import { declarationOf, shownOf, type Shown } from './view.ts';
import type { BucketLine, Route } from '../model/estate.ts';
import type { Finding } from '../model/finding.ts';
import type { Verdict } from '../rule.ts';
import type { Selected } from '../selection.ts';

/** What came of one rule on one subject. Passes and not-applicables are counted only. */
export type Outcome =
  | { readonly selected: Selected; readonly outcome: 'pass' | 'notApplicable' }
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
  if (setting === null) return plainOf(asked.selected).notApplicable;
  const decided = 'rule' in setting;
  const keyed = decided && setting !== asked.selected ? { ...asked, selected: setting } : asked;
  const shown = shownTo(keyed);
  if (shown.kind === 'nothing') return plainOf(keyed.selected).notApplicable;
  if (!decided || shown.kind === 'unknown') {
    const causes = [...(decided ? [] : setting.causes), ...(shown.kind === 'unknown' ? shown.causes : [])];
    return found(keyed, 'unknown', unknown(keyed, causes));
  }
  const { view } = shown;
  const { answer, stack } = verdictOf(keyed.selected, view);
  try {
    return answered(keyed, answer, view, stack);
  } catch (error) {
    // A failure that points to a fact that the rule did not declare, in a rule that no compiler saw.
    const { answer: why, stack: where } = threw(keyed.selected.rule.id, error);
    return answered(keyed, why, view, where);
  }
}

/** What the rule sees; where replication is hidden, no more than why. */
function shownTo({ selected: { rule }, subject, estate }: Keyed): Shown {
  const replication = subject.line.facts.replication;
  if (rule.scope === 'bucket' || replication?.known === true)
    return shownOf(declarationOf(rule), subject, estate);
  const causes = replication?.causes ?? [
    { reason: 'not-collected', detail: 'Replication was not read.' } as const,
  ];
  return { kind: 'unknown', causes };
}

function answered(keyed: Keyed, verdict: Verdict, view: object, stack: string | undefined): Outcome {
  switch (verdict.outcome) {
    case 'pass':
    case 'notApplicable':
      return plainOf(keyed.selected)[verdict.outcome];
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

type Plain = Readonly<Record<'pass' | 'notApplicable', Outcome>>;

const plain = new WeakMap<Selected, Plain>();

/** Most outcomes are one of two, whatever the subject. */
function plainOf(selected: Selected): Plain {
  const known = plain.get(selected);
  if (known !== undefined) return known;
  const made: Plain = {
    pass: { selected, outcome: 'pass' },
    notApplicable: { selected, outcome: 'notApplicable' },
  };
  plain.set(selected, made);
  return made;
}

function found(
  { selected, subject: { route } }: Keyed,
  outcome: 'fail' | 'unknown',
  finding: Finding,
  stack?: string,
): Outcome {
  return { selected, route, outcome, finding, ...(stack === undefined ? {} : { stack }) };
}
