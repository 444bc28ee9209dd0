/** What a rule found, as a line of `findings.ndjson`. */
import type { Cause } from './facts.ts';

export type Severity = 'error' | 'warning' | 'note';

/** From worst to least; the order of findings in an audit. */
export const severities: readonly Severity[] = ['error', 'warning', 'note'];

export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  readonly outcome: 'fail' | 'unknown';
  /** Names this finding across audits: it does not change with order, rule IDs of AWS, or other accounts. */
  readonly fingerprint: string;
  readonly resource: Resource;
  readonly route?: FindingRoute;
  readonly message: string;
  readonly expected?: string;
  readonly actual?: string;
  readonly evidence: readonly Evidence[];
  /** AWS failure reasons that this foretells. */
  readonly predicts: readonly string[];
  /** Of an unknown: what was not learnt, and why. */
  readonly causes: readonly Cause[];
  readonly fix: Fix;
  /** The name of the user's policy that asked for it. */
  readonly policy?: string;
  /** Of a failure that somebody has taken on for a time. */
  readonly waiver?: Waiver;
  /** Against the baseline, where there was one. */
  readonly change?: Change;
}

/** Who has taken a failure on, why, and until when. */
export interface Waiver {
  readonly reason: string;
  readonly owner: string;
  /** The last day on which it holds, `2027-01-31`, in UTC. */
  readonly expires: string;
}

/**
 * `unknown-now`: it failed in the baseline. Findings that an audit did not make itself stand apart from its own: `resolved`
 * failed in the baseline and does no longer; `carried` failed there, and this audit could not look.
 */
export type Change = 'new' | 'unchanged' | 'unknown-now' | 'resolved' | 'carried';

export interface Resource {
  readonly arn: string;
  readonly bucket: string;
  readonly account: string;
  readonly accountName: string;
  readonly region: string | null;
  readonly ou: string | null;
}

export interface FindingRoute {
  /** The replication rule's ID, or its place (`#2`) where it has none. */
  readonly replicationRule: string;
  readonly destination: {
    readonly bucket: string;
    readonly account: string | null;
    readonly region: string | null;
  };
}

/** What a finding rests on: one value in one answer of AWS. */
export interface Evidence {
  /** `s3:GetBucketVersioning` */
  readonly call: string;
  /** What was asked about: a bucket's or role's ARN. */
  readonly resource: string;
  /** Whose credentials asked. */
  readonly account: string;
  readonly time: string;
  /** JSON pointer into the answer; empty is the whole. */
  readonly pointer: string;
  readonly value: unknown;
}

/** How to mend it: a sentence or two, and what to type where that can be said. */
export interface Fix {
  readonly text: string;
  readonly cli?: string;
  /** Of a missing permission: the policy statements to add. */
  readonly json?: string;
  readonly terraform?: string;
  readonly cloudformation?: string;
}
