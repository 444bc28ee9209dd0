/** What holds for an account as a whole: read with the caller's credentials, but for the account's own block of public access. */
import { accountPublicAccessBlock, accountRegions, type OrganizationPolicies } from './readers-account.ts';
import type { Session } from './session.ts';
import { tellingOf } from '../facts.ts';
import type { PolicyLevels } from '../model/aws.ts';
import type { Account, AccountLine } from '../model/estate.ts';
import type { AccountFacts, Observed, ObservedFacts, Unknown } from '../model/facts.ts';

/** Asks Organizations on behalf of all accounts. */
export interface OrganizationReader {
  readonly caller: Session;
  /** Null where the caller's account is in no organization, or could not list it. */
  readonly policies: OrganizationPolicies | null;
  readonly management: string | null;
  readonly account: (id: string) => Account | undefined;
}

/** The planned facts of an account. */
export async function readAccount(
  id: string,
  session: Session | Unknown,
  organization: OrganizationReader,
  facts: readonly string[],
): Promise<AccountLine> {
  const read = facts.map(async (fact): Promise<ObservedFacts<AccountFacts>> => {
    switch (fact) {
      case 'serviceControlPolicies':
        return { serviceControlPolicies: await levels(id, organization, fact, 'SERVICE_CONTROL_POLICY') };
      case 'resourceControlPolicies':
        return { resourceControlPolicies: await levels(id, organization, fact, 'RESOURCE_CONTROL_POLICY') };
      case 'regions':
        return { regions: await regions(id, session) };
      default:
        return { publicAccessBlock: await publicAccess(id, session) };
    }
  });
  const all = await Promise.all(read);
  return { kind: 'account', id, facts: all.reduce((sum, one) => ({ ...sum, ...one }), {}) };
}

async function levels(
  id: string,
  { caller, policies, management, account }: OrganizationReader,
  fact: 'serviceControlPolicies' | 'resourceControlPolicies',
  type: 'SERVICE_CONTROL_POLICY' | 'RESOURCE_CONTROL_POLICY',
): Promise<Observed<PolicyLevels | null>> {
  const { call, absent } = tellingOf('sourceAccount', fact);
  const path = account(id)?.ouId?.split('/');
  // https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html: neither kind reaches it
  const isFree = id === management;
  if (!isFree && (policies === null || path === undefined)) {
    const detail = `Where account ${id} stands in the organization is not known, so neither are the policies over it.`;
    return { known: false, causes: [{ reason: 'not-collected', call, account: caller.account, detail }] };
  }
  return caller.ask({
    call,
    absent,
    what: `account ${id}`,
    send: async () => {
      if (isFree || policies === null || path === undefined) return null;
      const found = await policies.levels([...path, id], type);
      // Where a type is enabled every target has a policy of it: none anywhere means that it is not.
      return found.some((level) => level.length > 0) ? found : null;
    },
  });
}

async function publicAccess(
  id: string,
  session: Session | Unknown,
): Promise<Observed<AccountFacts['publicAccessBlock']>> {
  if ('known' in session) return session;
  const { call, absent } = tellingOf('sourceAccount', 'publicAccessBlock');
  const send = (): Promise<AccountFacts['publicAccessBlock']> =>
    accountPublicAccessBlock(session.s3Control(), id);
  return session.ask({ call, absent, what: `account ${id}`, send });
}

/** Asked with the account's own credentials: it needs no delegation, and the rate is each account's own. */
async function regions(id: string, session: Session | Unknown): Promise<Observed<AccountFacts['regions']>> {
  if ('known' in session) return session;
  const { call } = tellingOf('sourceAccount', 'regions');
  const send = (): Promise<AccountFacts['regions']> => accountRegions(session.accounts());
  const read = await session.ask({ call, what: `account ${id}`, send });
  // Only where an error means "not configured" does `ask` answer null.
  return read.known ? { ...read, value: read.value ?? [] } : read;
}
