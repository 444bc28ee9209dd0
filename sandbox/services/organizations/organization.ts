/** The organization itself, its root, and who else may look at it. */
import { organizationId, rootId } from '../../ids.ts';
import { oneOf, optionalText, text } from '../../wire/fields.ts';
import type { Fields } from '../../wire/fields.ts';
import { allow } from '../../wire/operation.ts';
import type { Call, Operations } from '../../wire/operation.ts';
import type { Organization, World } from '../../world.ts';
import { FULL_ACCESS, POLICY_TYPES, fullAccessPolicies } from './policy-types.ts';
import type { PolicyType } from './policy-types.ts';
import { arnOf, leadersOrganization, members, membersOrganization, paged, refused, shown } from './shared.ts';

export const organization: Operations = {
  CreateOrganization(call) {
    const { world, caller } = call;
    allow(call, '*');
    if (world.organization !== null) {
      throw refused(
        'AlreadyInOrganizationException',
        'The AWS account is already a member of an organization.',
      );
    }
    if (caller.account !== world.managementAccount) {
      throw refused('AccessDeniedException', "You don't have permissions to access this resource.");
    }
    world.organization = founded(world);
    return { Organization: described(world, world.organization) };
  },

  DescribeOrganization(call) {
    const organization = membersOrganization(call);
    allow(call, '*');
    return { Organization: described(call.world, organization) };
  },

  ListRoots(call) {
    const organization = leadersOrganization(call);
    return paged(call, 'Roots', [organization], (one) => root(call.world, one));
  },

  EnablePolicyType(call) {
    const { organization, type } = typeOfRoot(call);
    if (organization.policyTypes.has(type)) {
      throw refused('PolicyTypeAlreadyEnabledException', 'The specified policy type is already enabled.');
    }
    organization.policyTypes.add(type);
    for (const target of targets(organization)) attach(organization, target, FULL_ACCESS[type]);
    return { Root: root(call.world, organization) };
  },

  DisablePolicyType(call) {
    const { organization, type } = typeOfRoot(call);
    if (!organization.policyTypes.delete(type)) {
      throw refused(
        'PolicyTypeNotEnabledException',
        'This operation can be performed only for enabled policy types.',
      );
    }
    for (const attached of organization.attachments.values()) {
      for (const id of attached) if (organization.policies.get(id)?.type === type) attached.delete(id);
    }
    return { Root: root(call.world, organization) };
  },

  RegisterDelegatedAdministrator(call) {
    const { input, world } = call;
    const account = text(input, 'AccountId');
    const organization = leadersOrganization(call, account);
    const service = text(input, 'ServicePrincipal');
    if (!organization.parents.has(account)) {
      throw refused('AccountNotFoundException', "You specified an account that doesn't exist.");
    }
    if (account === world.managementAccount) {
      throw refused(
        'ConstraintViolationException',
        "You can't register the management account as a delegated administrator.",
      );
    }
    const services = organization.delegated.get(account) ?? new Map<string, Date>();
    if (services.has(service)) {
      throw refused(
        'AccountAlreadyRegisteredException',
        'The account is already a delegated administrator for this service.',
      );
    }
    organization.delegated.set(account, services.set(service, world.now()));
    return {};
  },

  ListDelegatedAdministrators(call) {
    const organization = leadersOrganization(call);
    const service = optionalText(call.input, 'ServicePrincipal');
    const all = members(call.world, organization).flatMap((account) => {
      const services = organization.delegated.get(account.id);
      const since = service === null ? services?.values().next().value : services?.get(service);
      return since === undefined ? [] : [{ account, since }];
    });
    return paged(call, 'DelegatedAdministrators', all, ({ account, since }) => ({
      ...shown(call.world, organization, account),
      DelegationEnabledDate: since,
    }));
  },
};

function founded(world: World): Organization {
  const id = organizationId(world);
  const root = rootId(world);
  return {
    id,
    rootId: root,
    units: new Map(),
    parents: new Map([[world.managementAccount, root]]),
    policies: new Map(fullAccessPolicies(world.partition).map((policy) => [policy.id, policy])),
    attachments: new Map(),
    policyTypes: new Set(),
    accountRequests: new Map(),
    delegated: new Map(),
  };
}

function described(world: World, organization: Organization): Fields {
  const { managementAccount } = world;
  return {
    Id: organization.id,
    Arn: `arn:${world.partition}:organizations::${managementAccount}:organization/${organization.id}`,
    FeatureSet: 'ALL',
    MasterAccountArn: arnOf(world, organization, managementAccount),
    MasterAccountId: managementAccount,
    MasterAccountEmail: world.accounts.get(managementAccount)?.email,
    AvailablePolicyTypes: POLICY_TYPES.map((Type) => ({ Type, Status: 'ENABLED' })),
  };
}

function root(world: World, organization: Organization): Fields {
  return {
    Id: organization.rootId,
    Arn: arnOf(world, organization, organization.rootId),
    Name: 'Root',
    PolicyTypes: [...organization.policyTypes].map((Type) => ({ Type, Status: 'ENABLED' })),
  };
}

function typeOfRoot(call: Call): { readonly organization: Organization; readonly type: PolicyType } {
  const id = text(call.input, 'RootId');
  const organization = leadersOrganization(call, id);
  if (id !== organization.rootId)
    throw refused('RootNotFoundException', "You specified a root that doesn't exist.");
  return { organization, type: oneOf(text(call.input, 'PolicyType'), 'policyType', POLICY_TYPES) };
}

function targets(organization: Organization): readonly string[] {
  return [organization.rootId, ...organization.units.keys(), ...organization.parents.keys()];
}

function attach(organization: Organization, target: string, policy: string): void {
  const attached = organization.attachments.get(target) ?? new Set<string>();
  organization.attachments.set(target, attached.add(policy));
}
