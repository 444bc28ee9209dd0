import { describe, expect, it } from 'vitest';
import { faultsOf, isRule } from '../../../src/cli/own/check.ts';
import { rules } from '../../../rules/index.ts';

const sound = {
  id: 'ours',
  title: 'Ours',
  severity: 'error',
  scope: 'route',
  why: 'Why.',
  fix: 'Mend it.',
  page: 'judgement',
  needs: {},
  evaluate: () => ({ outcome: 'pass' }),
  examples: { bad: {}, good: {} },
};

describe('the check of a rule', () => {
  it('finds nothing wrong with a sound one, nor with any of ours', () => {
    expect(faultsOf(sound)).toEqual([]);
    for (const rule of rules) expect([rule.id, faultsOf(rule)]).toEqual([rule.id, []]);
    const whole = {
      ...sound,
      policy: true,
      recommended: false,
      wants: { destination: ['presence'] },
      controls: ['ACME/1.2'],
      predicts: ['DstBucketUnversioned'],
      options: { schema: { type: 'object' }, defaults: {} },
      remedy: () => ({}),
    };
    expect(isRule(whole)).toBe(true);
  });

  it('lets a rule ask for an option that has no default', () => {
    expect(faultsOf({ ...sound, options: { schema: { required: ['a'] }, defaults: {} } })).toEqual([]);
  });

  it.each([
    ['id', ['Ours', 'ours_', '-a', '', 3, undefined], 'id must be lower-case words'],
    ['title', ['', ' ', undefined], 'title must be a text.'],
    ['severity', ['fatal', undefined], 'severity must be error, warning or note.'],
    ['scope', ['organization', 'toString'], 'scope must be bucket, source or route.'],
    ['policy', [false, 'yes'], 'policy must be true, or left out.'],
    ['recommended', [true], 'recommended must be false, or left out.'],
    ['why', [undefined], 'why must be a text.'],
    ['fix', [3], 'fix must be a text.'],
    ['page', [null], 'page must be a page below docs.aws.amazon.com'],
    ['predicts', [['Nothing'], 'DstBucketUnversioned'], 'predicts must list failure reasons'],
    ['controls', [['ACME'], 'ACME/1', ['/1'], [3]], "controls must list controls, as 'FRAMEWORK/ID'."],
    ['needs', [undefined, [], null], 'needs must say which facts it needs'],
    ['wants', [3], 'wants must be an object'],
    ['evaluate', [undefined, {}], 'evaluate must be a function.'],
    ['remedy', ['aws'], 'remedy must be a function'],
    ['examples', [undefined, { bad: {} }, { bad: 1, good: {} }], 'examples must be { bad, good }.'],
    ['options', [3], 'options must be { schema, defaults }'],
  ])('says what is wrong with %s', (member, values, sentence) => {
    for (const value of values) {
      expect(faultsOf({ ...sound, [member]: value })).toEqual([expect.stringContaining(sentence)]);
    }
  });

  it.each([
    [{ needs: { bucket: ['tagging'] } }, 'needs.bucket is nothing that a rule of its scope sees.'],
    [{ scope: 'bucket', needs: { source: ['tagging'] } }, 'needs.source is nothing'],
    [{ scope: 'source', wants: { destination: ['tagging'] } }, 'wants.destination is nothing'],
    [{ needs: { source: ['taging'] } }, "needs.source names no fact: 'taging'. Did you mean 'tagging'?"],
    [{ needs: { source: ['constructor'] } }, "needs.source names no fact: 'constructor'."],
    [{ needs: { source: 'tagging' } }, 'needs.source must list facts.'],
    [{ options: { schema: { type: 'objct' }, defaults: {} } }, 'options.schema is no JSON Schema'],
    [{ options: { schema: true, defaults: {} } }, 'options.schema must be a JSON Schema.'],
    [
      { options: { schema: { $ref: '#/$defs/x', $defs: { x: {} } }, defaults: {} } },
      "can't resolve reference",
    ],
    [{ options: { schema: {}, defaults: 3 } }, 'options.defaults must be an object.'],
    [
      { options: { schema: { properties: { a: { type: 'integer' } } }, defaults: { a: 'x' } } },
      'options.defaults do not hold under options.schema',
    ],
    [{ severty: 'error' }, "'severty' is no member of a rule. Did you mean 'severity'?"],
  ])('%j is refused', (more, sentence) => {
    expect(faultsOf({ ...sound, ...more })).toEqual([expect.stringContaining(sentence)]);
  });

  it.each([[undefined], [null], ['rule'], [[sound]], [() => sound]])('%j is no rule', (value) => {
    expect(faultsOf(value)).toEqual([expect.stringContaining('is no rule')]);
  });
});
