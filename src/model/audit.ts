/** The audit: what the reports are made from, and nothing else. */
import type { Account } from './estate.ts';
import type { Cause } from './facts.ts';
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
  /** The framework to which a report is narrowed; an audit is not. */
  readonly framework?: string;
}

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
  /** Findings that failed, by severity. */
  readonly fail: Readonly<Record<Severity, number>>;
  readonly unknown: number;
  readonly pass: number;
  readonly notApplicable: number;
  /** By rule id, or by the policy's name. */
  readonly rules: Readonly<Record<string, RuleTally>>;
}

export interface RuleTally {
  readonly pass: number;
  readonly fail: number;
  readonly unknown: number;
  readonly notApplicable: number;
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
  /** Routes with a failing error; with a failing warning or note only; with nothing but unknowns. The rest are healthy. */
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
