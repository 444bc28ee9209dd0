/** A policy that is none, as a finding says it: where it is wrong, and how. */
import type { Malformed } from '../../src/iam/policy.ts';

/** `what` names the policy as a person finds it: `policy of 'orders'`. */
export function malformedAs(what: string, { line, column, malformed }: Malformed): string {
  return `The ${what} is malformed at line ${line}, column ${column}, so nobody can say what it allows: ${malformed}`;
}
