import { describe, expect, test } from 'vitest';
import { everyBucket } from './memory.ts';
import { complianceOf } from '../../src/evaluate/compliance.ts';
import type { Check, Compliance } from '../../src/model/framework.ts';
import type { Rule } from '../../src/rule.ts';
import type { Selected } from '../../src/selection.ts';

function selected(rule: Partial<Rule>, policy: string | null = null): Selected {
  const whole = { ...everyBucket, ...rule };
  return { rule: whole, name: policy ?? whole.id, policy, severity: 'error', only: null, options: undefined };
}

const check: Check = { subject: 'copies', directness: 'partial', source: 'page' };
const given: Compliance = {
  frameworks: [
    {
      name: 'F',
      title: 'The framework',
      catalogue: 'https://example.com/f',
      note: 'A note.',
      sources: { page: { title: 'A page', address: 'https://example.com/p' } },
      controls: [
        { id: '1', title: 'Copies', checks: [check] },
        { id: '2', title: 'Drills', checks: [], unassessed: 'Nobody can see drills.' },
      ],
    },
  ],
  subjects: { copies: { title: 'There are copies', rules: ['copied', 'asked', 'off'] } },
};

describe('the frameworks of an audit', () => {
  test('name the rules that were on, and policies by their own names', () => {
    const selection = [selected({ id: 'copied', controls: ['F/1'] }), selected({ id: 'asked' }, 'ours')];
    const { frameworks, subjects } = complianceOf(selection, given);
    expect(subjects).toEqual({ copies: { title: 'There are copies', rules: ['copied', 'ours'] } });
    expect(frameworks).toEqual(given.frameworks);
  });

  test("take up the controls that rules of one's own name", () => {
    const selection = [
      selected({ id: 'mine', controls: ['F/1', 'F/2', 'F/3/a', 'F/3/a', 'ACME/9'] }),
      selected({ id: 'also', controls: ['ACME/9'] }),
    ];
    const { frameworks, subjects } = complianceOf(selection, given);
    const own = (subject: string): Check => ({ subject, directness: 'direct', source: null });
    expect(frameworks.map(({ name, controls }) => [name, controls])).toEqual([
      [
        'F',
        [
          { id: '1', title: 'Copies', checks: [check, own('F/1')] },
          { id: '2', title: 'Drills', checks: [own('F/2')] },
          { id: '3/a', title: null, checks: [own('F/3/a')] },
        ],
      ],
      ['ACME', [{ id: '9', title: null, checks: [own('ACME/9')] }]],
    ]);
    expect(subjects['ACME/9']).toEqual({ title: 'Rules that name ACME/9', rules: ['mine', 'also'] });
    expect(subjects['F/3/a']?.rules).toEqual(['mine']);
  });

  test('are none where none are given and no rule names any', () => {
    expect(complianceOf([selected({})])).toEqual({ frameworks: [], subjects: {} });
  });
});
