/** An audit narrowed to one framework: its rules, their outcomes and their findings, and no others. */
import type { Audit } from '../src/model/audit.ts';
import type { Severity } from '../src/model/finding.ts';
import type { Findings } from './format.ts';
import { judgeOf } from './html/survey.ts';

export interface Narrowed {
  readonly audit: Audit;
  readonly findings: Findings;
}

/** The names of an audit's frameworks. */
export function frameworkNames({ compliance }: Audit): readonly string[] {
  return compliance.frameworks.map(({ name }) => name);
}

/** The audit as if only the rules that bear on the framework had been on. What was read, and the picture of routes, stay whole. */
export async function narrowed(audit: Audit, findings: Findings, framework: string): Promise<Narrowed> {
  const frameworks = audit.compliance.frameworks.filter(({ name }) => name === framework);
  const used = new Set(
    frameworks.flatMap(({ controls }) =>
      controls.flatMap(({ checks }) => checks.map(({ subject }) => subject)),
    ),
  );
  const subjects = picked(audit.compliance.subjects, (key) => used.has(key));
  const names = new Set(Object.values(subjects).flatMap(({ rules }) => rules));
  const some = only(findings, names);
  const tallies = picked(audit.tallies.rules, (name) => names.has(name));
  const sum = (outcome: 'pass' | 'unknown' | 'notApplicable'): number =>
    Object.values(tallies).reduce((total, tally) => total + tally[outcome], 0);
  return {
    audit: {
      ...audit,
      header: { ...audit.header, framework },
      tallies: {
        ...audit.tallies,
        fail: await failures(some),
        unknown: sum('unknown'),
        pass: sum('pass'),
        notApplicable: sum('notApplicable'),
        rules: tallies,
      },
      rules: picked(audit.rules, (name) => names.has(name)),
      compliance: { frameworks, subjects },
    },
    findings: some,
  };
}

function picked<T>(
  record: Readonly<Record<string, T>>,
  wanted: (key: string) => boolean,
): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => wanted(key)));
}

function only(findings: Findings, names: ReadonlySet<string>): Findings {
  return async function* () {
    for await (const finding of findings()) if (names.has(judgeOf(finding))) yield finding;
  };
}

/** By severity: a rule's tally does not say, since a verdict may have its own. */
async function failures(findings: Findings): Promise<Readonly<Record<Severity, number>>> {
  const fail: Record<Severity, number> = { error: 0, warning: 0, note: 0 };
  for await (const finding of findings()) {
    if (finding.outcome === 'fail') fail[finding.severity] += 1;
  }
  return fail;
}
