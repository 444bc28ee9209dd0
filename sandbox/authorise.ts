/** Whether a caller may do what it asks: the layers of policies that AWS lays over one another. */
import type { Context } from './condition.ts';
import { awsManagedPolicy } from './managed-policies.ts';
import { readIdentity, readResource } from './policy.ts';
import type { Asked } from './policy.ts';
import { AwsError } from './service.ts';
import type { Caller, Organization, Role, World } from './world.ts';

/**
 * Throws AccessDenied unless the caller may. `owner` is the account of the resource, `resourcePolicy` the text of
 * its policy; `context` adds condition keys (`sts:ExternalId`), null for one that the request does not have.
 */
export function authorise(
  world: World,
  caller: Caller,
  action: string,
  resource: string,
  owner: string,
  resourcePolicy: string | null,
  context: Readonly<Record<string, string | null>> = {},
): void {
  const asked = { caller, action, resource, context: contextOf(world, caller, owner, context) };
  const why =
    deniedByResource(asked, resourcePolicy) ??
    deniedByResourceControl(world, asked, owner) ??
    deniedByServiceControl(world, asked) ??
    deniedByIdentityAndResource(world, asked, owner, resourcePolicy);
  if (why === null) return;
  const sentence = `User: ${caller.arn} is not authorized to perform: ${action} on resource: ${resource} ${why}`;
  throw new AwsError('AccessDenied', 403, sentence.trim());
}

function contextOf(
  world: World,
  caller: Caller,
  owner: string,
  more: Readonly<Record<string, string | null>>,
): Context {
  return new Map([
    ['aws:principalarn', caller.role ?? caller.arn],
    ['aws:principalaccount', caller.account],
    ['aws:principalorgid', organizationOf(world, caller.account)],
    ['aws:principalisawsservice', 'false'],
    ['aws:viaawsservice', 'false'],
    ['aws:resourceaccount', owner],
    ['aws:resourceorgid', organizationOf(world, owner)],
    // The sandbox speaks HTTP on localhost, and stands for endpoints that speak TLS only.
    ['aws:securetransport', 'true'],
    ['aws:userid', caller.userId],
    ['kms:calleraccount', caller.account],
    // These three are there only when an AWS service calls.
    ['aws:sourcearn', null],
    ['aws:sourceaccount', null],
    ['aws:sourceorgid', null],
    ...Object.entries(more).map(([key, value]): [string, string | null] => [key.toLowerCase(), value]),
  ]);
}

function organizationOf(world: World, account: string): string | null {
  const organization = world.organization;
  return organization?.parents.has(account) === true ? organization.id : null;
}

function deniedByResource(asked: Asked, policy: string | null): string | null {
  if (policy === null || !readResource(policy, asked).denies) return null;
  return asked.action === 'sts:AssumeRole' ? '' : 'with an explicit deny in a resource-based policy';
}

/** RCPs guard the resources of member accounts, whoever calls. */
function deniedByResourceControl(world: World, asked: Asked, owner: string): string | null {
  const levels = controlPolicies(world, owner, 'RESOURCE_CONTROL_POLICY');
  const denies = levels.flat().some((text) => readResource(text, asked).denies);
  return denies ? 'with an explicit deny in a resource control policy' : null;
}

/** SCPs limit the callers of member accounts: every level from the root to the account must allow. */
function deniedByServiceControl(world: World, asked: Asked): string | null {
  const levels = controlPolicies(world, asked.caller.account, 'SERVICE_CONTROL_POLICY');
  const said = levels.map((texts) => texts.map((text) => readIdentity(text, asked)));
  if (said.flat().some((one) => one.denies)) return 'with an explicit deny in a service control policy';
  if (said.every((level) => level.some((one) => one.allows))) return null;
  return `because no service control policy allows the ${asked.action} action`;
}

/** The texts at each level over the account; no level where the account is under none. */
function controlPolicies(world: World, account: string, type: string): readonly (readonly string[])[] {
  const organization = world.organization;
  if (organization === null || account === world.managementAccount) return [];
  if (!organization.policyTypes.has(type)) return [];
  // An account that never joined has no parent, and is under no policy.
  if (!organization.parents.has(account)) return [];
  return [account, ...over(organization, account)].map((target) => {
    const attached = [...(organization.attachments.get(target) ?? [])];
    const policies = attached.flatMap((id) => organization.policies.get(id) ?? []);
    return policies.filter((policy) => policy.type === type).map((policy) => policy.content);
  });
}

/** The OUs that the account or OU is in, and the root. */
function over(organization: Organization, id: string): readonly string[] {
  const parent = organization.parents.get(id) ?? organization.units.get(id)?.parent;
  return parent === undefined ? [] : [parent, ...over(organization, parent)];
}

function deniedByIdentityAndResource(
  world: World,
  asked: Asked,
  owner: string,
  policy: string | null,
): string | null {
  const identity = identitySays(world, asked);
  if (identity.denied !== null) return identity.denied;
  const resource = policy === null ? null : readResource(policy, asked);
  const foreign = asked.caller.account !== owner;
  // The policies of a key and the trust of a role must speak even in their own account.
  const sovereign = asked.action === 'sts:AssumeRole' || (asked.action.startsWith('kms:') && policy !== null);
  const named = resource?.allows ?? false;
  if ((foreign || sovereign) && !named && !(resource?.allowsAccount ?? false))
    return resourceSilent(asked, foreign);
  if (identity.allows || (named && !foreign)) return null;
  return `because no identity-based policy allows the ${asked.action} action`;
}

/** Wordings as AWS has them: STS gives no reason, and KMS does not tell strangers what exists. */
function resourceSilent(asked: Asked, foreign: boolean): string {
  if (asked.action === 'sts:AssumeRole') return '';
  if (foreign && asked.action.startsWith('kms:')) return KEY_OF_A_STRANGER;
  return `because no resource-based policy allows the ${asked.action} action`;
}

export const KEY_OF_A_STRANGER =
  'because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access';

function identitySays(
  world: World,
  asked: Asked,
): { readonly allows: boolean; readonly denied: string | null } {
  if (asked.caller.role === null) return { allows: true, denied: null };
  const role = roleOf(world, asked.caller);
  if (role === null) return { allows: false, denied: null };
  const said = policiesOf(world, asked.caller.account, role).map((text) => readIdentity(text, asked));
  if (said.some((one) => one.denies)) {
    return { allows: false, denied: 'with an explicit deny in an identity-based policy' };
  }
  const limit = role.boundary === null ? null : managedPolicyText(world, asked.caller.account, role.boundary);
  return { allows: said.some((one) => one.allows), denied: deniedByBoundary(role, limit, asked) };
}

function deniedByBoundary(role: Role, text: string | null, asked: Asked): string | null {
  if (role.boundary === null) return null;
  const said = readIdentity(text ?? '', asked);
  if (said.denies) return 'with an explicit deny in a permissions boundary';
  return said.allows ? null : `because no permissions boundary allows the ${asked.action} action`;
}

/** Null where the role was deleted after the session began, or the account is closed. */
function roleOf(world: World, caller: Caller): Role | null {
  const name = caller.role?.split('/').at(-1) ?? '';
  const role = world.accounts.get(caller.account)?.roles.get(name);
  return role !== undefined && role.arn === caller.role ? role : null;
}

function policiesOf(world: World, account: string, role: Role): readonly string[] {
  const attached = [...role.attached].flatMap((arn) => managedPolicyText(world, account, arn) ?? []);
  return [...role.inline.values(), ...attached];
}

function managedPolicyText(world: World, account: string, arn: string): string | null {
  const own = world.accounts.get(account)?.policies.get(arn);
  return own?.versions.get(own.defaultVersion) ?? awsManagedPolicy(world.partition, arn)?.text ?? null;
}
