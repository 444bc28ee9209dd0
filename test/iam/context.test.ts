import { describe, expect, it } from 'vitest';
import { contextOf, lookUp, together } from '../../src/iam/context.ts';

const set = { under: 'arn:aws:s3:::bucket/' };

describe('contextOf', () => {
  it('ignores the case of keys, and later ones win', () => {
    const context = contextOf({ 'aws:A': ['1'], 'aws:b': 'present' }, { 'AWS:a': ['2'] });
    expect(lookUp(context, 'aws:a')).toEqual(['2']);
    expect(lookUp(context, 'aws:b')).toBe('present');
    expect(lookUp(context, 'aws:c')).toBe('unknown');
  });
  it('lists the keys of which a set is known', () => {
    expect(contextOf({ A: set, b: ['1'], c: 'unknown' }).sets).toEqual([['a', set]]);
    expect(contextOf({ a: set }, { A: ['1'] }).sets).toEqual([]);
  });
});

describe('together', () => {
  it('later ones win, of sets too', () => {
    const first = contextOf({ a: set, b: set, c: ['1'] });
    const joined = together(first, contextOf({ a: ['2'], d: ['4'] }));
    expect(['a', 'b', 'c', 'd', 'e'].map((key) => lookUp(joined, key))).toEqual([
      ['2'],
      set,
      ['1'],
      ['4'],
      'unknown',
    ]);
    expect(joined.sets).toEqual([['b', set]]);
  });
  it('a tag that is named wins over all tags, wherever it stands', () => {
    const joined = together(
      contextOf({ 'aws:PrincipalTag/team': ['a'] }),
      contextOf({ 'aws:PrincipalTag/*': [] }),
    );
    expect(lookUp(joined, 'aws:principaltag/team')).toEqual(['a']);
    expect(lookUp(joined, 'aws:principaltag/other')).toEqual([]);
  });
});
