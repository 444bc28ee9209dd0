/**
 * The statements of a policy that are about an action. They are few, and asked for again and again, so that each policy
 * is searched once for an action.
 */
import { matches } from './pattern.ts';
import type { Policy, Statement } from './policy.ts';

const foundIn = new WeakMap<Policy, Map<string, readonly Statement[]>>();

/** The statements about an action, given in lower case. */
export function about(policy: Policy, action: string): readonly Statement[] {
  const found = foundIn.get(policy);
  const known = found?.get(action);
  if (known !== undefined) return known;
  const statements = policy.statements.filter((statement) => takesAction(statement, action));
  if (found === undefined) foundIn.set(policy, new Map([[action, statements]]));
  else found.set(action, statements);
  return statements;
}

/** Actions ignore case: here and there they are in lower case. */
function takesAction({ action }: Statement, asked: string): boolean {
  return action.patterns.some((pattern) => matches(pattern, asked)) !== action.negated;
}
