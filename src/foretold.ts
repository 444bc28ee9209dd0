/** Which rules foretell a failure reason of AWS's. */
import { failures, type FailureReason } from './model/failures.ts';
import { severities } from './model/finding.ts';
import type { Rule } from './rule.ts';

/** The rules that predict the reason under any of its spellings, worst first. */
export function foretellers(rules: readonly Rule[], reason: FailureReason): readonly Rule[] {
  const means = (one: FailureReason): string => failures[one].sameAs ?? one;
  const by = rules.filter(({ predicts = [] }) => predicts.some((one) => means(one) === means(reason)));
  return severities.flatMap((severity) => by.filter((rule) => rule.severity === severity));
}
