/** Principals that a policy names instead of the role that it means. */
import { reachesRole, takesAction } from '../shared/statement.ts';
import type { Policy } from '../../src/iam/policy.ts';

interface Role {
  readonly arn: string;
  readonly account: string;
}

/** Whether some statement lets the role write replicas, whatever its conditions and resources are. */
export function meansRole(role: Role, policy: Policy): boolean {
  return allowsOf(policy).some((one) => reachesRole(one, role));
}

/** Whom a destination's policy lets write replicas in the role's stead; null where it means the role, or nobody like it. */
export function mistakenFor(role: Role, policy: Policy): string | null {
  if (meansRole(role, policy)) return null;
  const arns = allowsOf(policy).flatMap(({ principal }) => [...(principal?.arns ?? [])]);
  return arns.find((arn) => isMistaken(arn, role.arn)) ?? null;
}

/** The statements that let somebody write replicas. */
function allowsOf({ statements }: Policy): Policy['statements'] {
  return statements.filter((one) => one.effect === 'Allow' && takesAction(one, 's3:ReplicateObject'));
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
