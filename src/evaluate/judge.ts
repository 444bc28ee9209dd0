/** The engine: runs rules over one bucket and its routes. Where a needed fact is unknown it says so, and asks no rule. */
import type { Estate } from './estate.ts';
import { failed, undeterminedFinding, unknown, type Keyed } from './finding.ts';
import { remedyOf, Threw, verdictOf } from './run.ts';
import { settingFor } from './setting.ts';
import { bucketSubject, routeSubject, sourceSubject, type Subject } from './subject.ts';
import { declarationOf, shownOf, type Declaration, type Shown } from './view.ts';
import type { BucketLine, Route } from '../model/estate.ts';
import type { Cause } from '../model/facts.ts';
import type { Finding } from '../model/finding.ts';
import { notApplicable, pass, type Scope, type Verdict } from '../rule.ts';
import { selectorsOf, type Selected } from '../selection.ts';

/** What came of one rule on one subject. Passes and not-applicables are counted only. */
export type Outcome =
  { readonly selected: Selected; readonly at: number; readonly outcome: 'pass' | 'notApplicable' } | Found;

/** What there is to say. */
export interface Found {
  readonly selected: Selected;
  /** The rule's place among those that are on. */
  readonly at: number;
  readonly route: Route | null;
  readonly outcome: 'fail' | 'unknown';
  readonly finding: Finding;
  /** Of a rule that threw: where. */
  readonly stack?: string;
}

/** A rule that is on, with what is the same of every subject. */
interface Asked {
  readonly selected: Selected;
  readonly at: number;
  readonly scope: Scope;
  /** No selector says of which buckets. */
  readonly isOfAll: boolean;
  readonly declaration: Declaration;
  readonly pass: Outcome;
  readonly notApplicable: Outcome;
}

const known = new WeakMap<readonly Selected[], Readonly<Record<'all' | 'ofBuckets', readonly Asked[]>>>();

/** Most buckets replicate nothing, and most rules are about those that do. */
function askedOf(selection: readonly Selected[], isPlain: boolean): readonly Asked[] {
  const before = known.get(selection);
  if (before !== undefined) return isPlain ? before.ofBuckets : before.all;
  const all = selection.map((selected, at): Asked => {
    const { rule } = selected;
    return {
      selected,
      at,
      scope: rule.scope,
      isOfAll: selectorsOf(selected).length === 0 && selected.cases === undefined,
      declaration: declarationOf(rule),
      pass: { selected, at, outcome: 'pass' },
      notApplicable: { selected, at, outcome: 'notApplicable' },
    };
  });
  known.set(selection, { all, ofBuckets: all.filter(({ scope }) => scope === 'bucket') });
  return askedOf(selection, isPlain);
}

/** Judges a bucket, its source side and each of its routes, rule by rule. */
export function judgeBucket(
  line: BucketLine,
  routes: readonly Route[],
  estate: Estate,
  selection: readonly Selected[],
): readonly Outcome[] {
  const bucket = [bucketSubject(line, routes, estate)];
  const source = routes.length > 0 ? bucket.map((one) => sourceSubject(one, estate)) : [];
  const perRoute = source.flatMap((one) => routes.map((route, at) => routeSubject(one, at, route, estate)));
  const hidden = hiddenBy(line);
  const outcomes: Outcome[] = [];
  for (const asked of askedOf(selection, routes.length === 0 && hidden === null)) {
    const { scope } = asked;
    const isOfBucket = scope === 'bucket';
    // Where replication itself is unknown nobody knows whether there are routes, so each rule about sources and routes
    // is unknown once, of the bucket.
    const subjects = isOfBucket || hidden !== null ? bucket : scope === 'source' ? source : perRoute;
    for (const subject of subjects) outcomes.push(judge(asked, subject, estate, isOfBucket ? null : hidden));
  }
  return outcomes;
}

/** Why replication itself is unknown; null where it is known. */
function hiddenBy({ facts: { replication } }: BucketLine): Shown | null {
  if (replication?.known === true) return null;
  const notRead: Cause = { reason: 'not-collected', detail: 'Replication was not read.' };
  return { kind: 'unknown', causes: replication?.causes ?? [notRead] };
}

function judge(asked: Asked, subject: Subject, estate: Estate, hidden: Shown | null): Outcome {
  const setting = asked.isOfAll ? asked.selected : settingFor(asked.selected, subject, subject.owner);
  if (setting === null) return asked.notApplicable;
  const shown = hidden ?? shownOf(asked.declaration, subject, estate);
  if (shown.kind === 'nothing') return asked.notApplicable;
  const { at } = asked;
  if ('causes' in setting || shown.kind === 'unknown') {
    const [selected, why] = 'causes' in setting ? [asked.selected, setting.causes] : ([setting, []] as const);
    const keyed: Keyed = { selected, at, subject };
    return found(
      keyed,
      'unknown',
      unknown(keyed, [...why, ...(shown.kind === 'unknown' ? shown.causes : [])]),
    );
  }
  const { view } = shown;
  const answer = verdictOf(setting, view);
  // Most answers are one of these, and to look into those of all shapes takes longer.
  if (answer === pass) return asked.pass;
  if (answer === notApplicable) return asked.notApplicable;
  if (answer.outcome === 'pass') return asked.pass;
  if (answer.outcome === 'notApplicable') return asked.notApplicable;
  const keyed: Keyed = { selected: setting, at, subject };
  try {
    return answered(keyed, answer, view);
  } catch (error) {
    // A failure that points to a fact that the rule did not declare, in a rule that no compiler saw.
    return answered(keyed, new Threw(setting.rule.id, error), view);
  }
}

type Telling = Exclude<Verdict, { readonly outcome: 'pass' | 'notApplicable' }> | Threw;

function answered(keyed: Keyed, verdict: Telling, view: object): Outcome {
  switch (verdict.outcome) {
    case 'undetermined': {
      const stack = verdict instanceof Threw ? verdict.stack : undefined;
      return found(keyed, 'unknown', undeterminedFinding(keyed, verdict.why), stack);
    }
    case 'unknown':
      return found(keyed, 'unknown', unknown(keyed, verdict.causes));
    case 'fail': {
      const remedy = remedyOf(keyed.selected, view);
      return found(keyed, 'fail', failed(keyed, verdict, remedy.answer), remedy.stack);
    }
  }
}

function found(
  { selected, at, subject: { route } }: Keyed,
  outcome: 'fail' | 'unknown',
  finding: Finding,
  stack?: string,
): Outcome {
  return { selected, at, route, outcome, finding, ...(stack === undefined ? {} : { stack }) };
}
