/**
 * One process a folder: two scans that write into one would leave a mixture of both. Shards may write beside each other, each
 * under a lock of its own name, and none beside a whole scan.
 */
import {
  closeSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { CannotRun } from '../model/cannot-run.ts';
import { makeFolder } from '../snapshot/lines.ts';

/** Who holds a folder. `born` tells a process from a later one of the same number; null where the system does not say. */
interface Holder {
  readonly pid: number;
  readonly host: string;
  readonly born: string | null;
}

/** Whoever holds this one is alone in the folder. */
export const wholeLock = 'running.lock';

/** Milliseconds after which a lock that says nothing was left by a process that died while it wrote it. */
const writing = 5000;

/** Runs something that writes into a folder, and lets nobody write there meanwhile who would write the same. */
export async function holding<T>(folder: string, run: () => T | Promise<T>, name = wholeLock): Promise<T> {
  makeFolder(folder);
  const path = join(folder, name);
  take(path, folder);
  try {
    // After taking one's own: of two that begin at once both may be refused, and never neither.
    refuseBeside(folder, name);
    return await run();
  } finally {
    rmSync(path, { force: true });
  }
}

/** A whole scan goes beside nobody; a shard beside other shards. */
function refuseBeside(folder: string, name: string): void {
  const others = name === wholeLock ? readdirSync(folder).filter((one) => lockName.test(one)) : [wholeLock];
  for (const other of others.filter((one) => one !== name)) {
    const path = join(folder, other);
    const holder = holderOf(path);
    if (isHeld(holder)) throw inUse(path, folder, holder);
  }
}

const lockName = /^running\..*lock$/;

/** What a process left that is gone holds nobody up. */
const isHeld = (holder: Holder | 'writing' | null): boolean =>
  holder === 'writing' || (holder !== null && isAlive(holder));

function take(path: string, folder: string): void {
  if (tryTake(path)) return;
  const holder = holderOf(path);
  if (isHeld(holder)) throw inUse(path, folder, holder);
  // Of several that find the same dead lock one moves it away; whoever comes later finds the new one.
  const stale = `${path}.${process.pid}`;
  try {
    renameSync(path, stale);
    rmSync(stale, { force: true });
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
  if (!tryTake(path)) throw inUse(path, folder, holderOf(path));
}

function tryTake(path: string): boolean {
  try {
    const file = openSync(path, 'wx', 0o600);
    const mine: Holder = { pid: process.pid, host: hostname(), born: bornOf(process.pid) };
    writeSync(file, JSON.stringify(mine));
    closeSync(file);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Null: it was left by a process that is gone. */
function holderOf(path: string): Holder | 'writing' | null {
  try {
    // A file of our own, in which anything may stand all the same: each part is looked at.
    const { pid, host, born } = { ...(JSON.parse(readFileSync(path, 'utf8')) as Partial<Holder> | null) };
    if (typeof pid === 'number' && typeof host === 'string') return { pid, host, born: born ?? null };
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    if (!(error instanceof SyntaxError)) throw error;
  }
  return Date.now() - statSync(path).mtimeMs < writing ? 'writing' : null;
}

/** Of another machine's process nobody here can say that it is gone. */
function isAlive({ pid, host, born }: Holder): boolean {
  if (host !== hostname()) return true;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: somebody else's process.
    if (codeOf(error) === 'ESRCH') return false;
  }
  const now = bornOf(pid);
  return born === null || now === null || born === now;
}

/** When a process began, in the system's own count; only Linux tells it in a file. */
function bornOf(pid: number): string | null {
  try {
    // https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html: field 22; the second, in brackets, may hold anything
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}

function inUse(path: string, folder: string, holder: Holder | 'writing' | null): CannotRun {
  const who = holder === null || holder === 'writing' ? '' : ` (process ${holder.pid} on ${holder.host})`;
  return new CannotRun(
    `Another replint is writing into '${folder}'${who}: let it end, or choose another folder with --out. ` +
      `If none runs any more, delete '${path}'.`,
  );
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : null;
}
