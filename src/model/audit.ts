/** The audit: what the reports are made from, and nothing else. */
import type { Account } from './estate.ts';
import type { Cause } from './facts.ts';
import type { WaiverSetting } from './configuration.ts';
import type { Severity } from './finding.ts';
import type { Compliance } from './framework.ts';

/** The version of `audit.json` and `findings.ndjson`; another is refused. */
export const auditFormat = 1;

/** `audit.json`. The findings stand beside it, in `findings.ndjson`, worst first. */
export interface Audit {
  readonly format: number;
  readonly header: Header;
  readonly coverage: Coverage;
  readonly tallies: Tallies;
  /** The configuration's waivers, in its order, and what became of each. */
  readonly waivers: readonly WaiverUse[];
  /** What is different from the baseline; absent where there was none. */
  readonly change?: AuditChange;
  /** All that a report has to say about the rules that were on: by id, or by the policy's name (a finding's `policy ?? rule`). */
  readonly rules: Readonly<Record<string, RuleInfo>>;
  /** What the rules that were on say of the controls of frameworks. */
  readonly compliance: Compliance;
  readonly topology: Topology;
}

/** Where the audit comes from. */
export interface Header {
  readonly replint: string;
  readonly organization: string | null;
  readonly partition: string;
  readonly caller: { readonly account: string; readonly arn: string };
  /** When reading AWS began and ended, ISO 8601. */
  readonly started: string;
  readonly finished: string;
  /** SHA-256 of the configuration that judged. */
  readonly configuration: string;
  readonly preset: string;
  /** The rules that `--rule` narrowed the audit to; empty where it did not. */
  readonly onlyRules: readonly string[];
  /** With a baseline: accounts that were not scanned, neither now nor in any audit before. */
  readonly neverScanned?: readonly string[];
  /** The framework to which a report is narrowed; an audit is not. */
  readonly framework?: string;
  /** The account or organizational unit to which a report is narrowed; an audit is not. */
  readonly part?: string;
  /** What was replaced by tokens before the audit was sent out. */
  readonly redacted?: Redaction;
}

/** `names` replaces the ids of accounts too. */
export type Redaction = 'accounts' | 'names';

/** What was read, what was not, and why. */
export interface Coverage {
  readonly complete: boolean;
  readonly accounts: readonly AccountCoverage[];
  readonly buckets: number;
  readonly replicatingBuckets: number;
  readonly routes: number;
  /** Facts that were asked for and read. */
  readonly factsKnown: number;
  /** Facts that were asked for and are unknown, grouped by call, account and reason; most first. */
  readonly gaps: readonly Gap[];
  /** Routes whose objects were compared in full, by sample, or not at all. */
  readonly objects: { readonly exact: number; readonly sampled: number; readonly notCompared: number };
}

export type AccountCoverage = Account & { readonly buckets: number };

export interface Gap extends Cause {
  readonly count: number;
  /** One of the resources concerned. */
  readonly example: string;
}

/** Outcomes, counted. */
export interface Tallies {
  /** Findings that failed and that no waiver takes, by severity. */
  readonly fail: Readonly<Record<Severity, number>>;
  /** Findings that failed and are waived. */
  readonly waived: number;
  readonly unknown: number;
  readonly pass: number;
  readonly notApplicable: number;
  /** By rule id, or by the policy's name. */
  readonly rules: Readonly<Record<string, RuleTally>>;
}

export interface RuleTally {
  readonly pass: number;
  readonly fail: number;
  readonly waived: number;
  readonly unknown: number;
  readonly notApplicable: number;
}

/** A waiver, and what it did. When it expires is judged by the day on which AWS was read, so that evaluation needs no clock. */
export interface WaiverUse extends WaiverSetting {
  /** `expiring`: two weeks are left, or less. */
  readonly state: 'in-force' | 'expiring' | 'expired';
  /** Failures that it takes; of an expired one, those that count again. */
  readonly failures: number;
  /** Findings of which nobody knows whether it would take them: unknown themselves, or their tags. */
  readonly undecided: number;
  /** What is to be done about it, in a sentence or two; null where nothing is. */
  readonly said: string | null;
}

/** An audit against an earlier one. All counts are of failures that no waiver takes, but for those that are resolved. */
export interface AuditChange {
  readonly baseline: Pick<Header, 'replint' | 'finished' | 'configuration'>;
  /** Failing now, and not in the baseline; or waived in it, and no longer. */
  readonly new: Readonly<Record<Severity, number>>;
  readonly unchanged: Readonly<Record<Severity, number>>;
  /** Failed in the baseline and do no longer; they stand in `resolved.ndjson`. */
  readonly resolved: Readonly<Record<Severity, number>>;
  /** Failed in the baseline, and this audit did not look, or could not tell; they stand in `carried.ndjson`. */
  readonly carried: Readonly<Record<Severity, number>>;
  /** Of those that are carried: not known now. */
  readonly unknownNow: number;
  /** Failures of the baseline whose rules are no longer on; they stand nowhere. */
  readonly dropped: number;
  /** Accounts that were not scanned, and of which the baseline knows: what failed in them is carried. */
  readonly carriedAccounts: readonly string[];
  /** Whether what `--rule` left out is carried. */
  readonly carriedRules: boolean;
  /** Rules of carried findings that were not on in this audit. */
  readonly rules: Readonly<Record<string, RuleInfo>>;
}

/** A rule as a report shows it. */
export interface RuleInfo {
  readonly title: string;
  readonly severity: Severity;
  readonly why: string;
  readonly fix: string;
  /** The address of AWS's page; null where the rule is a judgement of ours. */
  readonly page: string | null;
  readonly predicts: readonly string[];
  readonly controls: readonly string[];
  /** The calls of AWS that it rests on, each once. */
  readonly calls: readonly string[];
}

/** Routes added up by account and Region, for the picture. */
export interface Topology {
  readonly nodes: readonly TopologyNode[];
  readonly edges: readonly TopologyEdge[];
}

export interface TopologyNode {
  /** `<account>/<region>`, or `?/<region>` where the owner is not known. */
  readonly id: string;
  readonly account: string | null;
  readonly accountName: string | null;
  readonly region: string | null;
  readonly buckets: number;
}

export interface TopologyEdge {
  readonly from: string;
  readonly to: string;
  readonly routes: number;
  /**
   * Routes with a failing error; with a failing warning or note, or a waived failure, only; with nothing but unknowns. The rest
   * are healthy.
   */
  readonly broken: number;
  readonly warned: number;
  readonly unknown: number;
  /** The routes themselves, for the drill-down, 1,000 at most. */
  readonly pairs: readonly TopologyPair[];
}

export interface TopologyPair {
  readonly source: string;
  readonly destination: string;
  readonly replicationRule: string;
  readonly state: 'healthy' | 'broken' | 'warned' | 'unknown';
}
