/** The tester that users get, in vitest. */
import { describe, it } from 'vitest';
import type { Rule } from '../../src/rule.ts';
import { describeRule as describeIn, type Cases } from '../../src/tester.ts';

export type { Case, Cases, FailCase, UndeterminedCase, UnknownCase } from '../../src/tester.ts';
export type { NonEmpty } from '../../src/tester/cases.ts';

/** Tests a rule by its cases, its own examples, and with each fact that it needs denied. */
export function describeRule(rule: Rule, cases: Cases): void {
  describeIn(rule, cases, { describe, it });
}
