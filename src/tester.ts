/** What tests of rules import as `replint/tester`: a rule is tried on a small estate in memory, through the real engine. */
export type { Outcome } from './evaluate/judge.ts';
export type { Case, Cases, FailCase, UndeterminedCase, UnknownCase } from './tester/cases.ts';
export { describeRule, type Framework } from './tester/describe.ts';
export { healthy } from './tester/healthy.ts';
export type { TestSituation } from './tester/lines.ts';
export { tryEach, tryRule } from './tester/try.ts';
