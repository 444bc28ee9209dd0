/** The rules and the controls of frameworks, with what became of them. */
import type { Audit, RuleInfo, RuleTally } from '../../../src/model/audit.ts';
import { count, fragment, https, shown } from '../text.ts';
import { compareText, own } from '../survey.ts';
import type { Kind } from './detail.ts';

export interface Verdict {
  readonly kind: Kind['name'];
  readonly word: string;
}

interface Numbers {
  readonly pass: string;
  readonly fail: string;
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

export interface ControlLine extends Numbers {
  readonly id: string;
  readonly verdict: Verdict;
  readonly rules: readonly { readonly id: string; readonly link: string }[];
}

export interface Framework {
  readonly name: string;
  readonly controls: readonly ControlLine[];
  readonly line: string;
}

const nothing: RuleTally = { pass: 0, fail: 0, waived: 0, unknown: 0, notApplicable: 0 };

/** A failure outweighs an unknown, an unknown outweighs any number of passes: what was not seen is not assessed. */
export function verdict(tally: RuleTally): Verdict {
  if (tally.fail > 0) return { kind: 'error', word: 'Fail' };
  if (tally.unknown > 0) return { kind: 'unknown', word: 'Not assessed' };
  if (tally.waived > 0) return { kind: 'note', word: 'Waived' };
  if (tally.pass > 0) return { kind: 'pass', word: 'Pass' };
  return { kind: 'note', word: 'Nothing to assess' };
}

/** Every rule that was on, worst first. */
export function ruleLines(audit: Audit): RuleLine[] {
  return Object.entries(audit.rules)
    .map(([id, info]) => ({ id, info, tally: own(audit.tallies.rules, id) ?? nothing }))
    .sort(
      (a, b) => b.tally.fail - a.tally.fail || b.tally.unknown - a.tally.unknown || compareText(a.id, b.id),
    )
    .map(({ id, info, tally }) => ruleLine(id, info, tally));
}

function ruleLine(id: string, info: RuleInfo, tally: RuleTally): RuleLine {
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

function numbers({ pass, fail, unknown, notApplicable }: RuleTally): Numbers {
  return {
    pass: count(pass),
    fail: count(fail),
    unknown: count(unknown),
    notApplicable: count(notApplicable),
  };
}

/** `NIST-800-53-r5/CP-6(1)` stands under its framework; a control without one under "Other". */
export function frameworks(audit: Audit): Framework[] {
  const grouped = new Map<string, Map<string, string[]>>();
  for (const [id, info] of Object.entries(audit.rules)) {
    for (const control of new Set(info.controls)) {
      const slash = control.indexOf('/');
      const name = slash < 0 ? 'Other' : control.slice(0, slash);
      const controls = grouped.get(name) ?? new Map<string, string[]>();
      grouped.set(name, controls);
      const key = control.slice(slash + 1);
      controls.set(key, [...(controls.get(key) ?? []), id]);
    }
  }
  return [...grouped]
    .sort(([a], [b]) => compareText(a, b))
    .map(([name, controls]) => framework(audit, name, controls));
}

function framework(audit: Audit, name: string, controls: ReadonlyMap<string, readonly string[]>): Framework {
  const lines = [...controls]
    .sort(([a], [b]) => compareText(a, b))
    .map(([id, rules]) => controlLine(audit, id, rules));
  const failed = lines.filter((line) => line.verdict.word === 'Fail').length;
  const open = lines.filter((line) => line.verdict.word === 'Not assessed').length;
  return {
    name: shown(name, 80),
    controls: lines,
    line: `${count(failed)} of ${count(lines.length)} failed, ${count(open)} not assessed`,
  };
}

function controlLine(audit: Audit, id: string, rules: readonly string[]): ControlLine {
  const tallies = rules.map((rule) => own(audit.tallies.rules, rule) ?? nothing);
  const sum = (key: keyof RuleTally): number => tallies.reduce((total, tally) => total + tally[key], 0);
  const tally = {
    pass: sum('pass'),
    fail: sum('fail'),
    waived: sum('waived'),
    unknown: sum('unknown'),
    notApplicable: sum('notApplicable'),
  };
  return {
    id: shown(id),
    verdict: verdict(tally),
    rules: rules.map((rule) => ({ id: shown(rule), link: fragment({ rule }) })),
    ...numbers(tally),
  };
}
