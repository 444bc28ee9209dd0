/** The policies that live inside a role. */
import { text } from '../../wire/fields.ts';
import type { Operations } from '../../wire/operation.ts';
import type { Role } from '../../world.ts';
import { documentOf, encoded, marked, nameOf, noSuchEntity, roleOf } from './shared.ts';

export const inlinePolicies: Operations = {
  PutRolePolicy(call) {
    const role = roleOf(call);
    const name = nameOf(call.input, 'PolicyName', 128);
    role.inline.set(name, documentOf(call.input, 'PolicyDocument', 'identity'));
    return {};
  },

  GetRolePolicy(call) {
    const role = roleOf(call);
    const { name, document } = inlineOf(role, text(call.input, 'PolicyName'));
    return { RoleName: role.name, PolicyName: name, PolicyDocument: encoded(document) };
  },

  ListRolePolicies(call) {
    const role = roleOf(call);
    return marked(call, 'PolicyNames', [...role.inline.keys()].sort(), (name) => name);
  },

  DeleteRolePolicy(call) {
    const role = roleOf(call);
    role.inline.delete(inlineOf(role, text(call.input, 'PolicyName')).name);
    return {};
  },
};

function inlineOf(role: Role, name: string): { readonly name: string; readonly document: string } {
  const document = role.inline.get(name);
  if (document === undefined) throw noSuchEntity(`The role policy with name ${name} cannot be found.`);
  return { name, document };
}
