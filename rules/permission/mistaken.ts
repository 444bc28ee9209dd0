/** Principals that a policy names instead of the role that it means. */
import { roleName } from './sentence.ts';
import { reachesRole, takesAction } from '../shared/statement.ts';
import type { Policy } from '../../src/iam/policy.ts';

interface Role {
  readonly arn: string;
  readonly account: string;
}

/** The right to write replicas. */
const write = 's3:ReplicateObject';

/** Whether some statement lets the role do it, whatever its conditions and resources are. */
export function meansRole(role: Role, policy: Policy, action = write): boolean {
  return allowsOf(policy, action).some((one) => reachesRole(one, role));
}

/** Whom a policy lets do it in the role's stead; null where it means the role, or nobody like it. */
export function mistakenFor(role: Role, policy: Policy, action = write): string | null {
  if (meansRole(role, policy, action)) return null;
  const arns = allowsOf(policy, action).flatMap(({ principal }) => [...(principal?.arns ?? [])]);
  return arns.find((arn) => isMistaken(arn, role.arn)) ?? null;
}

/** `allows 'role/a', but the role's ARN is 'role/service-role/a'`. */
export function mistakenly(meant: string, { arn }: Pick<Role, 'arn'>): string {
  const whom = meant.includes(':role/') ? `'role/${roleName(meant)}'` : `'${meant}', a role that was deleted`;
  return `allows ${whom}, but the role's ARN is 'role/${roleName(arn)}'`;
}

function allowsOf({ statements }: Policy, action: string): Policy['statements'] {
  return statements.filter((one) => one.effect === 'Allow' && takesAction(one, action));
}

const named = /^(arn:[^:]*:iam::\d{12}:role\/)(?:.*\/)?([^/]+)$/;

/** The same role under another path, or the id that a deleted role leaves behind. */
function isMistaken(other: string, wanted: string): boolean {
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
  if (/^AROA[A-Z0-9]+$/.test(other)) return true;
  const [, account, name] = named.exec(other) ?? [];
  const [, ourAccount, ourName] = named.exec(wanted) ?? [];
  return other !== wanted && account !== undefined && account === ourAccount && name === ourName;
}
