import { expect, it } from 'vitest';
import { describeRule } from './describe-rule.ts';
import rule from '../../rules/object-lock-required.ts';
import { tryRule } from '../../src/tester.ts';

const lock = (DefaultRetention?: object): object => ({
  objectLock: { ObjectLockEnabled: 'Enabled', ...(DefaultRetention ? { Rule: { DefaultRetention } } : {}) },
});

describeRule(rule, {
  pass: [
    { name: 'a lock, and no more is asked', source: lock() },
    { name: 'as long as is asked', options: { days: 30 }, source: lock({ Mode: 'GOVERNANCE', Days: 30 }) },
    {
      name: 'the stronger mode',
      options: { mode: 'GOVERNANCE' },
      source: lock({ Mode: 'COMPLIANCE', Days: 1 }),
    },
    { name: 'a year is 365 days', options: { days: 730 }, source: lock({ Mode: 'GOVERNANCE', Years: 2 }) },
  ],
  fail: [
    {
      name: 'no lock',
      source: { objectLock: null },
      message: "'orders' must have Object Lock, and has no Object Lock.",
    },
    {
      name: 'no default retention',
      options: { mode: 'GOVERNANCE' },
      source: lock(),
      message: ['a default retention in GOVERNANCE mode', 'Object Lock without a default retention'],
    },
    {
      name: 'a day too short',
      options: { days: 30 },
      source: lock({ Mode: 'COMPLIANCE', Days: 29 }),
      message: ['of at least 30 days', 'Object Lock with 29 days of COMPLIANCE'],
    },
    {
      name: 'years that are too few',
      options: { days: 731 },
      source: lock({ Mode: 'COMPLIANCE', Years: 2 }),
      message: ['Object Lock with 2 years of COMPLIANCE'],
    },
    {
      name: 'the weaker mode',
      options: { mode: 'COMPLIANCE' },
      source: lock({ Mode: 'GOVERNANCE', Days: 3650 }),
      message: ['in COMPLIANCE mode'],
    },
  ],
  notApplicable: 'never: whom it asks the selector says',
  unknown: [{ name: 'the lock is denied', denied: ['bucket.objectLock'] }],
});

it('puts the retention that is asked for, and none where none is', () => {
  const asked = (options: object): unknown => {
    const outcome = tryRule(rule, { source: { objectLock: null }, options });
    const cli = 'finding' in outcome ? (outcome.finding.fix.cli ?? '') : '';
    return JSON.parse(/--object-lock-configuration '(.*)'$/.exec(cli)?.[1] ?? '') as unknown;
  };
  const withRetention = (Mode: string, Days: number): object => ({
    ObjectLockEnabled: 'Enabled',
    Rule: { DefaultRetention: { Mode, Days } },
  });
  expect(asked({})).toEqual({ ObjectLockEnabled: 'Enabled' });
  expect(asked({ mode: 'COMPLIANCE', days: 365 })).toEqual(withRetention('COMPLIANCE', 365));
  expect(asked({ days: 30 })).toEqual(withRetention('GOVERNANCE', 30));
  expect(asked({ mode: 'COMPLIANCE' })).toEqual(withRetention('COMPLIANCE', 1));
});
