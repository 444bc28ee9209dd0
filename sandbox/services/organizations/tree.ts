/** The tree: OUs, what is in them, and what they are in. */
import { unitId } from '../../ids.ts';
import { oneOf, text } from '../../wire/fields.ts';
import type { Fields } from '../../wire/fields.ts';
import type { Call, Operations } from '../../wire/operation.ts';
import type { Organization } from '../../world.ts';
import { hangFullAccess } from './policy-types.ts';
import {
  arnOf,
  isParent,
  leadersOrganization,
  members,
  paged,
  pathOf,
  refused,
  refuseTags,
  shown,
} from './shared.ts';

export const tree: Operations = {
  CreateOrganizationalUnit(call) {
    const { organization, parent } = parentOf(call);
    refuseTags(call);
    const name = text(call.input, 'Name');
    if (unitsIn(organization, parent).some((unit) => unit.name === name)) {
      throw refused('DuplicateOrganizationalUnitException', 'An OU with the same name already exists.');
    }
    const id = unitId(call.world, organization.rootId);
    organization.units.set(id, { id, name, parent });
    hangFullAccess(organization, id);
    return { OrganizationalUnit: unit(call, organization, id) };
  },

  DescribeOrganizationalUnit(call) {
    const id = text(call.input, 'OrganizationalUnitId');
    const organization = leadersOrganization(call, id);
    if (!organization.units.has(id)) {
      throw refused('OrganizationalUnitNotFoundException', "You specified an OU that doesn't exist.");
    }
    return { OrganizationalUnit: unit(call, organization, id) };
  },

  ListOrganizationalUnitsForParent(call) {
    const { organization, parent } = parentOf(call);
    const all = unitsIn(organization, parent);
    return paged(call, 'OrganizationalUnits', all, ({ id }) => unit(call, organization, id));
  },

  ListAccountsForParent(call) {
    const { organization, parent } = parentOf(call);
    const all = members(call.world, organization).filter(({ id }) => organization.parents.get(id) === parent);
    return paged(call, 'Accounts', all, (account) => shown(call.world, organization, account));
  },

  ListChildren(call) {
    const { organization, parent } = parentOf(call);
    const Type = oneOf(text(call.input, 'ChildType'), 'childType', ['ACCOUNT', 'ORGANIZATIONAL_UNIT']);
    const accounts = [...organization.parents].filter(([, over]) => over === parent).map(([id]) => id);
    const all = Type === 'ACCOUNT' ? accounts : unitsIn(organization, parent).map(({ id }) => id);
    return paged(call, 'Children', all, (Id) => ({ Id, Type }));
  },

  ListParents(call) {
    const child = text(call.input, 'ChildId');
    const organization = leadersOrganization(call, child);
    const parent = organization.parents.get(child) ?? organization.units.get(child)?.parent;
    if (parent === undefined) {
      throw refused(
        'ChildNotFoundException',
        "We can't find an organizational unit (OU) or AWS account with the ChildId that you specified.",
      );
    }
    const Type = parent === organization.rootId ? 'ROOT' : 'ORGANIZATIONAL_UNIT';
    return paged(call, 'Parents', [parent], (Id) => ({ Id, Type }));
  },
};

function parentOf(call: Call): { readonly organization: Organization; readonly parent: string } {
  const parent = text(call.input, 'ParentId');
  const organization = leadersOrganization(call, parent);
  if (!isParent(organization, parent)) {
    throw refused('ParentNotFoundException', "You specified parent that doesn't exist.");
  }
  return { organization, parent };
}

function unitsIn(
  organization: Organization,
  parent: string,
): readonly { readonly id: string; readonly name: string }[] {
  return [...organization.units.values()].filter((unit) => unit.parent === parent);
}

function unit({ world }: Call, organization: Organization, id: string): Fields {
  return {
    Id: id,
    Arn: arnOf(world, organization, id),
    Name: organization.units.get(id)?.name,
    Path: pathOf(organization, id),
  };
}
