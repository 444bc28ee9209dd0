/** Whose a destination is that no scanned account owns. */
import type { ReplicationRule } from '../../src/rule.ts';

interface Members {
  readonly everyAccountListed: boolean;
  readonly members: readonly string[] | null;
}

/**
 * Whether the owner is outside the organization: the replication rule names an account that Organizations does not list (S3
 * refuses a rule that names a wrong one), or every account was listed and none has it. False: nobody can say.
 */
export function isOutside({ Destination }: ReplicationRule, organization: Members): boolean {
  const { Account } = Destination;
  const named =
    Account !== undefined && organization.members !== null && !organization.members.includes(Account);
  return named || organization.everyAccountListed;
}
