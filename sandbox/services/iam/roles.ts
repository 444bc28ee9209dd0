/** Roles, and whom they trust. */
import { uniqueId } from '../../ids.ts';
import { AwsError } from '../../service.ts';
import { number, optionalText } from '../../wire/fields.ts';
import type { Fields } from '../../wire/fields.ts';
import { allow } from '../../wire/operation.ts';
import type { Operations } from '../../wire/operation.ts';
import type { Account, Role, World } from '../../world.ts';
import { boundaryOf } from './managed.ts';
import {
  alreadyExists,
  arnOf,
  documentOf,
  encoded,
  marked,
  members,
  nameOf,
  pathOf,
  roleArn,
  roleOf,
  tagsOf,
} from './shared.ts';

export const roles: Operations = {
  CreateRole(call) {
    const { input, world, account } = call;
    const name = nameOf(input, 'RoleName', 64);
    const path = pathOf(input);
    allow(call, arnOf(call, 'role', path, name));
    const tags = tagsOf(input);
    const trust = documentOf(input, 'AssumeRolePolicyDocument', 'trust');
    const boundary = optionalText(input, 'PermissionsBoundary');
    if (account.roles.has(name)) throw alreadyExists(`Role with name ${name} already exists.`);
    const role = addRole(world, account, {
      name,
      path,
      trust,
      description: optionalText(input, 'Description'),
      maxSession: number(input, 'MaxSessionDuration', { least: 3600, most: 43_200, otherwise: 3600 }),
      boundary: boundary === null ? null : boundaryOf(call, boundary),
    });
    for (const [key, value] of tags) role.tags.set(key, value);
    return { Role: shown(role) };
  },

  GetRole: (call) => ({ Role: { ...shown(roleOf(call)), RoleLastUsed: {} } }),

  UpdateAssumeRolePolicy(call) {
    const role = roleOf(call);
    role.trust = documentOf(call.input, 'PolicyDocument', 'trust');
    return {};
  },

  DeleteRole(call) {
    const role = roleOf(call);
    if (role.attached.size > 0) throw conflict('Cannot delete entity, must detach all policies first.');
    if (role.inline.size > 0) throw conflict('Cannot delete entity, must delete policies first.');
    call.account.roles.delete(role.name);
    return {};
  },

  ListRoles(call) {
    allow(call, arnOf(call, 'role', '/', ''));
    const prefix = optionalText(call.input, 'PathPrefix') ?? '/';
    const all = [...call.account.roles.values()].filter((role) => role.path.startsWith(prefix));
    all.sort((one, other) => (one.name < other.name ? -1 : 1));
    return marked(call, 'Roles', all, listed);
  },

  PutRolePermissionsBoundary(call) {
    const role = roleOf(call);
    role.boundary = boundaryOf(call, optionalText(call.input, 'PermissionsBoundary') ?? '');
    return {};
  },

  TagRole(call) {
    const role = roleOf(call);
    for (const [key, value] of tagsOf(call.input)) role.tags.set(key, value);
    return {};
  },

  UntagRole(call) {
    const role = roleOf(call);
    for (const key of members(call.input, 'TagKeys')) role.tags.delete(key);
    return {};
  },

  DeleteRolePermissionsBoundary(call) {
    const role = roleOf(call);
    role.boundary = null;
    return {};
  },
};

/** What a role is made from. */
export type NewRole = Pick<Role, 'name' | 'path' | 'trust' | 'description' | 'maxSession' | 'boundary'>;

export function addRole(world: World, account: Account, role: NewRole): Role {
  const added: Role = {
    ...role,
    arn: roleArn(world.partition, account, 'role', role.path, role.name),
    id: uniqueId(world, 'AROA'),
    created: world.now(),
    inline: new Map(),
    attached: new Set(),
    tags: new Map(),
  };
  account.roles.set(role.name, added);
  return added;
}

function shown(role: Role): Fields {
  const boundary = { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: role.boundary };
  const tags = [...role.tags].map(([Key, Value]) => ({ Key, Value }));
  return {
    ...listed(role),
    PermissionsBoundary: role.boundary === null ? null : boundary,
    Tags: tags.length === 0 ? null : tags,
  };
}

/** ListRoles leaves out the boundary and the tags (IAM API, ListRoles). */
function listed(role: Role): Fields {
  return {
    Path: role.path,
    RoleName: role.name,
    RoleId: role.id,
    Arn: role.arn,
    CreateDate: role.created,
    AssumeRolePolicyDocument: encoded(role.trust),
    Description: role.description,
    MaxSessionDuration: role.maxSession,
  };
}

function conflict(sentence: string): AwsError {
  return new AwsError('DeleteConflict', 409, sentence);
}
