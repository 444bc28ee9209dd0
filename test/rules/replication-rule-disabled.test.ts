import { expect, it } from 'vitest';
import { describeRule } from './describe-rule.ts';
import rule from '../../rules/replication-rule-disabled.ts';
import { replicating } from '../../rules/shared/example.ts';
import { tryEach } from '../../src/tester.ts';

const off = { Status: 'Disabled' };

describeRule(rule, {
  pass: [{ name: 'one enabled rule' }, { name: 'two enabled rules', source: replicating({}, {}) }],
  fail: [
    {
      name: 'one of two',
      source: replicating({}, { ID: 'orders', ...off }),
      actual: '1 disabled, 1 enabled',
      message:
        "What only 'orders' would take of 'orders' is not replicated: 1 of its 2 replication rules is disabled.",
    },
    {
      name: 'two of three, one without an ID',
      source: replicating({ ID: 'first', ...off }, { ID: undefined, ...off }, {}),
      message: ["'first', '#2'", '2 of its 3 replication rules are disabled'],
    },
  ],
  notApplicable: 'never: where no rule is enabled it is not asked',
  unknown: [{ name: 'the replication configuration is denied', denied: ['source.replication'] }],
});

it('leaves a configuration without an enabled rule to replication-disabled', () => {
  expect(tryEach(rule, { source: replicating(off, off) })).toEqual([]);
});
