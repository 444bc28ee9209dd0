/** Faults that a test asks for: which calls they hit, and how they say it. */
import { AwsError } from './service.ts';

/** Refusals, each in the words of the service that is asked. */
const refusals = [
  'denied',
  'throttled',
  '500',
  '503',
  'expired',
  'gone',
  'suspended',
  'wrong-region',
] as const;

const kinds = [...refusals, 'cut', 'delay', 'malformed', 'empty-page'] as const;

/**
 * What happens to a call. `suspended`: from this call on the caller's account may do nothing more. `empty-page`: a list's first
 * page holds nothing but a token.
 */
export type FaultKind = (typeof kinds)[number];

/** A fault and the calls that it hits; what is left out hits all. */
export interface Fault {
  readonly kind: FaultKind;
  /** `s3:GetBucketVersioning`, or a pattern with `*`. */
  readonly operation?: string | undefined;
  /** The caller's account. */
  readonly account?: string | undefined;
  readonly bucket?: string | undefined;
  /** The share of matching calls that is hit, by counting and not by chance: 0.25 hits every fourth. */
  readonly share?: number | undefined;
  /** How many matching calls go through before it begins. */
  readonly after?: number | undefined;
  /** How many calls are hit before it heals. */
  readonly times?: number | undefined;
  readonly delayMs?: number | undefined;
}

/** Whether a fault is an error by itself; the others spoil the answer on its way out. */
export function isRefusal(kind: FaultKind): kind is (typeof refusals)[number] {
  return refusals.some((refusal) => refusal === kind);
}

interface Armed {
  readonly fault: Fault;
  readonly pattern: RegExp;
  seen: number;
  hit: number;
}

function patternOf(operation: string | undefined): RegExp {
  const parts = (operation ?? '*').split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`);
}

/** The faults of one sandbox. */
export class Faults {
  #armed: Armed[] = [];
  readonly #suspended = new Map<string, Fault>();

  add(fault: Fault): void {
    this.#armed.push({ fault, pattern: patternOf(fault.operation), seen: 0, hit: 0 });
  }

  clear(): void {
    this.#armed = [];
    this.#suspended.clear();
  }

  /** The fault that this call meets: the first that is due. */
  meet(operation: string, account: string, bucket: string | null): Fault | null {
    const suspended = this.#suspended.get(account);
    if (suspended) return suspended;
    const met = this.#due(operation, account, bucket);
    if (met?.kind === 'suspended') this.#suspended.set(account, met);
    return met;
  }

  #due(operation: string, account: string, bucket: string | null): Fault | null {
    for (const armed of this.#armed) {
      const { fault } = armed;
      if (!armed.pattern.test(operation)) continue;
      if (fault.account !== undefined && fault.account !== account) continue;
      if (fault.bucket !== undefined && fault.bucket !== bucket) continue;
      if (isDue(armed)) return fault;
    }
    return null;
  }
}

function isDue(armed: Armed): boolean {
  const { after = 0, share = 1, times = Infinity } = armed.fault;
  armed.seen += 1;
  const seen = armed.seen - after;
  if (seen <= 0 || armed.hit >= times) return false;
  if (Math.floor(seen * share) === Math.floor((seen - 1) * share)) return false;
  armed.hit += 1;
  return true;
}

function invalid(sentence: string): AwsError {
  return new AwsError('InvalidFault', 400, sentence);
}

function isKind(value: unknown): value is FaultKind {
  return kinds.some((kind) => kind === value);
}

function textIn(record: Record<string, unknown>, name: string): string | undefined {
  const value = record[name];
  if (value === undefined || typeof value === 'string') return value;
  throw invalid(`${name} must be a string.`);
}

function numberIn(record: Record<string, unknown>, name: string, most: number): number | undefined {
  const value = record[name];
  if (value === undefined) return undefined;
  if (typeof value === 'number' && value >= 0 && value <= most) return value;
  throw invalid(`${name} must be a number from 0 to ${most}.`);
}

const known = new Set(['kind', 'operation', 'account', 'bucket', 'share', 'after', 'times', 'delayMs']);

/** Reads a fault that came as JSON, and refuses what it does not know. */
export function parseFault(text: string): Fault {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalid('The fault is no JSON.');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw invalid('A fault is an object.');
  const record: Record<string, unknown> = { ...value };
  const stranger = Object.keys(record).find((name) => !known.has(name));
  if (stranger !== undefined) throw invalid(`A fault has no ${stranger}.`);
  if (!isKind(record['kind'])) throw invalid(`kind must be one of ${kinds.join(', ')}.`);
  return {
    kind: record['kind'],
    operation: textIn(record, 'operation'),
    account: textIn(record, 'account'),
    bucket: textIn(record, 'bucket'),
    share: numberIn(record, 'share', 1),
    after: numberIn(record, 'after', Number.MAX_SAFE_INTEGER),
    times: numberIn(record, 'times', Number.MAX_SAFE_INTEGER),
    delayMs: numberIn(record, 'delayMs', 600_000),
  };
}
