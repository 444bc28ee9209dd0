/** What one statement says, for rules that weigh a statement and not all policies together. */
import type { Condition } from '../../src/iam/operators.ts';
import { matches } from '../../src/iam/pattern.ts';
import type { Statement } from '../../src/iam/policy.ts';
import { reach } from '../../src/iam/principal.ts';

interface Role {
  readonly arn: string;
  readonly account: string;
}

/** Whether a statement is about an action. */
export function takesAction({ action }: Statement, name: string): boolean {
  const asked = name.toLowerCase();
  return action.patterns.some((pattern) => matches(pattern, asked)) !== action.negated;
}

/** Whether a statement of a resource's policy is about a role, by its ARN, by its account or as everybody. */
export function reachesRole({ principal }: Statement, role: Role): boolean {
  if (principal === null) return false;
  if (principal.negated) return !principal.everybody && !principal.arns.has(role.arn);
  return reach(principal, { kind: 'role', ...role, session: null }, []).truth !== 'no';
}

/** Whether a statement of a trust policy lets S3 assume the role, whatever its conditions are. */
export function letsS3(statement: Statement): boolean {
  const { effect, principal } = statement;
  const named = principal?.services.has('s3.amazonaws.com') === true || principal?.everybody === true;
  return effect === 'Allow' && named && takesAction(statement, 'sts:AssumeRole');
}

/** Whether a statement is about an ARN; one with variables is taken not to be. */
export function takesResource({ resource }: Statement, arn: string): boolean {
  if (resource === null) return false;
  const taken = resource.templates.some(({ pattern }) => pattern !== null && matches(pattern, arn));
  return taken !== resource.negated;
}

/** How a person finds a statement in its policy. */
export function nameOf({ sid, index }: Pick<Statement, 'sid' | 'index'>): string {
  return sid === null ? `statement ${index + 1}` : `the statement '${sid}'`;
}

const MOST = 3;

/** A condition as it stands in its policy: `StringEquals kms:ViaService 's3.eu-west-1.amazonaws.com'`. */
export function written({ operator, key, values }: Condition): string {
  const some = values.slice(0, MOST).map((value) => `'${value}'`);
  return `${operator} ${key} ${[...some, ...(values.length > MOST ? ['others'] : [])].join(' or ')}`;
}
