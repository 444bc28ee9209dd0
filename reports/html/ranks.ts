/** The order of rows by a column, worked out in steps, so that a page need not stand still for it. */
import type { Row } from './packing.ts';
import type { SortKey } from './select.ts';

/** Each row's place among the distinct values of a column, in their order. */
export interface Ranks {
  readonly of: Uint32Array;
  /** How many distinct values there are. */
  readonly size: number;
}

const severities: readonly string[] = ['error', 'warning', 'note'] satisfies Row['severity'][];
// Of so many values a step sorts or merges, in a few milliseconds.
const stepSize = 4096;

/** Ranks the rows by a column; between its steps a caller may do something else. */
export function* ranking(rows: readonly Row[], by: SortKey): Generator<undefined, Ranks> {
  const seen = new Map<string, number>();
  const of = new Uint32Array(rows.length);
  for (const [index, row] of rows.entries()) {
    const value = row[by] ?? '';
    const number = seen.get(value) ?? seen.size;
    if (number === seen.size) seen.set(value, number);
    of[index] = number;
    if (index % stepSize === 0) yield;
  }
  const values = [...seen.keys()];
  const order = by === 'severity' ? severities : yield* sorting(values);
  const places = new Map(order.map((value, place) => [value, place]));
  yield;
  const rank = values.map((value) => places.get(value) ?? 0);
  return { of: of.map((number) => rank[number] ?? 0), size: order.length };
}

function* sorting(values: readonly string[]): Generator<undefined, readonly string[]> {
  let runs: string[][] = [];
  for (let at = 0; at < values.length; at += stepSize) {
    runs.push(values.slice(at, at + stepSize).sort());
    yield;
  }
  while (runs.length > 1) {
    const merged: string[][] = [];
    for (let at = 0; at < runs.length; at += 2)
      merged.push(yield* merging(runs[at] ?? [], runs[at + 1] ?? []));
    runs = merged;
  }
  return runs[0] ?? [];
}

/** Two sorted lists as one; no value is in both. */
function* merging(left: readonly string[], right: readonly string[]): Generator<undefined, string[]> {
  const all: string[] = [];
  let [l, r] = [0, 0];
  for (let a = left[l], b = right[r]; a !== undefined || b !== undefined;) {
    if (b === undefined || (a !== undefined && a < b)) {
      all.push(a ?? '');
      a = left[++l];
    } else {
      all.push(b);
      b = right[++r];
    }
    if (all.length % stepSize === 0) yield;
  }
  return all;
}

/** All steps at once. */
export function ranked(rows: readonly Row[], by: SortKey): Ranks {
  const steps = ranking(rows, by);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
