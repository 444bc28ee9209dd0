/** Counts outcomes, a rule at a time. */
import type { Outcome } from './judge.ts';
import type { RuleTally, Tallies } from '../model/audit.ts';
import type { Severity } from '../model/finding.ts';
import type { Selected } from '../selection.ts';

type Count = Record<keyof RuleTally, number>;

export class TallyCount {
  readonly #rules = new Map<string, Count>();
  /** The same, in the order of the selection. */
  readonly #inOrder: readonly Count[];
  readonly #fail: Record<Severity, number> = { error: 0, warning: 0, note: 0 };

  constructor(selection: readonly Selected[]) {
    this.#inOrder = selection.map(({ name }) => {
      const count = this.#rules.get(name) ?? { pass: 0, fail: 0, waived: 0, unknown: 0, notApplicable: 0 };
      this.#rules.set(name, count);
      return count;
    });
  }

  add(outcome: Outcome): void {
    const tally = this.#inOrder[outcome.at];
    if (tally === undefined) return;
    if (!('finding' in outcome)) {
      tally[outcome.outcome] += 1;
      return;
    }
    const { severity, waiver } = outcome.finding;
    tally[waiver === undefined ? outcome.outcome : 'waived'] += 1;
    if (outcome.outcome === 'fail' && waiver === undefined) this.#fail[severity] += 1;
  }

  finish(): Tallies {
    const rules = Object.fromEntries([...this.#rules].map(([name, tally]) => [name, { ...tally }]));
    const sum = (outcome: keyof RuleTally): number =>
      Object.values(rules).reduce((total, tally) => total + tally[outcome], 0);
    return {
      fail: { ...this.#fail },
      waived: sum('waived'),
      unknown: sum('unknown'),
      pass: sum('pass'),
      notApplicable: sum('notApplicable'),
      rules,
    };
  }
}
