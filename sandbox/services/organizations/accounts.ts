/** Accounts: made, listed, moved, closed. */
import { addAccount } from '../../create.ts';
import { accountId, accountRequestId } from '../../ids.ts';
import { optionalText, text } from '../../wire/fields.ts';
import type { Fields } from '../../wire/fields.ts';
import type { Call, Operations } from '../../wire/operation.ts';
import type { Account, Organization, World } from '../../world.ts';
import { addRole } from '../iam/roles.ts';
import { hangFullAccess } from './policy-types.ts';
import { isParent, leadersOrganization, members, paged, refused, refuseTags, shown } from './shared.ts';

export const accounts: Operations = {
  CreateAccount(call) {
    const organization = leadersOrganization(call);
    refuseTags(call);
    const { input, world } = call;
    const name = text(input, 'AccountName');
    const email = text(input, 'Email');
    const taken = members(world, organization).some((account) => account.email === email);
    const account = taken ? null : addMember(world, organization, name, email);
    if (account !== null) addAccessRole(world, account, optionalText(input, 'RoleName'));
    const id = accountRequestId(world);
    organization.accountRequests.set(id, { name, account: account?.id ?? null, at: world.now() });
    return { CreateAccountStatus: requestStatus(organization, id) };
  },

  DescribeCreateAccountStatus(call) {
    const organization = leadersOrganization(call);
    const status = requestStatus(organization, text(call.input, 'CreateAccountRequestId'));
    return { CreateAccountStatus: status };
  },

  ListAccounts(call) {
    const organization = leadersOrganization(call);
    const all = members(call.world, organization);
    return paged(call, 'Accounts', all, (account) => shown(call.world, organization, account));
  },

  DescribeAccount(call) {
    const { organization, account } = accountOf(call);
    return { Account: shown(call.world, organization, account) };
  },

  CloseAccount(call) {
    const { account } = accountOf(call);
    if (account.id === call.world.managementAccount) {
      throw refused('ConstraintViolationException', "You can't close the management account.");
    }
    if (account.state !== 'ACTIVE')
      throw refused(
        'AccountAlreadyClosedException',
        'You attempted to close an account that is already closed.',
      );
    // At AWS the account is PENDING_CLOSURE for a while; here the while is over.
    account.state = 'SUSPENDED';
    return {};
  },

  MoveAccount(call) {
    const { organization, account } = accountOf(call);
    const source = text(call.input, 'SourceParentId');
    const destination = text(call.input, 'DestinationParentId');
    if (!isParent(organization, source) || organization.parents.get(account.id) !== source) {
      throw refused(
        'SourceParentNotFoundException',
        "We can't find a source root or OU with the ParentId that you specified.",
      );
    }
    if (!isParent(organization, destination)) {
      throw refused(
        'DestinationParentNotFoundException',
        "We can't find the destination container that you specified.",
      );
    }
    if (source === destination)
      throw refused(
        'DuplicateAccountException',
        'That account is already present in the specified destination.',
      );
    organization.parents.set(account.id, destination);
    return {};
  },
};

function accountOf(call: Call): { readonly organization: Organization; readonly account: Account } {
  const id = text(call.input, 'AccountId');
  const organization = leadersOrganization(call, id);
  const account = organization.parents.has(id) ? call.world.accounts.get(id) : undefined;
  if (account === undefined) {
    throw refused('AccountNotFoundException', "You specified an account that doesn't exist.");
  }
  return { organization, account };
}

function addMember(world: World, organization: Organization, name: string, email: string): Account {
  const account = addAccount(world, accountId(world), name, email);
  organization.parents.set(account.id, organization.rootId);
  hangFullAccess(organization, account.id);
  return account;
}

/** The role that lets the management account into an account which it made (orgs_manage_accounts_access). */
function addAccessRole(world: World, account: Account, name: string | null): void {
  const Principal = { AWS: `arn:${world.partition}:iam::${world.managementAccount}:root` };
  const role = addRole(world, account, {
    name: name ?? 'OrganizationAccountAccessRole',
    path: '/',
    trust: JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' }],
    }),
    ...{ description: null, maxSession: 3600, boundary: null },
  });
  role.attached.add(`arn:${world.partition}:iam::aws:policy/AdministratorAccess`);
}

function requestStatus(organization: Organization, id: string): Fields {
  const request = organization.accountRequests.get(id);
  if (request === undefined) {
    throw refused('CreateAccountStatusNotFoundException', "You specified a request that doesn't exist.");
  }
  return {
    Id: id,
    AccountName: request.name,
    State: request.account === null ? 'FAILED' : 'SUCCEEDED',
    RequestedTimestamp: request.at,
    CompletedTimestamp: request.at,
    AccountId: request.account,
    FailureReason: request.account === null ? 'EMAIL_ALREADY_EXISTS' : null,
  };
}
