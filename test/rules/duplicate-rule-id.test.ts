import { expect, it } from 'vitest';
import { describeRule } from './describe-rule.ts';
import rule from '../../rules/duplicate-rule-id.ts';
import { replicating } from '../../rules/shared/example.ts';
import { tryRule } from '../../src/tester.ts';

describeRule(rule, {
  pass: [
    { name: 'one rule' },
    { name: 'an ID each', source: replicating({}, {}) },
    { name: 'two rules without an ID', source: replicating({ ID: undefined }, { ID: undefined }) },
  ],
  fail: [
    {
      name: 'two of an ID, one of them disabled',
      source: replicating({ ID: 'x' }, {}, { ID: 'x', Status: 'Disabled' }),
      actual: "'x' (#1 and #3)",
      message: "Replication rules of 'orders' share an ID: 'x' (#1 and #3).",
    },
  ],
  notApplicable: 'never: a bucket that replicates has rules',
  unknown: [{ name: 'the replication configuration is denied', denied: ['source.replication'] }],
});

it('points to each of the rules', () => {
  const outcome = tryRule(rule, { source: replicating({ ID: 'x' }, {}, { ID: 'x' }) });
  const pointers = 'finding' in outcome ? outcome.finding.evidence.map(({ pointer }) => pointer) : [];
  expect(pointers).toEqual(['/Rules/0/ID', '/Rules/2/ID']);
});
