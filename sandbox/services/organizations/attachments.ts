/** Where the policies hang. */
import { oneOf, text, type Fields } from '../../wire/fields.ts';
import type { Call, Operations } from '../../wire/operation.ts';
import type { Organization, OrganizationPolicy } from '../../world.ts';
import { POLICY_TYPES } from './policy-types.ts';
import { policyOf, summary } from './policies.ts';
import { arnOf, leadersOrganization, paged, refused } from './shared.ts';

export const attachments: Operations = {
  AttachPolicy(call) {
    const { organization, policy } = policyOf(call);
    const attached = attachedTo(call, organization);
    if (!organization.policyTypes.has(policy.type)) {
      throw refused(
        'PolicyTypeNotEnabledException',
        'This operation can be performed only for enabled policy types.',
      );
    }
    if (attached.has(policy.id)) {
      throw refused('DuplicatePolicyAttachmentException', 'A policy with the same name is already attached.');
    }
    attached.add(policy.id);
    return {};
  },

  DetachPolicy(call) {
    const { organization, policy } = policyOf(call);
    const attached = attachedTo(call, organization);
    if (!attached.has(policy.id)) {
      throw refused('PolicyNotAttachedException', "The policy isn't attached to the specified target.");
    }
    if (ofType(organization, attached, policy.type).length === 1) {
      throw refused('ConstraintViolationException', 'You cannot detach the last policy of its type.');
    }
    attached.delete(policy.id);
    return {};
  },

  ListPoliciesForTarget(call) {
    const organization = leadersOrganization(call, text(call.input, 'TargetId'));
    const type = oneOf(text(call.input, 'Filter'), 'filter', POLICY_TYPES);
    return paged(call, 'Policies', ofType(organization, attachedTo(call, organization), type), summary);
  },

  ListTargetsForPolicy(call) {
    const { organization, policy } = policyOf(call);
    const targets = [...organization.attachments].filter(([, attached]) => attached.has(policy.id));
    return paged(call, 'Targets', targets, ([id]) => target(call, organization, id));
  },
};

/** What hangs from the target that the request names: to be read, added to and taken from. */
function attachedTo({ world, input }: Call, organization: Organization): Set<string> {
  const target = text(input, 'TargetId');
  if (organization.policies.has(target) || arnOf(world, organization, target) === null) {
    throw refused('TargetNotFoundException', "You specified a target that doesn't exist.");
  }
  const attached = organization.attachments.get(target) ?? new Set();
  organization.attachments.set(target, attached);
  return attached;
}

function target({ world }: Call, organization: Organization, id: string): Fields {
  const account = world.accounts.get(id);
  const unit = organization.units.get(id);
  return {
    TargetId: id,
    Arn: arnOf(world, organization, id),
    Name: account?.name ?? unit?.name ?? 'Root',
    Type: account ? 'ACCOUNT' : unit ? 'ORGANIZATIONAL_UNIT' : 'ROOT',
  };
}

function ofType(
  organization: Organization,
  ids: ReadonlySet<string>,
  type: string,
): readonly OrganizationPolicy[] {
  const policies = [...ids].flatMap((id) => organization.policies.get(id) ?? []);
  return policies.filter((policy) => policy.type === type);
}
