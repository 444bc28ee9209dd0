/** What every report format is: the audit in, text out. A reporter maps; it does not judge, sort, or look at AWS. */
import type { Audit } from '../src/model/audit.ts';
import type { Finding } from '../src/model/finding.ts';

/** The audit's findings, worst first; each call starts again from the first. */
export type Findings = () => AsyncIterable<Finding>;

export interface Format {
  /** As `--format` takes it. */
  readonly name: string;
  /** The file's name in the output folder. */
  readonly file: string;
  /** The file's text, in chunks: memory need not grow with the findings. */
  readonly write: (audit: Audit, findings: Findings) => AsyncIterable<string>;
}
