/** Asks a rule. What it throws, or answers out of its contract, leaves one thing unknown and ends nothing. */
import { inspect } from 'node:util';
import { severities } from '../model/finding.ts';
import { notApplicable, pass, type Fail, type Remedy, type Verdict } from '../rule.ts';
import type { Selected } from '../selection.ts';

/** What a rule that threw leaves, and where it threw. */
export class Threw {
  readonly outcome = 'undetermined';
  readonly why: string;
  readonly stack: string;

  constructor(id: string, error: unknown) {
    this.why = `The rule '${id}' threw: ${error instanceof Error ? error.message : inspect(error)}`;
    this.stack = stackOf(error);
  }
}

/** The rule's verdict on a view, as the contract has it. */
export function verdictOf({ rule, options }: Selected, view: object): Verdict | Threw {
  try {
    // The view is built from the same `needs` that typed the function.
    const verdict: unknown = rule.evaluate(view as never, options as never);
    return checked(verdict);
  } catch (error) {
    return new Threw(rule.id, error);
  }
}

/** What to type, and where the rule threw instead if it did. */
interface Typed {
  readonly answer: Remedy;
  readonly stack?: string;
}

/** What to type; a remedy that throws costs a finding its commands, and nothing else. */
export function remedyOf({ rule, options }: Selected, view: object): Typed {
  try {
    // The view is the one that `evaluate` got.
    const remedy: unknown = rule.remedy?.(view as never, options as never);
    return { answer: commands(remedy) };
  } catch (error) {
    return { answer: {}, stack: stackOf(error) };
  }
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : inspect(error);
}

/** Rules in JavaScript are checked by no compiler; what a report would stumble over later is refused here. */
function checked(verdict: unknown): Verdict {
  // Most answers are one of these, and need no look.
  if (verdict === pass || verdict === notApplicable) return verdict as Verdict;
  if (verdict instanceof Promise) {
    // Nobody waits for it, so nobody would hear it fail.
    verdict.catch(() => undefined);
    throw new TypeError('evaluate gave a promise; it must be synchronous.');
  }
  if (!isVerdict(verdict)) throw new TypeError(`evaluate gave no verdict: ${inspect(verdict)}`);
  return verdict;
}

function isVerdict(value: unknown): value is Verdict {
  if (!isRecord(value)) return false;
  switch (value['outcome']) {
    case 'pass':
    case 'notApplicable':
      return true;
    case 'undetermined':
      return typeof value['why'] === 'string';
    case 'unknown':
      return Array.isArray(value['causes']) && value['causes'].every(isCause);
    case 'fail':
      return isFail(value);
    default:
      return false;
  }
}

function isFail({
  message,
  expected,
  actual,
  at = [],
  severity = 'note',
}: Partial<Record<keyof Fail, unknown>>): boolean {
  return (
    [message, expected, actual].every((text) => typeof text === 'string') &&
    Array.isArray(at) &&
    at.every((place) => typeof place === 'string') &&
    severities.some((one) => one === severity)
  );
}

function isCause(value: unknown): boolean {
  return isRecord(value) && typeof value['reason'] === 'string' && typeof value['detail'] === 'string';
}

const kinds: readonly (keyof Remedy)[] = ['cli', 'json', 'terraform', 'cloudformation', 'untyped'];

function commands(remedy: unknown): Remedy {
  if (remedy === undefined) return {};
  if (!isRecord(remedy)) throw new TypeError(`remedy gave no commands: ${inspect(remedy)}`);
  const given: Partial<Record<keyof Remedy, string>> = {};
  for (const kind of kinds) {
    const text = remedy[kind];
    if (text === undefined) continue;
    if (typeof text !== 'string')
      throw new TypeError(`remedy gave a ${kind} that is no text: ${inspect(text)}`);
    given[kind] = text;
  }
  return given;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
