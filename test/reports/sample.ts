/** A made-up audit for the reports' tests: the same options give the same audit, to the byte. */
import type { Audit, RuleTally } from '../../src/model/audit.ts';
import { severities } from '../../src/model/finding.ts';
import type { Finding, Severity } from '../../src/model/finding.ts';
import { complianceOf } from './sample/compliance.ts';
import { accountsOf, coverageOf, headerOf } from './sample/coverage.ts';
import { findingOf } from './sample/finding.ts';
import { hostile, plain } from './sample/hostile.ts';
import type { Taint } from './sample/hostile.ts';
import { random } from './sample/random.ts';
import { keysOf, ruleInfos } from './sample/rules.ts';
import { topologyOf } from './sample/topology.ts';

export interface SampleOptions {
  readonly findings?: number;
  readonly accounts?: number;
  /** HTML, Markdown, formulas, control characters and 100 KB names in every free-text field. */
  readonly hostile?: boolean;
  /** Leaves accounts out and facts unread. */
  readonly incomplete?: boolean;
  readonly seed?: number;
}

/** An audit and its findings, worst first, as the pipeline hands them over. */
export function sampleAudit(options: SampleOptions = {}): { audit: Audit; findings: readonly Finding[] } {
  const next = random(options.seed ?? 1);
  const taint: Taint = options.hostile === true ? hostile() : plain;
  const incomplete = options.incomplete ?? false;
  const accounts = accountsOf(options.accounts ?? 6, incomplete, taint);
  const keys = keysOf(taint);
  const findings = Array.from({ length: options.findings ?? 60 }, (_, index) =>
    findingOf(index, accounts, keys, next, taint),
  ).sort(worstFirst);
  const rules = ruleInfos(keys, taint);
  const topology = topologyOf(accounts, findings, next);
  const audit: Audit = {
    format: 1,
    header: headerOf(taint),
    coverage: coverageOf(accounts, topology, findings, incomplete, taint),
    tallies: talliesOf(Object.keys(rules), findings, next),
    waivers: [],
    rules,
    compliance: complianceOf(rules, taint),
    topology,
  };
  return { audit, findings };
}

/** The findings as a format takes them. */
export function streamed(findings: readonly Finding[]): () => AsyncIterable<Finding> {
  return async function* () {
    for (const finding of findings) yield await Promise.resolve(finding);
  };
}

function worstFirst(a: Finding, b: Finding): number {
  const rank = (finding: Finding): number =>
    severities.indexOf(finding.severity) * 2 + (finding.outcome === 'unknown' ? 1 : 0);
  return rank(a) - rank(b);
}

function talliesOf(
  ids: readonly string[],
  findings: readonly Finding[],
  next: () => number,
): Audit['tallies'] {
  const fail: Record<Severity, number> = { error: 0, warning: 0, note: 0 };
  for (const finding of findings) if (finding.outcome === 'fail') fail[finding.severity] += 1;
  const rules = Object.fromEntries(ids.map((id) => [id, tallyOf(id, findings, next)]));
  const sum = (key: keyof RuleTally): number =>
    Object.values(rules).reduce((total, tally) => total + tally[key], 0);
  return {
    fail,
    waived: sum('waived'),
    unknown: sum('unknown'),
    pass: sum('pass'),
    notApplicable: sum('notApplicable'),
    rules,
  };
}

function tallyOf(id: string, findings: readonly Finding[], next: () => number): RuleTally {
  const own = findings.filter((finding) => (finding.policy ?? finding.rule) === id);
  const failed = own.filter((finding) => finding.outcome === 'fail').length;
  return {
    pass: Math.floor(next() * 200),
    fail: failed,
    waived: 0,
    unknown: own.length - failed,
    notApplicable: Math.floor(next() * 500),
  };
}
