/** Replication rules that have in common what no two may. */
import type { ReplicationRule } from '../../src/rule.ts';

interface Alike {
  /** What they have in common. */
  readonly key: string;
  /** `#1 and #3`. */
  readonly places: string;
  readonly indices: readonly number[];
}

/** Groups of rules for which `keyOf` says the same; those for which it says nothing are in none. */
export function alike(
  rules: readonly ReplicationRule[],
  keyOf: (rule: ReplicationRule) => string | null,
): readonly Alike[] {
  const groups = new Map<string, number[]>();
  for (const [index, rule] of rules.entries()) {
    const key = keyOf(rule);
    if (key !== null) groups.set(key, [...(groups.get(key) ?? []), index]);
  }
  return [...groups]
    .filter(([, indices]) => indices.length > 1)
    .map(([key, indices]) => ({
      key,
      places: indices.map((index) => `#${index + 1}`).join(' and '),
      indices,
    }));
}
