/** Holds findings against those of an earlier audit. */
import type { AccountCoverage, Audit, AuditChange, RuleInfo } from '../model/audit.ts';
import type { Change, Finding, Severity } from '../model/finding.ts';

/** An earlier audit: its findings, and those that it carried along itself. Each call of `findings` begins again. */
export interface Baseline {
  readonly audit: Audit;
  readonly findings: () => Iterable<Finding>;
}

/** What the later audit looked at. */
export interface LookedAt {
  readonly organization: string | null;
  readonly accounts: readonly AccountCoverage[];
  readonly rules: Readonly<Record<string, RuleInfo>>;
  readonly onlyRules: readonly string[];
}

type Counts = Record<Severity, number>;

/** What became of a finding of the baseline. */
type Fate = 'found' | 'resolved' | 'carried' | 'unknown-now' | 'dropped';

// What is remembered of a finding of the baseline, as bits: an organization may have a million.
const failed = 1;
const waived = 2;
const failsNow = 4;
const unknownNow = 8;

export class Comparison {
  readonly #baseline: Baseline;
  readonly #seen = new Map<string, number>();
  /** Rules that are unknown of a bucket as a whole, since nobody knows its routes. */
  readonly #hidden = new Set<string>();
  readonly #counts = { new: none(), unchanged: none(), resolved: none(), carried: none() };
  readonly #rules = new Map<string, RuleInfo>();
  #unknownNow = 0;
  #dropped = 0;
  #covered: Pick<AuditChange, 'carriedAccounts' | 'carriedRules'> = {
    carriedAccounts: [],
    carriedRules: false,
  };

  constructor(baseline: Baseline) {
    this.#baseline = baseline;
    for (const { fingerprint, outcome, waiver } of baseline.findings()) {
      const bits = outcome === 'fail' ? failed | (waiver ? waived : 0) : 0;
      const key = keyOf(fingerprint);
      this.#seen.set(key, (this.#seen.get(key) ?? 0) | bits);
    }
  }

  /** The later audit's finding, with what is different. */
  mark(finding: Finding): Finding {
    const key = keyOf(finding.fingerprint);
    const before = this.#seen.get(key);
    const fails = finding.outcome === 'fail';
    if (before !== undefined) this.#seen.set(key, before | (fails ? failsNow : unknownNow));
    if (!fails && !finding.route) this.#hidden.add(wholeOf(finding));
    const change = fails ? changeOfFailure(finding, before) : changeOfUnknown(before);
    if (fails && !finding.waiver) this.#counts[change === 'new' ? 'new' : 'unchanged'][finding.severity] += 1;
    return { ...finding, change };
  }

  /** Once all findings are marked: the failures of the baseline that are not among them, resolved or carried. */
  *rest(now: LookedAt, waive: (finding: Finding) => Finding): Generator<Finding> {
    const accounts = new Map(now.accounts.map((account) => [account.id, account]));
    this.#covered = coveredBy(this.#baseline.audit, now);
    for (const finding of this.#baseline.findings()) {
      const fate = this.#fateOf(finding, now, accounts);
      if (fate === 'found') continue;
      if (fate === 'dropped') {
        this.#dropped += 1;
      } else if (fate === 'resolved') {
        this.#counts.resolved[finding.severity] += 1;
        yield { ...finding, change: 'resolved' };
      } else yield this.#carry(waive({ ...finding, change: 'carried' }), fate, now);
    }
  }

  finish(): AuditChange {
    const { replint, finished, configuration } = this.#baseline.audit.header;
    return {
      baseline: { replint, finished, configuration },
      ...this.#counts,
      unknownNow: this.#unknownNow,
      dropped: this.#dropped,
      ...this.#covered,
      rules: Object.fromEntries(this.#rules),
    };
  }

  #fateOf(finding: Finding, now: LookedAt, accounts: ReadonlyMap<string, AccountCoverage>): Fate {
    if (finding.outcome !== 'fail') return 'found';
    const bits = this.#seen.get(keyOf(finding.fingerprint)) ?? 0;
    if (bits & failsNow) return 'found';
    if (!Object.hasOwn(now.rules, judgeOf(finding))) return now.onlyRules.length > 0 ? 'carried' : 'dropped';
    const account = accounts.get(finding.resource.account);
    // Who has left the organization will be scanned no more; without one, nobody knows who has.
    if (!account) return now.organization === null ? 'carried' : 'resolved';
    if (account.status !== 'scanned') return 'carried';
    const hidden = finding.route !== undefined && this.#hidden.has(wholeOf(finding));
    return bits & unknownNow || hidden ? 'unknown-now' : 'resolved';
  }

  #carry(finding: Finding, fate: 'carried' | 'unknown-now', now: LookedAt): Finding {
    if (!finding.waiver) {
      this.#counts.carried[finding.severity] += 1;
      if (fate === 'unknown-now') this.#unknownNow += 1;
    }
    const name = judgeOf(finding);
    if (!Object.hasOwn(now.rules, name)) {
      const { rules, change } = this.#baseline.audit;
      const info = rules[name] ?? change?.rules[name];
      if (info) this.#rules.set(name, info);
    }
    return finding;
  }
}

function changeOfFailure({ waiver }: Finding, before = 0): Change {
  // A failure whose waiver has ended is one that nobody has taken on.
  const known = (before & failed) !== 0 && ((before & waived) === 0 || waiver !== undefined);
  return known ? 'unchanged' : 'new';
}

function changeOfUnknown(before: number | undefined): Change {
  if (before === undefined) return 'new';
  return before & failed ? 'unknown-now' : 'unchanged';
}

/** What the later audit left out and the baseline knew of. */
function coveredBy(
  { header, coverage, change }: Audit,
  { accounts, onlyRules }: LookedAt,
): Pick<AuditChange, 'carriedAccounts' | 'carriedRules'> {
  const known = new Set([
    ...coverage.accounts.filter(({ status }) => status === 'scanned').map(({ id }) => id),
    ...(change?.carriedAccounts ?? []),
  ]);
  return {
    carriedAccounts: accounts
      .filter(({ id, status }) => status !== 'scanned' && known.has(id))
      .map(({ id }) => id),
    carriedRules: onlyRules.length > 0 && (header.onlyRules.length === 0 || change?.carriedRules === true),
  };
}

/** Accounts that were not scanned, and of which no audit before knows anything: those that are new, or never could be scanned. */
export function neverScanned(
  accounts: readonly AccountCoverage[],
  baseline: Baseline | 'none',
): readonly string[] {
  const ids = accounts.filter(({ status }) => status !== 'scanned').map(({ id }) => id);
  if (baseline === 'none') return ids;
  const { header, coverage, change } = baseline.audit;
  const never = new Set(header.neverScanned);
  const known = new Set([...coverage.accounts.map(({ id }) => id), ...(change?.carriedAccounts ?? [])]);
  // Who could not list the organization does not know who was in it.
  const isNew = (id: string): boolean => header.organization !== null && !known.has(id);
  return ids.filter((id) => never.has(id) || isNew(id));
}

function none(): Counts {
  return { error: 0, warning: 0, note: 0 };
}

/** The 32 hexadecimal digits as 16 characters; what is no such fingerprint, as it is. */
function keyOf(fingerprint: string): string {
  return /^[0-9a-f]{32}$/.test(fingerprint)
    ? Buffer.from(fingerprint, 'hex').toString('latin1')
    : fingerprint;
}

/** The rule's or policy's name, as the audit has it. */
function judgeOf({ rule, policy }: Finding): string {
  return policy ?? rule;
}

function wholeOf(finding: Finding): string {
  return `${judgeOf(finding)}\n${finding.resource.arn}`;
}
