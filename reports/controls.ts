/** What became of the controls of frameworks: the audit's tallies, added up by control. */
import type { Audit, RuleTally } from '../src/model/audit.ts';
import { own } from './html/survey.ts';
import type { Check, Control, Framework, Subject } from '../src/model/framework.ts';

export type Standing = 'fail' | 'not assessed' | 'waived' | 'pass' | 'nothing to assess';

/** Outcomes; a waived one is no failure, and no pass either. */
export type Outcomes = RuleTally;

export interface CheckResult {
  readonly check: Check;
  readonly subject: Subject;
  readonly outcomes: Outcomes;
}

export interface ControlResult {
  readonly control: Control;
  readonly checks: readonly CheckResult[];
  readonly standing: Standing;
  /** Why it is neither a failure nor a pass without reserve. */
  readonly why: string | null;
}

export interface FrameworkResult {
  readonly framework: Framework;
  readonly controls: readonly ControlResult[];
  /** The calls of AWS on which its verdicts rest. */
  readonly calls: readonly string[];
}

/** Every framework of the audit with its verdicts. */
export function assess(audit: Audit): readonly FrameworkResult[] {
  const bySubject = new Map(
    Object.entries(audit.compliance.subjects).map(([key, subject]) => [key, outcomesOf(audit, subject)]),
  );
  return audit.compliance.frameworks.map((framework) => {
    const controls = framework.controls.map((control) => controlResult(audit, control, bySubject));
    return { framework, controls, calls: callsOf(audit, controls) };
  });
}

function callsOf({ rules }: Audit, controls: readonly ControlResult[]): readonly string[] {
  const names = new Set(
    controls.flatMap(({ checks }) => checks.flatMap(({ subject }) => [...subject.rules])),
  );
  return [...new Set([...names].flatMap((name) => own(rules, name)?.calls ?? []))].sort();
}

function controlResult(
  audit: Audit,
  control: Control,
  bySubject: ReadonlyMap<string, Outcomes>,
): ControlResult {
  const checks = control.checks.map((check): CheckResult => {
    const subject = own(audit.compliance.subjects, check.subject) ?? { title: check.subject, rules: [] };
    return { check, subject, outcomes: bySubject.get(check.subject) ?? nothing };
  });
  return { control, checks, ...standingOf(audit, control, checks) };
}

/**
 * A failure outweighs all else. What was not seen in full is not assessed, and neither is a control of which a part that it asks
 * for was not looked at: nobody is to read a pass out of checks that only support one.
 */
function standingOf(
  audit: Audit,
  control: Control,
  checks: readonly CheckResult[],
): Pick<ControlResult, 'standing' | 'why'> {
  const open = (why: string): Pick<ControlResult, 'standing' | 'why'> => ({ standing: 'not assessed', why });
  const asked = checks.filter(({ check }) => check.directness !== 'supporting');
  const all = added(checks.map(({ outcomes }) => outcomes));
  if (all.fail > 0) return { standing: 'fail', why: null };
  if (checks.length === 0) return open(control.unassessed ?? 'No rule looks into it.');
  if (checks.every(({ subject }) => subject.rules.length === 0)) return open('None of its rules was on.');
  if (all.unknown > 0) return open(`What could not be decided: ${all.unknown} of its checks.`);
  const unread = audit.coverage.accounts.filter(({ status }) => status === 'unreadable').length;
  if (unread > 0) return open(`Accounts that could not be read: ${unread}.`);
  if (all.waived > 0) return { standing: 'waived', why: null };
  if (asked.length === 0) return open('Only what supports it was checked, and that alone proves nothing.');
  const off = asked.filter(({ subject }) => subject.rules.length === 0);
  if (off.length > 0) return open(`Not checked: ${off.map(({ subject }) => subject.title).join('; ')}.`);
  if (asked.some(({ outcomes }) => outcomes.pass > 0)) return { standing: 'pass', why: inPart(asked) };
  return { standing: 'nothing to assess', why: 'Its rules were on and met nothing that they judge.' };
}

function inPart(asked: readonly CheckResult[]): string | null {
  const whole = asked.some(({ check }) => check.directness === 'direct');
  return whole ? null : 'In part: the rules see no more of what it asks for.';
}

const nothing: Outcomes = { pass: 0, fail: 0, waived: 0, unknown: 0, notApplicable: 0 };

function outcomesOf({ tallies }: Audit, { rules }: Subject): Outcomes {
  return added(rules.map((name) => outcomes(own(tallies.rules, name))));
}

/** A rule's outcomes. */
export function outcomes(tally: RuleTally | undefined): Outcomes {
  return { ...nothing, ...tally };
}

/** Outcomes, added up. */
export function added(all: readonly Outcomes[]): Outcomes {
  const of = (key: keyof Outcomes): number => all.reduce((total, one) => total + one[key], 0);
  return {
    pass: of('pass'),
    fail: of('fail'),
    waived: of('waived'),
    unknown: of('unknown'),
    notApplicable: of('notApplicable'),
  };
}
