/** The two types of policy that the sandbox has, and the policy that AWS hangs everywhere for each of them. */
import type { Organization, OrganizationPolicy } from '../../world.ts';

export const POLICY_TYPES = ['SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY'] as const;

export type PolicyType = (typeof POLICY_TYPES)[number];

/** Type → the id of AWS's policy that allows everything. */
export const FULL_ACCESS: Readonly<Record<PolicyType, string>> = {
  SERVICE_CONTROL_POLICY: 'p-FullAWSAccess',
  RESOURCE_CONTROL_POLICY: 'p-RCPFullAWSAccess',
};

export function fullAccessPolicies(partition: string): readonly OrganizationPolicy[] {
  return POLICY_TYPES.map((type) => {
    const id = FULL_ACCESS[type];
    const principal = type === 'RESOURCE_CONTROL_POLICY' ? { Principal: '*' } : {};
    const statement = { Effect: 'Allow', ...principal, Action: '*', Resource: '*' };
    return {
      id,
      arn: `arn:${partition}:organizations::aws:policy/${type.toLowerCase()}/${id}`,
      name: id.slice('p-'.length),
      description: 'Allows access to every operation',
      type,
      awsManaged: true,
      content: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }),
    };
  });
}

/** The policies that hang from a new OU or account: full access, of each type that is on. */
export function hangFullAccess(organization: Organization, target: string): void {
  const ids = POLICY_TYPES.filter((type) => organization.policyTypes.has(type)).map(
    (type) => FULL_ACCESS[type],
  );
  organization.attachments.set(target, new Set(ids));
}
