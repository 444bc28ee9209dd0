/** What every report format is: the audit in, text out. A reporter maps; it does not judge, sort, or look at AWS. */
import type { Audit } from '../src/model/audit.ts';
import type { Finding } from '../src/model/finding.ts';

/** The audit's findings, worst first; each call starts again from the first. */
export type Findings = () => AsyncIterable<Finding>;

/** Findings of the baseline that are not among the audit's own; none where there was no baseline. */
export interface Besides {
  /** Failed in the baseline and do no longer. */
  readonly resolved: Findings;
  /** Failed in the baseline, and the audit did not look, or could not tell. */
  readonly carried: Findings;
  /** The file of the repository in which buckets stand, where there is one. */
  readonly inventory?: Inventory | undefined;
}

/** A committed file with a line a bucket. */
export interface Inventory {
  /** From the repository's root. */
  readonly path: string;
  /** The bucket's line, from 1; undefined where it has none. */
  readonly lineOf: (bucket: string) => number | undefined;
}

const none: Findings = () => ({ [Symbol.asyncIterator]: () => ({ next: ended }) });
const ended = (): Promise<IteratorResult<Finding>> => Promise.resolve({ done: true, value: undefined });

/** Of an audit without a baseline. */
export const nothingBesides: Besides = { resolved: none, carried: none };

export interface Format {
  /** As `--format` takes it. */
  readonly name: string;
  /** The file's name in the output folder. */
  readonly file: string;
  /** The file's text, in chunks: memory need not grow with the findings. */
  readonly write: (audit: Audit, findings: Findings, besides?: Besides) => AsyncIterable<string>;
  /** Why it is not written of this audit, in a sentence or two; undefined where it is. */
  readonly withheld?: (audit: Audit) => string | undefined;
}
