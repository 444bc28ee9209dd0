/** The rules and the controls of frameworks, with what became of them. */
import type { Audit, RuleInfo } from '../../../src/model/audit.ts';
import { added, assess, outcomes } from '../../controls.ts';
import type { CheckResult, ControlResult, FrameworkResult, Outcomes, Standing } from '../../controls.ts';
import { count, counted, fragment, https, shown, time } from '../text.ts';
import { compareText, own } from '../survey.ts';
import type { Kind, Line } from './detail.ts';

export interface Verdict {
  readonly kind: Kind['name'];
  readonly word: string;
}

interface Numbers {
  readonly pass: string;
  readonly fail: string;
  readonly waived: string;
  readonly unknown: string;
  readonly notApplicable: string;
}

export interface RuleLine extends Numbers {
  readonly id: string;
  readonly title: string;
  readonly severity: Kind['name'];
  readonly verdict: Verdict;
  readonly link: string;
  readonly page: string | null;
}

/** A subject's rules, as they bear on a control. */
export interface CheckLine extends Numbers {
  readonly subject: string;
  readonly link: string;
  readonly directness: string;
  readonly source: string;
  readonly address: string | null;
}

export interface ControlLine {
  readonly id: string;
  readonly title: string;
  readonly verdict: Verdict;
  readonly why: string | null;
  /** Rows that it takes up in the table: one where nothing looks into it. */
  readonly rows: number;
  readonly first: CheckLine | null;
  readonly others: readonly CheckLine[];
}

export interface FrameworkView {
  readonly name: string;
  readonly title: string;
  readonly catalogue: string | null;
  readonly note: string;
  readonly controls: readonly ControlLine[];
  readonly line: string;
  readonly evidence: readonly Line[];
}

/** What a subject's rules found. */
export interface SubjectLine extends Numbers {
  readonly anchor: string;
  readonly title: string;
  readonly verdict: Verdict;
  /** `12 rules` */
  readonly on: string;
  readonly rules: readonly { readonly id: string; readonly link: string }[];
}

/** A failure outweighs an unknown, an unknown outweighs any number of passes: what was not seen is not assessed. */
export function verdict(found: Outcomes): Verdict {
  if (found.fail > 0) return verdicts.fail;
  if (found.unknown > 0) return verdicts['not assessed'];
  if (found.waived > 0) return verdicts.waived;
  if (found.pass > 0) return verdicts.pass;
  return verdicts['nothing to assess'];
}

/** Every rule that was on, worst first. */
export function ruleLines(audit: Audit): RuleLine[] {
  return Object.entries(audit.rules)
    .map(([id, info]) => ({ id, info, tally: outcomes(own(audit.tallies.rules, id)) }))
    .sort(
      (a, b) => b.tally.fail - a.tally.fail || b.tally.unknown - a.tally.unknown || compareText(a.id, b.id),
    )
    .map(({ id, info, tally }) => ruleLine(id, info, tally));
}

function ruleLine(id: string, info: RuleInfo, tally: Outcomes): RuleLine {
  return {
    id: shown(id),
    title: shown(info.title),
    severity: info.severity,
    verdict: verdict(tally),
    link: fragment({ rule: id }),
    page: https(info.page),
    ...numbers(tally),
  };
}

function numbers({ pass, fail, waived, unknown, notApplicable }: Outcomes): Numbers {
  return {
    pass: count(pass),
    fail: count(fail),
    waived: count(waived),
    unknown: count(unknown),
    notApplicable: count(notApplicable),
  };
}

const verdicts: Readonly<Record<Standing, Verdict>> = {
  fail: { kind: 'error', word: 'Fail' },
  'not assessed': { kind: 'unknown', word: 'Not assessed' },
  waived: { kind: 'note', word: 'Waived' },
  pass: { kind: 'pass', word: 'Pass' },
  'nothing to assess': { kind: 'note', word: 'Nothing to assess' },
};

/** Every framework, with the evidence on which its verdicts rest. */
export function frameworks(audit: Audit): readonly FrameworkView[] {
  return assess(audit).map((result) => {
    const { name, title, catalogue, note } = result.framework;
    return {
      name: shown(name, 80),
      title: shown(title, 120),
      catalogue: https(catalogue),
      note: shown(note, 600),
      controls: result.controls.map((control) => controlLine(control, result)),
      line: counts(result),
      evidence: evidence(audit, result),
    };
  });
}

function counts({ controls }: FrameworkResult): string {
  const of = (standing: Standing): number => controls.filter((one) => one.standing === standing).length;
  const said: readonly (readonly [Standing, string])[] = [
    ['fail', 'failed'],
    ['pass', 'passed'],
    ['waived', 'waived'],
    ['not assessed', 'not assessed'],
    ['nothing to assess', 'with nothing to assess'],
  ];
  const parts = said
    .filter(([standing]) => of(standing) > 0)
    .map(([one, word]) => `${count(of(one))} ${word}`);
  return `${counted(controls.length, 'control')}: ${parts.join(', ')}`;
}

/** What an auditor asks for: when, by whom, over which accounts, by which calls. */
function evidence({ header, coverage }: Audit, { calls }: FrameworkResult): Line[] {
  const read = coverage.accounts.filter(({ status }) => status === 'scanned').length;
  const left = coverage.accounts.length - read;
  return [
    { label: 'When', text: `${time(header.started)} to ${time(header.finished)}` },
    { label: 'By', text: `${shown(header.caller.arn)}, in account ${shown(header.caller.account)}` },
    {
      label: 'Over',
      text: `${counted(read, 'account')}${left === 0 ? '' : `; not over ${count(left)}, which stand under Coverage`}`,
    },
    { label: 'Calls', text: calls.length === 0 ? 'none' : calls.map((call) => shown(call)).join(', ') },
  ];
}

function controlLine({ control, checks, standing, why }: ControlResult, of: FrameworkResult): ControlLine {
  const [first = null, ...others] = checks.map((check) => checkLine(check, of));
  return {
    id: shown(control.id),
    title: control.title === null ? '' : shown(control.title, 200),
    verdict: verdicts[standing],
    why: why === null ? null : shown(why, 600),
    rows: Math.max(checks.length, 1),
    first,
    others,
  };
}

function checkLine(
  { check, subject, outcomes: found }: CheckResult,
  { framework }: FrameworkResult,
): CheckLine {
  const source = check.source === null ? undefined : own(framework.sources, check.source);
  return {
    subject: shown(subject.title, 200),
    link: `#${anchorOf(check.subject)}`,
    directness: check.directness,
    source: source === undefined ? 'the rules themselves' : shown(source.title, 200),
    address: source === undefined ? null : https(source.address),
    ...numbers(found),
  };
}

/** Every subject that a framework here names, with its rules. */
export function subjects({ compliance, tallies }: Audit): readonly SubjectLine[] {
  const named = new Set(
    compliance.frameworks.flatMap(({ controls }) =>
      controls.flatMap(({ checks }) => checks.map(({ subject }) => subject)),
    ),
  );
  return Object.entries(compliance.subjects)
    .filter(([key]) => named.has(key))
    .map(([key, subject]) => {
      const found = added(subject.rules.map((name) => outcomes(own(tallies.rules, name))));
      return {
        anchor: anchorOf(key),
        title: shown(subject.title, 200),
        verdict: subject.rules.length === 0 ? verdicts['not assessed'] : verdict(found),
        on: counted(subject.rules.length, 'rule'),
        rules: subject.rules.map((rule) => ({ id: shown(rule), link: fragment({ rule }) })),
        ...numbers(found),
      };
    });
}

function anchorOf(subject: string): string {
  return fragment({ subject: clip(subject) }).slice(1);
}

/** A name that is absurdly long is none that anybody links to. */
function clip(text: string): string {
  return text.slice(0, 200);
}
