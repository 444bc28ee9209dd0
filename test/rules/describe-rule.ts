/** The tester that users get, in vitest, and what must hold of every finding of ours besides. */
import { describe, expect, it } from 'vitest';
import { expectWhole } from './whole.ts';
import type { Rule } from '../../src/rule.ts';
import { describeRule as describeIn, tryRule, type Cases } from '../../src/tester.ts';

export type { Case, Cases, FailCase, UndeterminedCase, UnknownCase } from '../../src/tester.ts';
export type { NonEmpty } from '../../src/tester/cases.ts';

/** Tests a rule by its cases, its own examples, and with each fact that it needs denied. */
export function describeRule(rule: Rule, cases: Cases): void {
  describeIn(rule, cases, { describe, it });
  const examples = [{ name: 'its bad example', ...rule.examples.bad }];
  it.each([...cases.fail, ...cases.unknown, ...(cases.undetermined ?? []), ...examples])(
    `${rule.id} says on what it rests and what to type: $name`,
    (situation) => {
      const outcome = tryRule(rule, situation);
      if (!('finding' in outcome)) expect.unreachable(outcome.outcome);
      expectWhole(outcome.finding);
    },
  );
}
