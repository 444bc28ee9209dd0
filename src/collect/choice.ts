/** Which accounts are read, and why the others are not. */
import type { AccountIdentity } from '../model/estate.ts';
import type { AccountSelector } from '../model/configuration.ts';

export interface Choice {
  readonly include: AccountSelector;
  readonly exclude: AccountSelector;
}

/** Null: it is read. Otherwise the reason, for the coverage. */
export function skipReason(account: AccountIdentity, { include, exclude }: Choice): string | null {
  if (!readableStates.has(account.state)) return `Its state is ${account.state}.`;
  const asked = [...(include.accounts ?? []), ...(include.ous ?? [])];
  if (asked.length > 0 && !isIn(account, include)) {
    return isOuUnknown(account, include) ? ouUnknown : 'It is not among the included accounts and OUs.';
  }
  if (isIn(account, exclude)) return 'The configuration excludes it.';
  // Whoever excludes an OU would rather miss an account than have it read.
  return isOuUnknown(account, exclude) ? ouUnknown : null;
}

const ouUnknown = 'The configuration chooses by OU, and the OU of this account is not known.';

function isOuUnknown({ ou, ouId }: AccountIdentity, { ous = [] }: AccountSelector): boolean {
  return ous.length > 0 && ou === null && ouId === null;
}

/** UNKNOWN: an account that the configuration names, where Organizations could not be asked. */
const readableStates: ReadonlySet<string> = new Set(['ACTIVE', 'PENDING_CLOSURE', 'UNKNOWN']);

function isIn({ id, ou, ouId }: AccountIdentity, { accounts = [], ous = [] }: AccountSelector): boolean {
  const above = ouId?.split('/') ?? [];
  return (
    accounts.includes(id) || ous.some((one) => above.includes(one) || one === ou || ou?.startsWith(`${one}/`))
  );
}
