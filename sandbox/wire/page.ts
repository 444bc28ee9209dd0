/** Lists in pages. A token says where the next page begins, and no client should read it. */
import { AwsError } from '../service.ts';

export interface Page<Item> {
  readonly items: readonly Item[];
  /** Null on the last page. */
  readonly next: string | null;
}

export function page<Item>(all: readonly Item[], token: string | null, size: number): Page<Item> {
  const start = token === null ? 0 : startOf(token);
  const end = start + size;
  return { items: all.slice(start, end), next: end < all.length ? tokenOf(`${end}`) : null };
}

/**
 * As {@link page}, with an empty page after the first one: "these operations can occasionally return an empty set of
 * results even when there are more results available" (Organizations API, ListAccounts).
 */
export function pageWithGap<Item>(all: readonly Item[], token: string | null, size: number): Page<Item> {
  if (token !== null && plain(token).startsWith('gap ')) {
    return { items: [], next: tokenOf(plain(token).slice('gap '.length)) };
  }
  const { items, next } = page(all, token, size);
  return { items, next: token === null && next !== null ? tokenOf(`gap ${plain(next)}`) : next };
}

function tokenOf(text: string): string {
  return Buffer.from(text).toString('base64url');
}

function plain(token: string): string {
  return Buffer.from(token, 'base64url').toString();
}

function startOf(token: string): number {
  const start = /^\d+$/.test(plain(token)) ? Number(plain(token)) : NaN;
  if (Number.isNaN(start)) throw new AwsError('ValidationError', 400, 'The pagination token is not valid.');
  return start;
}
