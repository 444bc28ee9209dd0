/** The orders in which the table can be put: worked out while nobody waits, so that nobody need wait. */
import type { Row } from '../packing.ts';
import { ranked, ranking } from '../ranks.ts';
import type { Ranks } from '../ranks.ts';
import { sortKeys } from '../select.ts';
import type { SortKey } from '../select.ts';
import { breath } from './dom.ts';

// A part of a frame's sixteen.
const milliseconds = 6;

/** Ranks by a column; those that are not ready when they are wanted are worked out at once. */
export function rankRows(rows: readonly Row[]): (by: SortKey) => Ranks {
  const ready = new Map<SortKey, Ranks>();
  void rankAll(rows, ready);
  return (by) => {
    const ranks = ready.get(by) ?? ranked(rows, by);
    ready.set(by, ranks);
    return ranks;
  };
}

async function rankAll(rows: readonly Row[], ready: Map<SortKey, Ranks>): Promise<void> {
  for (const by of sortKeys) {
    const steps = ranking(rows, by);
    let until = 0;
    while (!ready.has(by)) {
      if (performance.now() > until) {
        await breath();
        until = performance.now() + milliseconds;
      }
      const step = steps.next();
      if (step.done === true) ready.set(by, step.value);
    }
  }
}
