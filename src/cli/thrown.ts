/** The log of rules that threw: whoever wrote one needs its stack, once and not a thousand times. */
import { count, inert, inertLines } from './terminal.ts';
import type { Thrown } from '../evaluate/evaluate.ts';

interface Entry {
  readonly first: Thrown;
  times: number;
}

/** What was thrown, a rule at a time. */
export class ThrownRules {
  readonly #rules = new Map<string, Entry>();

  add(thrown: Thrown): void {
    const { rule } = thrown.finding;
    const entry = this.#rules.get(rule);
    if (entry) entry.times += 1;
    else this.#rules.set(rule, { first: thrown, times: 1 });
  }

  /** For standard error; empty where no rule threw. */
  text(): string {
    return [...this.#rules].map(([rule, entry]) => described(rule, entry)).join('');
  }
}

function described(rule: string, { first: { finding, stack }, times }: Entry): string {
  const what = finding.outcome === 'fail' ? 'these findings lack what to type' : 'these outcomes are unknown';
  return `replint: the rule '${rule}' threw ${count(times, 'time')}; ${what}. The first, about ${inert(finding.resource.arn)}:\n${inertLines(stack)}\n`;
}
