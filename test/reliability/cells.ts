/** The matrix: every call that the scanner makes, in every account in which it makes it, with every trouble. */
import { troubles, type Trouble } from './troubles.ts';
import type { CallLog } from '../../sandbox/calls.ts';
import { surveyCalls, tellings, type Told } from '../../src/facts.ts';

export interface Cell {
  /** As the sandbox names it. */
  readonly operation: string;
  /** The account whose credentials call. */
  readonly account: string;
  readonly trouble: Trouble;
}

/** Every call that the scanner may make, with the name that the sandbox gives it: IAM's, where the API has another. */
export const calls: ReadonlyMap<string, string> = new Map([
  ...Object.keys(surveyCalls).map((call): [string, string] => [call, call]),
  ...Object.values(tellings)
    .flatMap((facts) => Object.values<Told>(facts).flatMap((told) => [told, ...(told.also ?? [])]))
    .map(({ call, action }): [string, string] => [call, call.startsWith('s3control:') ? action : call]),
]);

/** All cells, from the calls of an undisturbed scan. */
export function cellsOf(log: CallLog): readonly Cell[] {
  const places = new Map(
    log.entries().map(({ operation, account }) => [`${operation} ${account}`, { operation, account }]),
  );
  return [...places.values()].flatMap((place) =>
    troubles
      .filter(({ happensTo }) => happensTo?.(place.operation) ?? true)
      .map((trouble) => ({ ...place, trouble })),
  );
}

/** A share of the cells in which each call and each trouble comes up: a diagonal, another for another seed. */
export function sample(cells: readonly Cell[], every: number, seed: number): readonly Cell[] {
  const operations = [...new Set(cells.map(({ operation, account }) => `${operation} ${account}`))];
  return cells.filter(
    ({ operation, account, trouble }) =>
      (operations.indexOf(`${operation} ${account}`) + troubles.indexOf(trouble) + seed) % every === 0,
  );
}
