import { describe, expect, it } from 'vitest';
import { audited, denied, everyBucket, having, known, source } from './memory.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { Configuration, RuleCase } from '../../src/model/configuration.ts';
import { fail, type Rule } from '../../src/rule.ts';
import { planOf } from '../../src/plan.ts';
import { select } from '../../src/selection.ts';

const rule: Rule = {
  ...everyBucket,
  options: { schema: {}, defaults: { word: 'usual' } },
  evaluate: (_view: object, { word }: { word: string }) =>
    fail({ message: word, expected: 'e', actual: 'a' }),
};

const tagged = (name: string, ...tags: readonly string[]): ReturnType<typeof source> =>
  having(source(name), { tagging: known(tags.map((tag) => ({ Key: tag, Value: 'yes' }))) });

function findings(
  buckets: readonly ReturnType<typeof source>[],
  configuration: Configuration,
): readonly Finding[] {
  return audited({ buckets }, ...select([rule], configuration)).findings;
}

const list = (...cases: readonly RuleCase[]): Configuration => ({ rules: { 'every-bucket': cases } });
const said = ({ resource, severity, outcome, message }: Finding): readonly string[] => [
  resource.bucket,
  outcome === 'fail' ? severity : outcome,
  message,
];

describe('several settings of a rule', () => {
  const settings = list(
    { only: { buckets: ['a*'] }, severity: 'error', options: { word: 'first' } },
    { only: { buckets: ['a*', 'b*'] }, severity: 'off' },
    { only: { tags: { gold: 'yes' } }, severity: 'note' },
  );

  it('the first that takes a bucket holds there, and the rule as it is where none does', () => {
    const buckets = [tagged('a'), tagged('b'), tagged('c', 'gold'), tagged('d')];
    expect(findings(buckets, settings).map(said)).toEqual([
      ['a', 'error', 'first'],
      ['c', 'note', 'usual'],
      ['d', 'warning', 'usual'],
    ]);
    const { audit } = audited({ buckets }, ...select([rule], settings));
    expect(audit.tallies.rules).toEqual({
      'every-bucket': { pass: 0, fail: 3, waived: 0, unknown: 0, notApplicable: 1 },
    });
  });

  it('one without a selector takes all that is left', () => {
    const rest = list({ only: { buckets: ['a'] } }, { severity: 'off' });
    expect(findings([tagged('a'), tagged('b')], rest).map(said)).toEqual([['a', 'warning', 'usual']]);
  });

  it('is unknown where nobody knows which holds, and known where an earlier one decides', () => {
    const hidden = { tagging: denied('s3:GetBucketTagging') };
    const buckets = ['a', 'b', 'c'].map((name) => having(source(name), hidden));
    const found = findings(buckets, settings);
    expect(found.map((one) => said(one).slice(0, 2))).toEqual([
      ['a', 'error'],
      ['c', 'unknown'],
    ]);
    expect(found[1]?.causes).toMatchObject([{ call: 's3:GetBucketTagging' }]);
  });

  it('rest on the tags that chose, which the plan has read', () => {
    const [found] = findings([tagged('c', 'gold')], settings);
    expect(found?.evidence.map(({ call }) => call)).toEqual(['s3:GetBucketTagging']);
    expect(planOf(select([rule], settings)).bucket).toContain('tagging');
    expect(planOf(select([rule], {})).bucket).not.toContain('tagging');
  });
});

describe('tags that a rule cites itself', () => {
  it('are no evidence a second time where a selector asked for them', () => {
    const citing: Rule = { ...rule, needs: { bucket: ['tagging'] } };
    const only = { tags: { gold: 'yes' } };
    const selection = select([citing], { rules: { 'every-bucket': { only } } });
    const { findings: found } = audited({ buckets: [tagged('c', 'gold')] }, ...selection);
    expect(found[0]?.evidence.map(({ call }) => call)).toEqual(['s3:GetBucketTagging']);
  });
});

describe('strict', () => {
  it("makes an error of a case's own warning too, and of nothing else", () => {
    const severities = ['error', 'warning', 'note'] as const;
    const graded = severities.map((severity) => ({
      ...rule,
      severity: 'error' as const,
      id: severity,
      evaluate: () => fail({ message: 'm', expected: 'e', actual: 'a', severity }),
    }));
    const of = (configuration: Configuration): readonly string[] =>
      audited({ buckets: [source('a')] }, ...select(graded, configuration)).findings.map(
        ({ severity }) => severity,
      );
    expect(of({ preset: 'strict' })).toEqual(['error', 'error', 'note']);
    expect(of({})).toEqual(['error', 'warning', 'note']);
    const set = { error: 'warning', warning: 'warning', note: 'warning' } as const;
    expect(of({ preset: 'strict', rules: set })).toEqual(['warning', 'warning', 'warning']);
  });
});
