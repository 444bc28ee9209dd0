/** The cases of a rule's test: pass, fail, not applicable, unknown. A test without an unknown case does not compile. */
import type { TestSituation } from './lines.ts';
import type { Severity } from '../model/finding.ts';
import type { Rule } from '../rule.ts';

export type NonEmpty<T> = readonly [T, ...T[]];

export interface Case extends TestSituation {
  readonly name: string;
}

export interface FailCase extends Case {
  /** The message; or fragments, each of which must be in it. */
  readonly message: string | NonEmpty<string>;
  readonly actual?: string;
  /** Where it differs from the rule's. */
  readonly severity?: Severity;
}

export interface UnknownCase extends Case {
  /** The facts that AWS refuses to tell. */
  readonly denied: NonEmpty<string>;
}

export interface UndeterminedCase extends Case {
  readonly message: string | NonEmpty<string>;
}

export interface Cases {
  readonly pass: NonEmpty<Case>;
  readonly fail: NonEmpty<FailCase>;
  readonly notApplicable: NonEmpty<Case> | `never: ${string}`;
  readonly unknown: NonEmpty<UnknownCase>;
  /** All facts are there, and they decide nothing. */
  readonly undetermined?: NonEmpty<UndeterminedCase>;
}

/** A case that is there twice tests nothing the second time. */
export function refuseDuplicates(rule: Rule, cases: Cases): void {
  const { pass, fail, notApplicable, unknown, undetermined = [] } = cases;
  const inapplicable = typeof notApplicable === 'string' ? [] : notApplicable;
  const listed: readonly (Case & Partial<FailCase>)[] = [
    ...pass,
    ...fail,
    ...inapplicable,
    ...unknown,
    ...undetermined,
  ];
  const names = listed.map(({ name }) => name);
  const situations = listed.map((situation) =>
    JSON.stringify({ ...situation, name: undefined, message: undefined, severity: undefined }),
  );
  for (const list of [names, situations]) {
    const twice = list.find((one, at) => list.indexOf(one) !== at);
    if (twice !== undefined) throw new Error(`A case of '${rule.id}' is there twice: ${twice}`);
  }
}
