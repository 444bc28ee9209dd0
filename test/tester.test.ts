import { describe, expect, it } from 'vitest';
import { describeRule, type Cases } from './rules/describe-rule.ts';
import destinationVersioningOff from '../rules/destination-versioning-off.ts';
import { defineRule, pass } from '../src/rule.ts';
import { tryEach, tryRule } from '../src/tester.ts';

const meddling = defineRule({
  id: 'meddling',
  title: 'Writes into what it was given',
  severity: 'note',
  scope: 'route',
  why: '',
  fix: '',
  page: 'judgement',
  needs: { source: ['encryption'] },
  evaluate({ source }) {
    // What a careless rule in JavaScript would do; the types forbid it.
    Reflect.set(source.encryption ?? {}, 'Rules', []);
    Object.assign(source.encryption ?? {}, { Rules: [] });
    return pass;
  },
  examples: { bad: {}, good: {} },
});

describe('tryRule', () => {
  it('freezes what it hands over', () => {
    expect(tryRule(meddling, {})).toMatchObject({
      outcome: 'unknown',
      finding: { message: expect.stringContaining('read only') as string },
    });
  });

  it('says so where a rule is not asked at all', () => {
    expect(() => tryRule(destinationVersioningOff, { source: { replication: null } })).toThrow(
      'was not asked',
    );
  });

  it('gives one outcome a route', () => {
    const to = (name: string): object => ({
      Status: 'Enabled',
      Destination: { Bucket: `arn:aws:s3:::${name}` },
    });
    const replication: object = { Role: 'arn:aws:iam::111122223333:role/r', Rules: [to('one'), to('two')] };
    const outcomes = tryEach(destinationVersioningOff, { source: { replication: replication as never } });
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['pass', 'unknown']);
  });
});

describe('describeRule', () => {
  const cases = {
    pass: [{ name: 'one' }],
    fail: [{ name: 'two', destination: { versioning: null }, message: ['never enabled'] }],
    notApplicable: 'never: for this test',
    unknown: [{ name: 'three', denied: ['destination.versioning'] }],
  } as const satisfies Cases;

  it('refuses a name and a situation that are there twice', () => {
    const again = { ...cases, pass: [{ name: 'one' }, { name: 'one', everyAccountListed: true }] } as const;
    const same = { ...cases, pass: [{ name: 'one' }, { name: 'another' }] } as const;
    expect(() => {
      describeRule(destinationVersioningOff, again);
    }).toThrow('there twice: one');
    expect(() => {
      describeRule(destinationVersioningOff, same);
    }).toThrow('there twice: {}');
  });

  it('does not compile without an unknown case', () => {
    const { unknown, ...rest } = cases;
    // @ts-expect-error: the unknown case is missing
    const missing: Cases = rest;
    // @ts-expect-error: a list of none
    const empty: Cases = { ...rest, unknown: [] };
    expect([missing, empty, unknown]).toHaveLength(3);
  });
});
