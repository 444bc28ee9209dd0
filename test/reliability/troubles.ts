/** What may happen to a call, and whether the scanner must get over it. */
import { paged } from '../../sandbox/empty-page.ts';
import type { Fault } from '../../sandbox/faults.ts';

export interface Trouble {
  readonly name: string;
  readonly fault: Omit<Fault, 'operation' | 'account'>;
  /** It passes: the scan must be as if nothing had happened. Otherwise what was hit must be unknown. */
  readonly passes: boolean;
  /** The calls to which it can happen; left out, all. */
  readonly happensTo?: (operation: string) => boolean;
}

/** Longer than the timeouts of these tests, which are in `timeouts.ts`. */
const longDelay = 60_000;

/** A call about one bucket; S3 Control and ListBuckets name none. HeadBucket's 404 is an answer, and no trouble. */
function isAboutBucket(operation: string): boolean {
  const others = ['s3:ListBuckets', 's3:HeadBucket', 's3:GetAccountPublicAccessBlock'];
  return operation.startsWith('s3:') && !others.includes(operation);
}

export const troubles: readonly Trouble[] = [
  { name: 'denied', fault: { kind: 'denied' }, passes: false },
  { name: 'throttled for a while', fault: { kind: 'throttled', times: 2 }, passes: true },
  { name: 'throttled for good', fault: { kind: 'throttled' }, passes: false },
  { name: '500 once', fault: { kind: '500', times: 1 }, passes: true },
  { name: '500', fault: { kind: '500' }, passes: false },
  { name: '503 once', fault: { kind: '503', times: 1 }, passes: true },
  { name: '503', fault: { kind: '503' }, passes: false },
  { name: 'cut body once', fault: { kind: 'cut', times: 1 }, passes: true, happensTo: hasBody },
  { name: 'cut body', fault: { kind: 'cut' }, passes: false, happensTo: hasBody },
  { name: 'slow once', fault: { kind: 'delay', delayMs: longDelay, times: 1 }, passes: true },
  { name: 'slow beyond the timeout', fault: { kind: 'delay', delayMs: longDelay }, passes: false },
  { name: 'expired token', fault: { kind: 'expired' }, passes: false },
  { name: 'malformed document', fault: { kind: 'malformed' }, passes: false, happensTo: hasBody },
  {
    name: 'bucket deleted between list and read',
    fault: { kind: 'gone' },
    passes: false,
    happensTo: isAboutBucket,
  },
  { name: 'account suspended in between', fault: { kind: 'suspended' }, passes: false },
  { name: 'wrong Region', fault: { kind: 'wrong-region' }, passes: false },
  {
    name: 'empty page with a token',
    fault: { kind: 'empty-page' },
    passes: true,
    happensTo: (operation) => paged.has(operation),
  },
];

/** A HEAD has no body that could be cut or malformed. */
function hasBody(operation: string): boolean {
  return operation !== 's3:HeadBucket';
}
