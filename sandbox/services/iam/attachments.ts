/** Which managed policies a role has. */
import { optionalText, text } from '../../wire/fields.ts';
import type { Operations } from '../../wire/operation.ts';
import { managedPolicy } from './managed.ts';
import { marked, noSuchEntity, roleOf } from './shared.ts';

export const attachments: Operations = {
  AttachRolePolicy(call) {
    const role = roleOf(call);
    role.attached.add(managedPolicy(call, text(call.input, 'PolicyArn')).arn);
    return {};
  },

  DetachRolePolicy(call) {
    const role = roleOf(call);
    const arn = text(call.input, 'PolicyArn');
    if (!role.attached.delete(arn)) throw noSuchEntity(`Policy ${arn} was not found.`);
    return {};
  },

  ListAttachedRolePolicies(call) {
    const role = roleOf(call);
    const prefix = optionalText(call.input, 'PathPrefix') ?? '/';
    const attached = [...role.attached].map((arn) => managedPolicy(call, arn));
    const all = attached.filter((policy) => policy.path.startsWith(prefix));
    return marked(call, 'AttachedPolicies', all, ({ name, arn }) => ({ PolicyName: name, PolicyArn: arn }));
  },
};
