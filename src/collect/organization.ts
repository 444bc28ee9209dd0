/** What holds for an account as a whole: the organization's policies with the caller's credentials, the rest with its own. */
import type { OrganizationPolicies } from './organization-policies.ts';
import { accountPublicAccessBlock, accountRegions } from './readers-account.ts';
import { batchRoles } from './readers-role.ts';
import type { Session } from './session.ts';
import { tellingOf } from '../facts.ts';
import type { PolicyLevels } from '../model/aws.ts';
import type { Account, AccountLine, Membership } from '../model/estate.ts';
import type { AccountFacts, Cause, Known, Observed, ObservedFacts, Unknown } from '../model/facts.ts';

/** Asks Organizations on behalf of all accounts. */
export interface OrganizationReader {
  readonly caller: Session;
  readonly policies: OrganizationPolicies;
  readonly member: Membership;
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
        return {
          serviceControlPolicies: await levels(id, session, organization, fact, 'SERVICE_CONTROL_POLICY'),
        };
      case 'resourceControlPolicies':
        return {
          resourceControlPolicies: await levels(id, session, organization, fact, 'RESOURCE_CONTROL_POLICY'),
        };
      case 'regions':
        return { regions: await regions(id, session) };
      case 'batchRoles':
        return { batchRoles: await rolesForBatch(id, session) };
      default:
        return { publicAccessBlock: await publicAccess(id, session) };
    }
  });
  const all = await Promise.all(read);
  return { kind: 'account', id, facts: all.reduce((sum, one) => ({ ...sum, ...one }), {}) };
}

async function levels(
  id: string,
  session: Session | Unknown,
  { caller, policies, member, account }: OrganizationReader,
  fact: 'serviceControlPolicies' | 'resourceControlPolicies',
  type: 'SERVICE_CONTROL_POLICY' | 'RESOURCE_CONTROL_POLICY',
): Promise<Observed<PolicyLevels | null>> {
  const listed = account(id);
  // What hangs over an account that is not listed only its own organization knows.
  if (listed === undefined && 'known' in session) return session;
  // https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html: neither kind reaches it
  if (id === member.management || member.policyTypes?.includes(type) === false) return none(caller);
  const { call, absent } = tellingOf('sourceAccount', fact);
  const path = listed?.ouId?.split('/');
  if (path === undefined) {
    const detail = `Where account ${id} stands in the organization is not known, so neither are the policies over it.`;
    const why: Cause = { reason: 'not-collected', call, account: caller.account, detail };
    return { known: false, causes: [member.unitsUnknown ?? why] };
  }
  return caller.observe({
    call,
    absent,
    what: `account ${id}`,
    send: () => policies.levels([...path, id], type),
  });
}

/** Known without a call. */
function none({ account }: Session): Known<null> {
  return { known: true, value: null, account, at: new Date().toISOString() };
}

async function rolesForBatch(
  id: string,
  session: Session | Unknown,
): Promise<Observed<AccountFacts['batchRoles']>> {
  if ('known' in session) return session;
  const { call } = tellingOf('sourceAccount', 'batchRoles');
  const read = await session.ask({ call, what: `account ${id}`, send: () => batchRoles(session.iam()) });
  return read.known ? { ...read, value: read.value ?? [] } : read;
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
