/** Counts outcomes, a rule at a time. */
import type { Outcome } from './judge.ts';
import type { RuleTally, Tallies } from '../model/audit.ts';
import type { Severity } from '../model/finding.ts';
import type { Selected } from '../selection.ts';

export class TallyCount {
  readonly #rules = new Map<string, Record<keyof RuleTally, number>>();
  readonly #fail: Record<Severity, number> = { error: 0, warning: 0, note: 0 };

  constructor(selection: readonly Selected[]) {
    for (const { name } of selection) {
      this.#rules.set(name, { pass: 0, fail: 0, waived: 0, unknown: 0, notApplicable: 0 });
    }
  }

  add(outcome: Outcome): void {
    const tally = this.#rules.get(outcome.selected.name);
    const waived = 'finding' in outcome && outcome.finding.waiver !== undefined;
    if (tally) tally[waived ? 'waived' : outcome.outcome] += 1;
    if (outcome.outcome === 'fail' && !waived) this.#fail[outcome.finding.severity] += 1;
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
