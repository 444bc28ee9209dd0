/** What Organizations' operations have in common: who may call, ARNs, pages, and how an account is shown. */
import { AwsError, notImplemented } from '../../service.ts';
import { number, optionalText } from '../../wire/fields.ts';
import type { Fields } from '../../wire/fields.ts';
import { allow } from '../../wire/operation.ts';
import type { Call } from '../../wire/operation.ts';
import { pageWithGap } from '../../wire/page.ts';
import type { Account, Organization, World } from '../../world.ts';

export function refused(code: string, sentence: string): AwsError {
  return new AwsError(code, 400, sentence);
}

/** The organization, for a caller of any of its accounts. */
export function membersOrganization(call: Call): Organization {
  const { organization } = call.world;
  if (organization?.parents.has(call.caller.account) !== true) {
    throw refused('AWSOrganizationsNotInUseException', 'Your account is not a member of an organization.');
  }
  return organization;
}

/**
 * The organization, for those who lead it: the management account; and, to read, a delegated administrator.
 * `target` is the id of what the operation is about.
 */
export function leadersOrganization(call: Call, target: string | null = null): Organization {
  const organization = membersOrganization(call);
  allow(call, target === null ? '*' : (arnOf(call.world, organization, target) ?? '*'));
  const { account } = call.caller;
  const reads = /:(List|Describe)/.test(call.action);
  const leads = account === call.world.managementAccount || (reads && organization.delegated.has(account));
  if (!leads) {
    throw refused('AccessDeniedException', "You don't have permissions to access this resource.");
  }
  return organization;
}

/** The ARN of a root, an OU, an account or a policy of the organization; null where the id is none of these. */
export function arnOf(world: World, organization: Organization, id: string): string | null {
  const policy = organization.policies.get(id);
  if (policy !== undefined) return policy.arn;
  const prefix = `arn:${world.partition}:organizations::${world.managementAccount}`;
  if (id === organization.rootId) return `${prefix}:root/${organization.id}/${id}`;
  if (organization.units.has(id)) return `${prefix}:ou/${organization.id}/${id}`;
  return organization.parents.has(id) ? `${prefix}:account/${organization.id}/${id}` : null;
}

export function isParent(organization: Organization, id: string): boolean {
  return id === organization.rootId || organization.units.has(id);
}

/** `o-…/r-…/ou-…/…/`: an OU's or an account's way from the organization. */
export function pathOf(organization: Organization, id: string): string {
  if (id === organization.rootId) return `${organization.id}/${id}/`;
  const parent = organization.parents.get(id) ?? organization.units.get(id)?.parent;
  return `${pathOf(organization, parent ?? organization.rootId)}${id}/`;
}

/** An account as ListAccounts and DescribeAccount show it, with the older Status beside State. */
export function shown(world: World, organization: Organization, account: Account): Fields {
  return {
    Id: account.id,
    Arn: arnOf(world, organization, account.id),
    Email: account.email,
    Name: account.name,
    Status:
      account.state === 'PENDING_ACTIVATION' || account.state === 'CLOSED' ? 'SUSPENDED' : account.state,
    State: account.state,
    Paths: [pathOf(organization, account.id)],
    JoinedMethod: account.id === world.managementAccount ? 'INVITED' : 'CREATED',
    JoinedTimestamp: account.joined,
  };
}

/** The accounts of the organization, in the order in which they joined. */
export function members(world: World, organization: Organization): readonly Account[] {
  return [...organization.parents.keys()].flatMap((id) => world.accounts.get(id) ?? []);
}

/** A page of a list, under the name that the list has in the answer. */
export function paged<Item>(
  call: Call,
  name: string,
  all: readonly Item[],
  show: (item: Item) => unknown,
): Fields {
  const size = number(call.input, 'MaxResults', { least: 1, most: 20, otherwise: 20 });
  const { items, next } = pageWithGap(all, optionalText(call.input, 'NextToken'), size);
  return { [name]: items.map(show), NextToken: next };
}

/** Tags would have to come back from ListTagsForResource, which the sandbox does not know. */
export function refuseTags(call: Call): void {
  const tags = call.input['Tags'];
  if (Array.isArray(tags) && tags.length > 0) throw notImplemented(`tags of ${call.action}`);
}
