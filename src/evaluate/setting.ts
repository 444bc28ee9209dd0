/** Which of a rule's settings holds for a bucket. */
import { takes } from './selector.ts';
import type { Subject } from './subject.ts';
import type { Account } from '../model/estate.ts';
import type { Unknown } from '../model/facts.ts';
import type { Selected, SelectedCase } from '../selection.ts';

const none: readonly SelectedCase[] = [];

/** The setting that holds; null where the rule is not asked; or the unknowns that would decide. */
export function settingFor(
  selected: Selected,
  { bucket, line }: Subject,
  account: Account | undefined,
): Selected | Unknown | null {
  for (const { only, selected: own } of selected.cases ?? none) {
    const taken = only === null ? true : takes(only, bucket, account, line.facts.tagging);
    // Where nobody knows whether the first setting holds, nobody knows that a later one does.
    if (taken !== false) return taken === true ? own : taken;
  }
  const taken = selected.only === null ? true : takes(selected.only, bucket, account, line.facts.tagging);
  return typeof taken === 'boolean' ? (taken ? selected : null) : taken;
}
