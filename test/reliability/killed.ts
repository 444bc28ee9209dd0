/** What tests that kill scans have in common: moments that hang on the seed, and what a killed scan left and asked. */
import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { seed } from './size.ts';
import type { Running } from './process.ts';
import { plan } from '../collect/estate.ts';
import { tellings, type Told } from '../../src/facts.ts';
import type { Sandbox } from '../../sandbox/server.ts';

/** Mulberry32: a number from 0 to 1 for each number. */
export function random(at: number): number {
  let t = (seed + at * 0x6d2b79f5) | 0;
  t = Math.imul(t ^ (t >>> 15), t | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}

/** When a process is killed: so long after it came so far. */
export interface Moment {
  readonly name: string;
  readonly isReached: () => boolean;
  readonly milliseconds: number;
}

/** Kills a process at that moment, or finds that it has ended before. */
export async function killedAt(
  { child, ended }: Running,
  { isReached, milliseconds }: Moment,
): Promise<void> {
  const look = setInterval(() => {
    if (!isReached()) return;
    clearInterval(look);
    setTimeout(() => child.kill('SIGKILL'), milliseconds);
  }, 2);
  await ended;
  clearInterval(look);
}

/** Accounts whose files stand under their final names. */
export function finished(snapshot: string, wave: 'buckets' | 'ends'): readonly string[] {
  const at = join(snapshot, wave);
  const names = existsSync(at) ? readdirSync(at) : [];
  return names.filter((name) => name.endsWith('.ndjson.gz')).map((name) => basename(name, '.ndjson.gz'));
}

/** All that wave one asks in an account. */
const surveyCalls = new Set<string>([
  's3:ListBuckets',
  ...plan.bucket.map((fact) => (tellings.bucket as Readonly<Record<string, Told>>)[fact]?.call ?? fact),
]);

/** What was asked again although it had been answered and kept, of the accounts whose buckets and whose ends were. */
export function askedAgain(
  { calls }: Pick<Sandbox, 'calls'>,
  buckets: readonly string[],
  ends: readonly string[],
): readonly unknown[] {
  return calls.entries().filter(({ operation, account }) => {
    if (surveyCalls.has(operation) && buckets.includes(account)) return true;
    // Who is there is asked anew, and other accounts' routes end here: their objects are listed with this one's credentials.
    const isOfOthers = /^(sts|organizations):/.test(operation) || operation === 's3:ListObjectVersions';
    return ends.includes(account) && !isOfOthers;
  });
}
