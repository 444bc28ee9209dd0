/** Frameworks of compliance: what they ask for, and which rules look into it. */

/**
 * How a rule bears on a control. `direct`: what the control asks for is what the rule checks. `partial`: a part of it.
 * `supporting`: the control does not ask for it, and is worth less without it.
 */
export type Directness = 'direct' | 'partial' | 'supporting';

export interface Framework {
  /** As controls, presets and `--framework` name it: `PCI-DSS-4.0.1`. */
  readonly name: string;
  readonly title: string;
  /** Where its text can be had; null of a framework that only rules of one's own name. */
  readonly catalogue: string | null;
  /** What must be known to read the verdicts. */
  readonly note: string;
  /** Who says that a subject bears on a control. */
  readonly sources: Readonly<Record<string, Source>>;
  readonly controls: readonly Control[];
}

export interface Source {
  readonly title: string;
  readonly address: string;
}

export interface Control {
  readonly id: string;
  /** What it is about, in our words; null where nobody said. */
  readonly title: string | null;
  readonly checks: readonly Check[];
  /** Why no rule looks into it. */
  readonly unassessed?: string;
}

/** The rules of a subject, as they bear on a control. */
export interface Check {
  /** A key of {@link Compliance.subjects}. */
  readonly subject: string;
  readonly directness: Directness;
  /** A key of the framework's sources; null where the rules themselves name the control. */
  readonly source: string | null;
}

/** Rules that look into one thing. */
export interface Subject {
  readonly title: string;
  /** Rules by id; in an audit those that were on, by the names of `audit.rules`. */
  readonly rules: readonly string[];
}

/** Frameworks, and the subjects that their controls name. */
export interface Compliance {
  readonly frameworks: readonly Framework[];
  readonly subjects: Readonly<Record<string, Subject>>;
}
