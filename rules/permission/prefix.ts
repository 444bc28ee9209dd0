/** The keys that replication rules take, as prefixes: tags make a set smaller, and a permission is not given by tags of objects. */
import type { ReplicationRule, Route } from '../../src/rule.ts';

export function prefixOf({ Filter, Prefix }: ReplicationRule): string {
  return Filter?.And?.Prefix ?? Filter?.Prefix ?? Prefix ?? '';
}

/** The prefixes of all routes, without those that lie within another. */
export function prefixesOf(routes: readonly Route[]): readonly string[] {
  const all = [...new Set(routes.map(({ rule }) => prefixOf(rule)))].sort();
  return all.filter((prefix) => !all.some((other) => other !== prefix && prefix.startsWith(other)));
}
