/** An audit narrowed to one framework: its rules, their outcomes and their findings, and no others. */
import type { Audit, AuditChange, WaiverUse } from '../src/model/audit.ts';
import type { Finding, Severity } from '../src/model/finding.ts';
import { nothingBesides, type Besides, type Findings } from './format.ts';
import { judgeOf } from './html/survey.ts';

export interface Narrowed {
  readonly audit: Audit;
  readonly findings: Findings;
  readonly besides: Besides;
}

/** The names of an audit's frameworks. */
export function frameworkNames({ compliance }: Audit): readonly string[] {
  return compliance.frameworks.map(({ name }) => name);
}

/** The audit as if only the rules that bear on the framework had been on. What was read, and the picture of routes, stay whole. */
export async function narrowed(
  audit: Audit,
  findings: Findings,
  framework: string,
  besides: Besides = nothingBesides,
): Promise<Narrowed> {
  const frameworks = audit.compliance.frameworks.filter(({ name }) => name === framework);
  const used = new Set(
    frameworks.flatMap(({ controls }) =>
      controls.flatMap(({ checks }) => checks.map(({ subject }) => subject)),
    ),
  );
  const subjects = picked(audit.compliance.subjects, (key) => used.has(key));
  const names = new Set(Object.values(subjects).flatMap(({ rules }) => rules));
  const some = only(findings, names);
  const apart = apartOf(audit, names, framework, besides);
  const tallies = picked(audit.tallies.rules, (name) => names.has(name));
  const sum = (outcome: 'pass' | 'waived' | 'unknown' | 'notApplicable'): number =>
    Object.values(tallies).reduce((total, tally) => total + tally[outcome], 0);
  return {
    audit: {
      ...audit,
      header: { ...audit.header, framework },
      tallies: {
        ...audit.tallies,
        fail: await failures(some),
        waived: sum('waived'),
        unknown: sum('unknown'),
        pass: sum('pass'),
        notApplicable: sum('notApplicable'),
        rules: tallies,
      },
      waivers: audit.waivers.filter((waiver) => bears(audit, names, waiver)),
      ...(audit.change ? { change: await changed(audit.change, audit, some, apart) } : {}),
      rules: picked(audit.rules, (name) => names.has(name)),
      compliance: { frameworks, subjects },
    },
    findings: some,
    besides: apart,
  };
}

/** Of a rule that the audit does not name the policies may bear on it: such a waiver stays. */
function bears({ rules }: Audit, names: ReadonlySet<string>, { rule, policy }: WaiverUse): boolean {
  return names.has(policy ?? rule) || !Object.hasOwn(rules, policy ?? rule);
}

/** Of those of the baseline also the findings of rules that bear on the framework and were not on in this audit. */
function apartOf(
  { change }: Audit,
  names: ReadonlySet<string>,
  framework: string,
  { resolved, carried }: Besides,
): Besides {
  const others = Object.entries(change?.rules ?? {})
    .filter(([, { controls }]) => controls.some((control) => control.startsWith(`${framework}/`)))
    .map(([name]) => name);
  const all = new Set([...names, ...others]);
  return { resolved: only(resolved, all), carried: only(carried, all) };
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

/** What differs from the baseline, counted again; what is dropped stands nowhere, and stays as it was counted. */
async function changed(
  change: AuditChange,
  { coverage, rules }: Audit,
  findings: Findings,
  { resolved, carried }: Besides,
): Promise<AuditChange> {
  const scanned = new Set(coverage.accounts.filter(({ status }) => status === 'scanned').map(({ id }) => id));
  const isUnknownNow = (finding: Finding): boolean =>
    Object.hasOwn(rules, judgeOf(finding)) && scanned.has(finding.resource.account);
  const { error, warning, note } = await failures(carried, isUnknownNow);
  const named = new Set<string>();
  for await (const finding of carried()) named.add(judgeOf(finding));
  return {
    ...change,
    new: await failures(findings, (finding) => finding.change === 'new'),
    unchanged: await failures(findings, (finding) => finding.change !== 'new'),
    resolved: await failures(resolved, () => true, { waived: true }),
    carried: await failures(carried),
    unknownNow: error + warning + note,
    rules: picked(change.rules, (name) => named.has(name)),
  };
}

/** By severity: a rule's tally does not say, since a verdict may have its own. What is waived is counted apart. */
async function failures(
  findings: Findings,
  wanted: (finding: Finding) => boolean = () => true,
  { waived = false } = {},
): Promise<Readonly<Record<Severity, number>>> {
  const fail: Record<Severity, number> = { error: 0, warning: 0, note: 0 };
  for await (const finding of findings()) {
    const counts = finding.outcome === 'fail' && (waived || !finding.waiver);
    if (counts && wanted(finding)) fail[finding.severity] += 1;
  }
  return fail;
}
