/** What a gap in the coverage is about: its detail is one of all that it adds up. */
import type { AccountCoverage, Gap } from '../src/model/audit.ts';
import type { Cause } from '../src/model/facts.ts';
import { counted } from './html/text.ts';

/** The gap's detail; where several accounts cannot be read for its reason, it says how many, of which that is one. */
export function gapDetail(gap: Gap, accounts: readonly AccountCoverage[]): string {
  const unread = unreadFor(gap, accounts);
  return unread > 1
    ? `${counted(unread, 'account')} that cannot be read, for example: ${gap.detail}`
    : gap.detail;
}

/** A role is assumed in every account by the same caller: the gap is one, the accounts are many. */
function unreadFor(gap: Gap, accounts: readonly AccountCoverage[]): number {
  const same = ({ reason, call, account }: Cause): boolean =>
    reason === gap.reason && call === gap.call && account === gap.account;
  return accounts.filter((account) => account.status === 'unreadable' && account.causes.some(same)).length;
}
