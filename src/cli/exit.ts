/** Exit codes, and what an error looks like from outside: known ones are a sentence, bugs have a stack. */
import { inertLines } from './terminal.ts';
import { CannotRun } from '../model/cannot-run.ts';
import type { Audit } from '../model/audit.ts';
import { severities, type Severity } from '../model/finding.ts';
import { UnreadableFile } from '../snapshot/lines.ts';

export const exitCodes = { clean: 0, findings: 1, cannotRun: 2, incomplete: 3, interrupted: 130 } as const;

export type Threshold = Severity | 'never';

/** What makes an audit fail. */
export interface Gate {
  readonly failOn: Threshold;
  /** Only failures that the baseline does not have. */
  readonly failOnNew?: boolean;
  readonly allowIncomplete?: boolean;
}

/** What an audit comes to: findings at or above the threshold first, then what could not be read. What is waived counts nowhere. */
export function exitCodeOf(
  { tallies, coverage, change }: Audit,
  { failOn, failOnNew = false, allowIncomplete = false }: Gate,
): number {
  const fail = failOnNew && change ? change.new : tallies.fail;
  const counted = failOn === 'never' ? [] : severities.slice(0, severities.indexOf(failOn) + 1);
  if (counted.some((severity) => fail[severity] > 0)) return exitCodes.findings;
  return coverage.complete || allowIncomplete ? exitCodes.clean : exitCodes.incomplete;
}

/** Faults of the disk that a user can mend. */
const diskFaults: Readonly<Record<string, string>> = {
  EACCES: 'replint may not write there',
  EDQUOT: 'the disk quota is used up',
  EEXIST: 'a file stands where a folder is needed',
  EFBIG: 'the file would be larger than the system allows',
  EIO: 'the disk fails',
  EISDIR: 'a folder stands where a file is needed',
  ENOENT: 'its folder is gone',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a file stands where a folder is needed',
  EPERM: 'replint may not write there',
  EROFS: 'the disk is read-only',
};

/** The exit code of an error, and the text for standard error. */
export function describeError(error: unknown): { readonly code: number; readonly text: string } {
  if (error instanceof CannotRun || error instanceof UnreadableFile) {
    return {
      code: exitCodes.cannotRun,
      text: inertLines(error.message),
    };
  }
  if (error instanceof Error && error.name === 'AbortError') {
    return {
      code: exitCodes.interrupted,
      text: 'Stopped. What was read is kept: --resume goes on from there.',
    };
  }
  if (error instanceof Error && 'syscall' in error && error.syscall === 'uv_cwd') {
    const text = 'Cannot write: the folder in which replint was started is gone. Start it in another.';
    return { code: exitCodes.cannotRun, text };
  }
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') {
    const why = diskFaults[error.code];
    const path = 'path' in error && typeof error.path === 'string' ? ` '${error.path}'` : '';
    if (why !== undefined) return { code: exitCodes.cannotRun, text: `Cannot write${path}: ${why}.` };
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { code: exitCodes.cannotRun, text: `This is a bug of replint:\n${inertLines(stack)}` };
}
