/** `--lock`: the committed inventory, brought up to date and read. */
import { existsSync, readFileSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { inert } from './terminal.ts';
import { lockOf, placesIn } from '../lock.ts';
import { CannotRun } from '../model/cannot-run.ts';
import type { Redaction } from '../redact/redaction.ts';
import { openSnapshots } from '../snapshot/join.ts';
import { writeWhole } from '../snapshot/lines.ts';
import type { Inventory } from '../../reports/format.ts';

/** The file's name where none is said. */
export const usualLock = 'replint.lock';

/** What `--lock` comes to: nothing, the usual file, or the one that is named. It must be in the repository that alerts stand in. */
export function lockPath(flag: string | boolean | undefined): string | undefined {
  if (flag === undefined || flag === false) return undefined;
  const path = flag === true ? usualLock : flag;
  const inside = relative('.', resolve(path));
  if (inside.startsWith('..') || isAbsolute(inside)) {
    throw new CannotRun(
      `'${inert(path)}' is outside of the current folder: code scanning looks for --lock in the repository, whose root this is to be.`,
    );
  }
  return path;
}

/** Writes the buckets of a snapshot into it; what the scan left out stays as it was. */
export function updateLock(
  path: string,
  snapshots: readonly [string, ...string[]],
  redaction: Redaction | undefined,
): void {
  const { manifest, buckets } = openSnapshots(snapshots);
  const account = (id: string): string => redaction?.account(id) ?? id;
  const lines = function* (): Generator<{ account: string; region: string | null; name: string }> {
    for (const line of buckets()) {
      yield {
        account: account(line.account),
        region: line.region,
        name: redaction?.name(line.name) ?? line.name,
      };
    }
  };
  const accounts = manifest.organization.accounts.map((one) => ({ ...one, id: account(one.id) }));
  const text = lockOf(existsSync(path) ? readFileSync(path, 'utf8') : '', lines(), accounts);
  writeWhole(path, text);
}

/** The file as the reports use it. */
export function inventoryIn(path: string): Inventory {
  if (!existsSync(path)) {
    throw new CannotRun(
      `There is no '${inert(path)}': 'replint scan --lock' and 'replint evaluate --lock' write it.`,
    );
  }
  const places = placesIn(readFileSync(path, 'utf8'));
  return {
    path: relative('.', resolve(path)).split(sep).join('/'),
    lineOf: (bucket) => places.get(bucket),
  };
}
