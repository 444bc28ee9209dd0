/**
 * `replint.lock`: the inventory of buckets that a repository may commit, a line a bucket, `account Region bucket`, sorted. It
 * changes only where buckets come and go, so that a place in it means the same bucket for long.
 */
import type { Account, BucketRef } from './model/estate.ts';

type Entry = Pick<BucketRef, 'account' | 'region' | 'name'>;

/** The file's text after an audit: its buckets, and of accounts that it did not scan the lines that were there before. */
export function lockOf(before: string, buckets: Iterable<Entry>, accounts: readonly Account[]): string {
  const status = new Map(accounts.map((account) => [account.id, account.status]));
  const kept = linesOf(before).filter((line) => {
    const known = status.get(line.split(' ')[0] ?? '');
    return known !== undefined && known !== 'scanned';
  });
  const lines = new Set(kept);
  for (const { account, region, name } of buckets) lines.add(`${account} ${region ?? '-'} ${name}`);
  return [...lines]
    .sort()
    .map((line) => `${line}\n`)
    .join('');
}

/** Where each bucket stands, from 1. */
export function placesIn(text: string): ReadonlyMap<string, number> {
  return new Map(linesOf(text).map((line, index) => [line.split(' ')[2] ?? '', index + 1]));
}

function linesOf(text: string): readonly string[] {
  return text.split(/\r?\n/).filter((line) => line !== '');
}
