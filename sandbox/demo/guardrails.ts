/** The service and resource control policies over the demo's organization. */
import {
  AttachPolicyCommand,
  CreatePolicyCommand,
  DescribeOrganizationCommand,
  EnablePolicyTypeCommand,
  type PolicyType,
} from '@aws-sdk/client-organizations';
import type { Clients } from './clients.ts';
import { policy } from './document.ts';

interface Guardrail {
  readonly name: string;
  readonly type: Extract<PolicyType, `${string}_CONTROL_POLICY`>;
  /** The OU that it is over; null is the root. */
  readonly unit: string | null;
  readonly statements: readonly object[];
}

interface Ids {
  readonly organization: string;
  readonly development: readonly string[];
  readonly playground: string;
}

/** Two that every organization should have and that replication never meets, and two that stop it where somebody did not think of it. */
function guardrails(ids: Ids): readonly Guardrail[] {
  return [
    {
      name: 'NobodyLeaves',
      type: 'SERVICE_CONTROL_POLICY',
      unit: null,
      statements: [{ Effect: 'Deny', Action: 'organizations:LeaveOrganization', Resource: '*' }],
    },
    {
      name: 'DevelopmentStaysInDevelopment',
      type: 'SERVICE_CONTROL_POLICY',
      unit: 'Dev',
      statements: [
        {
          Sid: 'NoCopiesElsewhere',
          Effect: 'Deny',
          Action: 's3:ReplicateObject',
          Resource: '*',
          Condition: { StringNotEquals: { 'aws:ResourceAccount': ids.development } },
        },
      ],
    },
    {
      name: 'DataPerimeter',
      type: 'RESOURCE_CONTROL_POLICY',
      unit: null,
      statements: perimeter(ids.organization),
    },
    {
      name: 'SandboxTakesNoCompanyData',
      type: 'RESOURCE_CONTROL_POLICY',
      unit: 'Sandbox',
      statements: [
        {
          Sid: 'NothingFromOthers',
          Effect: 'Deny',
          Principal: '*',
          Action: 's3:ReplicateObject',
          Resource: '*',
          Condition: { StringNotEquals: { 'aws:PrincipalAccount': ids.playground } },
        },
      ],
    },
  ];
}

/** Only the organization's own principals, and only over TLS: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_examples.html */
function perimeter(organization: string): readonly object[] {
  const denied = { Effect: 'Deny', Principal: '*', Action: ['s3:*', 'kms:*'], Resource: '*' };
  return [
    {
      Sid: 'OnlyOurOrganization',
      ...denied,
      Condition: {
        StringNotEqualsIfExists: { 'aws:PrincipalOrgID': organization },
        BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
      },
    },
    { Sid: 'OnlyOverTls', ...denied, Condition: { BoolIfExists: { 'aws:SecureTransport': 'false' } } },
  ];
}

/** Hangs them; one after another, so that ids stay. */
export async function guard(
  clients: Clients,
  root: string,
  unitIds: ReadonlyMap<string, string>,
): Promise<void> {
  const organizations = clients.organizations();
  const { Organization } = await organizations.send(new DescribeOrganizationCommand({}));
  for (const PolicyType of ['SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY'] as const)
    await organizations.send(new EnablePolicyTypeCommand({ RootId: root, PolicyType }));
  const all = guardrails({
    organization: Organization?.Id ?? '',
    development: [clients.idOf('shopDev'), clients.idOf('paymentsDev')],
    playground: clients.idOf('playground'),
  });
  for (const { name: Name, type: Type, unit, statements } of all) {
    const command = new CreatePolicyCommand({ Name, Type, Description: '', Content: policy(...statements) });
    const PolicyId = (await organizations.send(command)).Policy?.PolicySummary?.Id;
    const TargetId = unit === null ? root : unitIds.get(unit);
    await organizations.send(new AttachPolicyCommand({ PolicyId, TargetId }));
  }
}
