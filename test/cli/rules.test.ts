import { describe, expect, it } from 'vitest';
import { parseConfiguration } from '../../src/config/read.ts';
import type { Page } from '../../src/cli/page.ts';
import { catalogue } from '../../src/cli/rules.ts';
import { ruleSetting } from '../../src/cli/rule-setting.ts';
import { ruleJson, ruleText } from '../../src/cli/rule-text.ts';
import { defineRule, pass, type Rule } from '../../src/rule.ts';
import { select } from '../../src/selection.ts';
import { rules } from '../../rules/index.ts';

const plain = (width: number): Page => ({ width, paint: (_, text) => text });
const each = rules.map((rule) => [rule.id, rule] as const);

const rule = (more: Partial<Rule> = {}): Rule => ({
  ...defineRule({
    ...{ id: 'a-rule', title: 'Something is wrong', severity: 'note', scope: 'route' },
    ...{ why: 'Because.', fix: 'Mend it.', page: 'judgement' },
    needs: { source: ['versioning'], role: ['policies'] },
    wants: { destination: ['lifecycle'] },
    evaluate: () => pass,
    examples: { bad: {}, good: {} },
  }),
  ...more,
});

describe('a rule as JSON', () => {
  it('says all that there is to say', () => {
    expect(ruleJson(rule({ recommended: false, predicts: ['DstBucketNotFound'] }))).toEqual({
      ...{ id: 'a-rule', title: 'Something is wrong', severity: 'note', scope: 'route' },
      ...{ policy: false, recommended: false, lint: false, why: 'Because.', fix: 'Mend it.', page: null },
      ...{ predicts: ['DstBucketNotFound'], controls: [], options: null },
      needs: { source: ['versioning'], role: ['policies'] },
      wants: { destination: ['lifecycle'] },
      calls: expect.arrayContaining([
        's3:GetBucketReplication',
        's3:GetBucketLifecycleConfiguration',
        // Those that one fact takes besides its first.
        'iam:GetRole',
        'iam:GetRolePolicy',
        'iam:ListRolePolicies',
      ]) as unknown,
    });
  });

  it('has the same keys for every rule', () => {
    const keys = rules.map((one) => Object.keys(ruleJson(one)).join());
    expect(new Set(keys).size).toBe(1);
  });

  it('has the options with their defaults, and says that a policy is in no preset', () => {
    const options = { schema: { type: 'object', properties: {} }, defaults: { days: 3 } };
    expect(ruleJson(rule({ options }))).toMatchObject({ options, policy: false, recommended: true });
    expect(ruleJson(rule({ policy: true }))).toMatchObject({ policy: true, recommended: false });
  });
});

describe('a rule on a terminal', () => {
  it.each(each)('%s fits on it, however wide it is', (_, one) => {
    for (const width of [40, 60, 80, 100]) {
      // A path of AWS's or a name of ours is one word.
      const long = ruleText(one, plain(width)).filter((line) => line.length > width);
      const setting = ruleSetting(one).map((line) => `  ${line}`);
      for (const line of long.filter((line) => !setting.includes(line)))
        expect(line.trim().replace(/^(AWS|Calls|Foretells|Controls) +/, '')).toMatch(/^\S+$/);
    }
  });

  it('shows options with kind and default, and when it is on', () => {
    const schema = {
      type: 'object',
      properties: {
        days: { type: 'integer', description: 'How many.' },
        mode: { enum: ['soft', 'hard'], description: 'Which.' },
      },
    };
    const text = ruleText(rule({ policy: true, options: { schema, defaults: { days: 3 } } }), plain(100));
    expect(text).toEqual(
      expect.arrayContaining([
        '  Severity  ● note, off until a policy asks for it',
        '  days  integer, 3 if left out. How many.',
        '  mode  "soft", "hard". Which.',
        '        days: 3',
      ]),
    );
    expect(ruleText(rule({ recommended: false }), plain(100))).toContain(
      "  Severity  ● note, off until the preset 'all' or its own setting asks for it",
    );
  });
});

describe('how to set it in replint.yaml', () => {
  it.each(each)('%s: the example is valid, and switches it on', (id, one) => {
    const configuration = parseConfiguration(ruleSetting(one).join('\n'), 'example');
    const before = select(rules, {}).find(({ rule: { id: on } }) => on === id);
    const after = select(rules, configuration).find(({ rule: { id: on } }) => on === id);
    expect(after).toBeDefined();
    expect(after).not.toEqual(before);
  });
});

describe('the catalogue', () => {
  it('has every rule once, below its severity, and columns in one line', () => {
    const lines = catalogue(rules, plain(100));
    const ids = lines.flatMap((line) => /^ {2}([a-z][\w-]+) {2,}\S/.exec(line)?.[1] ?? []);
    expect(ids.toSorted()).toEqual(rules.map(({ id }) => id));
    const starts = lines.flatMap((line) => /^ {2}[a-z][\w-]+ {2,}(?=\S)/.exec(line)?.[0].length ?? []);
    expect(new Set(starts).size).toBe(1);
    expect(lines.filter((line) => /^\S/.test(line))).toEqual([
      ...['■ error', '▲ warning', '● note', 'policy (off until the configuration asks for it)'],
      'More of one: replint rules <id>. Of a failure reason of AWS: replint explain <reason>.',
    ]);
    expect(lines.indexOf('▲ warning')).toBeGreaterThan(
      lines.findIndex((line) => line.includes('role-missing')),
    );
  });

  it('fits on a terminal, and says what is only in the preset all', () => {
    for (const line of catalogue(rules, plain(80))) expect(line.length).toBeLessThanOrEqual(80);
    expect(catalogue([rule({ recommended: false })], plain(80))).toContain(
      "  a-rule  Something is wrong (only in the preset 'all')",
    );
  });
});
