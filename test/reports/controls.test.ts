import { describe, expect, test } from 'vitest';
import { assess } from '../../reports/controls.ts';
import type { ControlResult } from '../../reports/controls.ts';
import type { AccountCoverage, Audit, RuleInfo, RuleTally } from '../../src/model/audit.ts';
import type { Directness } from '../../src/model/framework.ts';
import { sampleAudit } from './sample.ts';

type Tally = Partial<RuleTally>;

/** A control's result from what bears on it: a directness, and a tally or nothing where no rule was on. */
function result(
  checks: readonly (readonly [Directness, Tally | null])[],
  more: { unassessed?: string; accounts?: readonly AccountCoverage[] } = {},
): ControlResult | undefined {
  const { audit } = sampleAudit();
  const { unassessed, accounts = [] } = more;
  const none: RuleTally = { pass: 0, fail: 0, waived: 0, unknown: 0, notApplicable: 0 };
  const on = checks.flatMap(([, tally], index) =>
    tally === null ? [] : [[`rule-${index}`, tally] as const],
  );
  const info: RuleInfo = {
    ...{ title: 't', severity: 'error', why: 'w', fix: 'f', page: null, predicts: [], controls: [] },
    calls: ['s3:B', 's3:A'],
  };
  const judged: Audit = {
    ...audit,
    coverage: { ...audit.coverage, accounts },
    rules: Object.fromEntries(on.map(([name]) => [name, info])),
    tallies: {
      ...audit.tallies,
      rules: Object.fromEntries(on.map(([name, tally]) => [name, { ...none, ...tally }])),
    },
    compliance: {
      subjects: Object.fromEntries(
        checks.map(([, tally], index) => [
          `s${index}`,
          { title: `Subject ${index}`, rules: tally === null ? [] : [`rule-${index}`] },
        ]),
      ),
      frameworks: [
        {
          ...{ name: 'F', title: 'F', catalogue: null, note: 'n', sources: {} },
          controls: [
            {
              id: '1',
              title: null,
              checks: checks.map(([directness], index) => ({
                subject: `s${index}`,
                directness,
                source: null,
              })),
              ...(unassessed === undefined ? {} : { unassessed }),
            },
          ],
        },
      ],
    },
  };
  const [framework] = assess(judged);
  expect(framework?.calls).toEqual(on.length === 0 ? [] : ['s3:A', 's3:B']);
  return framework?.controls[0];
}

const unreadable: AccountCoverage = {
  ...{ id: '111122223333', name: 'a', state: 'ACTIVE', ou: null, ouId: null, buckets: 0 },
  status: 'unreadable',
  causes: [],
};

describe('a control', () => {
  test.each([
    [
      'fails by a failure of any directness',
      [
        ['supporting', { fail: 1, unknown: 1 }],
        ['direct', { pass: 9 }],
      ],
      'fail',
      null,
    ],
    [
      'is open where something is unknown',
      [['direct', { pass: 9, unknown: 2 }]],
      'not assessed',
      'What could not be decided: 2 of its checks.',
    ],
    [
      'is open where no rule was on',
      [
        ['direct', null],
        ['supporting', null],
      ],
      'not assessed',
      'None of its rules was on.',
    ],
    [
      'is open where a part that it asks for was not checked',
      [
        ['direct', null],
        ['partial', { pass: 3 }],
      ],
      'not assessed',
      'Not checked: Subject 0.',
    ],
    [
      'is open where only support was checked',
      [['supporting', { pass: 3 }]],
      'not assessed',
      'Only what supports it was checked, and that alone proves nothing.',
    ],
    ['is waived where a failure is', [['direct', { pass: 3, waived: 1 }]], 'waived', null],
    [
      'passes where all that it asks for passed',
      [
        ['direct', { pass: 3 }],
        ['partial', { notApplicable: 1 }],
        ['supporting', null],
      ],
      'pass',
      null,
    ],
    [
      'passes in part where the rules see a part',
      [['partial', { pass: 3 }]],
      'pass',
      'In part: the rules see no more of what it asks for.',
    ],
    [
      'has nothing to assess where nothing applied',
      [['direct', { notApplicable: 4 }]],
      'nothing to assess',
      'Its rules were on and met nothing that they judge.',
    ],
  ] as const)('%s', (_name, checks, standing, why) => {
    expect(result(checks)).toMatchObject({ standing, why });
  });

  test('without rules says why nobody looks into it', () => {
    expect(result([], { unassessed: 'Nobody can see drills.' })).toMatchObject({
      standing: 'not assessed',
      why: 'Nobody can see drills.',
    });
  });

  test('passes no account that could not be read, and fails all the same', () => {
    const accounts = [unreadable];
    expect(result([['direct', { pass: 1 }]], { accounts })).toMatchObject({
      standing: 'not assessed',
      why: 'Accounts that could not be read: 1.',
    });
    expect(result([['direct', { fail: 1 }]], { accounts })?.standing).toBe('fail');
  });

  test('counts the outcomes of each check', () => {
    const checks = result([
      ['direct', { pass: 1, fail: 2, unknown: 3, notApplicable: 4, waived: 5 }],
    ])?.checks;
    expect(checks?.map(({ outcomes }) => outcomes)).toEqual([
      { pass: 1, fail: 2, unknown: 3, notApplicable: 4, waived: 5 },
    ]);
  });
});
