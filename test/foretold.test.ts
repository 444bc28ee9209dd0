import { describe, expect, it } from 'vitest';
import { foretellers } from '../src/foretold.ts';
import type { FailureReason } from '../src/model/failures.ts';
import { defineRule, pass, type Rule, type Severity } from '../src/rule.ts';

const rule = (id: string, severity: Severity, ...predicts: readonly FailureReason[]): Rule =>
  defineRule({
    ...{ id, severity, predicts, title: id, scope: 'bucket', why: '', fix: '', page: 'judgement' },
    needs: {},
    evaluate: () => pass,
    examples: { bad: {}, good: {} },
  });

const rules = [
  rule('a', 'note', 'DstMultipartUploadNotPermitted', 'DstBucketNotFound'),
  rule('b', 'warning', 'DstMultipartPartUploadNotPermitted'),
  rule('c', 'error', 'DstBucketNotFound'),
  rule('d', 'error'),
];
const idsOf = (reason: FailureReason): readonly string[] => foretellers(rules, reason).map(({ id }) => id);

describe('the rules that foretell a reason', () => {
  it('are those that predict it, worst first', () => {
    expect(idsOf('DstBucketNotFound')).toEqual(['c', 'a']);
    expect(idsOf('SrcKeyNotFound')).toEqual([]);
  });

  it('are the same for both of its spellings, whichever the rule has', () => {
    expect(idsOf('DstMultipartUploadNotPermitted')).toEqual(['b', 'a']);
    expect(idsOf('DstMultipartPartUploadNotPermitted')).toEqual(['b', 'a']);
  });
});
