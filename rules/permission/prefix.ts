/** The keys that replication rules take, as prefixes: tags make a set smaller, and a permission is not given by tags of objects. */
import { filterSet } from '../../src/filter.ts';
import type { Route } from '../../src/rule.ts';

/** The prefixes of all routes, without those that lie within another. */
export function prefixesOf(routes: readonly Route[]): readonly string[] {
  const [only] = routes;
  if (routes.length === 1 && only !== undefined) return [filterSet(only.rule).prefix];
  const all = [...new Set(routes.map(({ rule }) => filterSet(rule).prefix))].sort();
  return all.filter((prefix) => !all.some((other) => other !== prefix && prefix.startsWith(other)));
}

/**
 * The objects below prefixes as policies name them; what would be a wildcard or a variable is spelt as a letter.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-specialchars
 */
export function objectsBelow(bucket: string, prefixes: readonly string[]): string | readonly string[] {
  const all = prefixes.map((prefix) => `${bucket}/${prefix.replace(/[*?$]/g, '$${$&}')}*`);
  const [one] = all;
  return all.length === 1 && one !== undefined ? one : all;
}
