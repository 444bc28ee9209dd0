/** What the page says of the findings all together. */
import type { Finding } from '../../src/model/finding.ts';
import type { Findings } from '../format.ts';

/** Findings of one place or rule, counted; a place is as bad as the worst of them. */
export interface Counts {
  error: number;
  warning: number;
  note: number;
  unknown: number;
}

/** What a rule found, over all accounts. */
export interface RuleSurvey {
  readonly rule: string;
  readonly counts: Counts;
  /** Findings by account. */
  readonly accounts: Map<string, { readonly name: string; findings: number }>;
  /** The first, so the worst. */
  readonly example: Finding;
}

export interface AccountSurvey {
  readonly account: string;
  readonly name: string;
  readonly counts: Counts;
  /** By Region; an organization's or a Region-less finding stands under the empty name. */
  readonly regions: Map<string, Counts>;
}

export interface Survey {
  readonly total: number;
  readonly counts: Counts;
  readonly top: readonly Finding[];
  readonly rules: ReadonlyMap<string, RuleSurvey>;
  readonly accounts: ReadonlyMap<string, AccountSurvey>;
}

/** Nothing found yet. */
export function none(): Counts {
  return { error: 0, warning: 0, note: 0, unknown: 0 };
}

/** The column of `Counts` under which a finding is counted. */
export function kindOf(finding: Pick<Finding, 'outcome' | 'severity'>): keyof Counts {
  return finding.outcome === 'unknown' ? 'unknown' : finding.severity;
}

/** From worst to least: the order of everything on the page. */
export function compareCounts(a: Counts, b: Counts): number {
  return b.error - a.error || b.warning - a.warning || b.unknown - a.unknown || b.note - a.note;
}

/** Who judged: the user's policy where there is one, otherwise the rule; the audit's rules and tallies go by this name. */
export function judgeOf({
  rule,
  policy,
}: {
  readonly rule: string;
  readonly policy?: string | null;
}): string {
  return policy ?? rule;
}

/** The record's own value: a policy may be called `constructor`. */
export function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

/** Compares as machines do: the same order in every locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The first so many, and no more read than these. */
export async function first(findings: Findings, most: number): Promise<readonly Finding[]> {
  const taken: Finding[] = [];
  for await (const finding of findings()) {
    if (taken.length === most) break;
    taken.push(finding);
  }
  return taken;
}

/** Counts findings one by one, and keeps the first `top` of them. */
export function surveying(top: number): {
  readonly add: (finding: Finding) => void;
  readonly survey: () => Survey;
} {
  const worst: Finding[] = [];
  const counts = none();
  const rules = new Map<string, RuleSurvey>();
  const accounts = new Map<string, AccountSurvey>();
  let total = 0;
  return {
    add: (finding) => {
      total += 1;
      // What somebody has taken on is counted apart.
      if (finding.waiver) return;
      counts[kindOf(finding)] += 1;
      if (worst.length < top) worst.push(finding);
      countRule(rules, finding);
      countAccount(accounts, finding);
    },
    survey: () => ({ total, counts, top: worst, rules, accounts }),
  };
}

function countRule(rules: Map<string, RuleSurvey>, finding: Finding): void {
  const { resource } = finding;
  const rule = judgeOf(finding);
  const seen: RuleSurvey = rules.get(rule) ?? {
    rule,
    counts: none(),
    accounts: new Map(),
    example: finding,
  };
  rules.set(rule, seen);
  seen.counts[kindOf(finding)] += 1;
  const account = seen.accounts.get(resource.account) ?? { name: resource.accountName, findings: 0 };
  seen.accounts.set(resource.account, account);
  account.findings += 1;
}

function countAccount(accounts: Map<string, AccountSurvey>, finding: Finding): void {
  const { account, accountName, region } = finding.resource;
  const seen: AccountSurvey = accounts.get(account) ?? {
    account,
    name: accountName,
    counts: none(),
    regions: new Map(),
  };
  accounts.set(account, seen);
  const place = seen.regions.get(region ?? '') ?? none();
  seen.regions.set(region ?? '', place);
  seen.counts[kindOf(finding)] += 1;
  place[kindOf(finding)] += 1;
}
