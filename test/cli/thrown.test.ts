import { expect, it } from 'vitest';
import { ThrownRules } from '../../src/cli/thrown.ts';
import type { Thrown } from '../../src/evaluate/evaluate.ts';
import { audited, everyBucket, selected, source } from '../evaluate/memory.ts';

it('tells each rule that threw once, with its first stack, and how often', () => {
  const [finding] = audited({ buckets: [source('a')] }, selected(everyBucket)).findings;
  if (!finding) throw new Error('It fails on every bucket.');
  const one = (rule: string, stack: string, outcome: 'unknown' | 'fail' = 'unknown'): Thrown => ({
    finding: { ...finding, rule, outcome },
    stack,
  });
  const thrown = new ThrownRules();
  expect(thrown.text()).toBe('');
  thrown.add(one('a', 'Error: first\n    at x'));
  thrown.add(one('b', 'Error: \u001b[2J', 'fail'));
  thrown.add(one('a', 'Error: second\n    at x'));
  const { arn } = finding.resource;
  expect(thrown.text()).toBe(
    `replint: the rule 'a' threw 2 times; these outcomes are unknown. The first, about ${arn}:\nError: first\n    at x\n` +
      `replint: the rule 'b' threw 1 time; these findings lack what to type. The first, about ${arn}:\nError: \\u{1b}[2J\n`,
  );
});
