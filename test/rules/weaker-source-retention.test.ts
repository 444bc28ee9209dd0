import { expect, it } from 'vitest';
import { describeRule } from './describe-rule.ts';
import rule from '../../rules/weaker-source-retention.ts';
import type { ObjectLockConfiguration } from '../../src/model/aws.ts';
import { tryRule } from '../../src/tester.ts';

type Lock = { readonly objectLock: ObjectLockConfiguration };
const lock = (DefaultRetention?: object): Lock => ({
  objectLock: {
    ObjectLockEnabled: 'Enabled',
    ...(DefaultRetention ? { Rule: { DefaultRetention } } : {}),
  },
});
const both = (here: object, there: object): { readonly source: Lock; readonly destination: Lock } => ({
  source: lock(here),
  destination: lock(there),
});

describeRule(rule, {
  pass: [
    { name: 'the same', ...both({ Mode: 'COMPLIANCE', Days: 30 }, { Mode: 'COMPLIANCE', Days: 30 }) },
    {
      name: 'a year is 365 days',
      ...both({ Mode: 'GOVERNANCE', Days: 365 }, { Mode: 'GOVERNANCE', Years: 1 }),
    },
    {
      name: 'the source is stronger',
      ...both({ Mode: 'COMPLIANCE', Years: 2 }, { Mode: 'GOVERNANCE', Days: 30 }),
    },
  ],
  fail: [
    {
      name: 'a mode that a permission can lift',
      ...both({ Mode: 'GOVERNANCE', Days: 30 }, { Mode: 'COMPLIANCE', Days: 1 }),
      actual: 'GOVERNANCE, 30 days',
      message:
        "Replicas of 'orders' are locked less than 'orders-replica' seems to promise: they bring the source's retention (GOVERNANCE, 30 days), which goes before the destination's (COMPLIANCE, 1 day).",
    },
    {
      name: 'a shorter time',
      ...both({ Mode: 'COMPLIANCE', Days: 364 }, { Mode: 'GOVERNANCE', Years: 1 }),
      message: ['(COMPLIANCE, 364 days)', '(GOVERNANCE, 1 year)'],
    },
  ],
  notApplicable: [
    { name: 'neither has Object Lock' },
    { name: 'the source sets nothing', source: lock(), destination: lock({ Mode: 'COMPLIANCE', Days: 30 }) },
    {
      name: 'the source sets nothing, whatever the destination does',
      source: lock(),
      denied: ['destination.objectLock'],
    },
    {
      name: 'the destination sets nothing',
      source: lock({ Mode: 'GOVERNANCE', Days: 1 }),
      destination: lock(),
    },
  ],
  unknown: [
    { name: 'the source is denied', denied: ['source.objectLock'] },
    {
      name: 'the destination is denied',
      source: lock({ Mode: 'GOVERNANCE', Days: 1 }),
      denied: ['destination.objectLock'],
    },
  ],
  undetermined: [
    {
      name: 'a hold that lasts until an event',
      ...both({ DefaultEventHold: {} }, { Mode: 'COMPLIANCE', Days: 30 }),
      message: ['until an event'],
    },
  ],
});

it('asks for the stronger of the two, in mode and in time', () => {
  const wanted = (here: object, there: object): unknown => {
    const outcome = tryRule(rule, both(here, there));
    const cli = 'finding' in outcome ? (outcome.finding.fix.cli ?? '') : '';
    return /"DefaultRetention":(\{[^}]*\})/.exec(cli)?.[1];
  };
  expect(wanted({ Mode: 'GOVERNANCE', Days: 400 }, { Mode: 'COMPLIANCE', Years: 1 })).toBe(
    '{"Mode":"COMPLIANCE","Days":400}',
  );
  expect(wanted({ Mode: 'COMPLIANCE', Days: 30 }, { Mode: 'GOVERNANCE', Years: 1 })).toBe(
    '{"Mode":"COMPLIANCE","Years":1}',
  );
  expect(wanted({ Mode: 'GOVERNANCE', Days: 30 }, { Mode: 'GOVERNANCE', Days: 31 })).toBe(
    '{"Mode":"GOVERNANCE","Days":31}',
  );
});
