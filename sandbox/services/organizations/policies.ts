/** Service and resource control policies as documents. */
import { organizationPolicyId } from '../../ids.ts';
import { rawStatements } from '../../policy.ts';
import { oneOf, optionalText, text } from '../../wire/fields.ts';
import type { Fields } from '../../wire/fields.ts';
import type { Call, Operations } from '../../wire/operation.ts';
import type { Organization, OrganizationPolicy } from '../../world.ts';
import { POLICY_TYPES } from './policy-types.ts';
import { leadersOrganization, paged, refused, refuseTags } from './shared.ts';

export const policies: Operations = {
  CreatePolicy(call) {
    const organization = leadersOrganization(call);
    refuseTags(call);
    const { input, world } = call;
    const type = oneOf(text(input, 'Type'), 'type', POLICY_TYPES);
    const id = organizationPolicyId(world);
    const owner = `arn:${world.partition}:organizations::${world.managementAccount}`;
    const policy: OrganizationPolicy = {
      id,
      arn: `${owner}:policy/${organization.id}/${type.toLowerCase()}/${id}`,
      name: freeName(organization, type, text(input, 'Name')),
      description: optionalText(input, 'Description') ?? '',
      type,
      awsManaged: false,
      content: contentOf(text(input, 'Content')),
    };
    organization.policies.set(id, policy);
    return { Policy: whole(policy) };
  },

  UpdatePolicy(call) {
    const { organization, policy } = policyOf(call);
    if (policy.awsManaged)
      throw refused('PolicyChangesNotAllowedException', "AWS's own policies can't be changed.");
    const { input } = call;
    const name = optionalText(input, 'Name') ?? policy.name;
    const content = optionalText(input, 'Content');
    const updated: OrganizationPolicy = {
      ...policy,
      name: name === policy.name ? name : freeName(organization, policy.type, name),
      description: optionalText(input, 'Description') ?? policy.description,
      content: content === null ? policy.content : contentOf(content),
    };
    organization.policies.set(policy.id, updated);
    return { Policy: whole(updated) };
  },

  DescribePolicy: (call) => ({ Policy: whole(policyOf(call).policy) }),

  ListPolicies(call) {
    const organization = leadersOrganization(call);
    const type = oneOf(text(call.input, 'Filter'), 'filter', POLICY_TYPES);
    const all = [...organization.policies.values()].filter((policy) => policy.type === type);
    return paged(call, 'Policies', all, summary);
  },
};

/** The policy that the request names, once the caller may do this to it. */
export function policyOf(call: Call): {
  readonly organization: Organization;
  readonly policy: OrganizationPolicy;
} {
  const id = text(call.input, 'PolicyId');
  const organization = leadersOrganization(call, id);
  const policy = organization.policies.get(id);
  if (policy === undefined)
    throw refused('PolicyNotFoundException', "You specified a policy that doesn't exist.");
  return { organization, policy };
}

export function summary(policy: OrganizationPolicy): Fields {
  return {
    Id: policy.id,
    Arn: policy.arn,
    Name: policy.name,
    Description: policy.description,
    Type: policy.type,
    AwsManaged: policy.awsManaged,
  };
}

function whole(policy: OrganizationPolicy): Fields {
  return { PolicySummary: summary(policy), Content: policy.content };
}

function contentOf(content: string): string {
  if (rawStatements(content) === null) {
    throw refused(
      'MalformedPolicyDocumentException',
      'The provided policy document does not meet the requirements of the specified policy type.',
    );
  }
  return content;
}

function freeName(organization: Organization, type: string, name: string): string {
  const taken = [...organization.policies.values()].some(
    (policy) => policy.type === type && policy.name === name,
  );
  if (taken) throw refused('DuplicatePolicyException', 'A policy with the same name already exists.');
  return name;
}
