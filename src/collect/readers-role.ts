/** Readers of an IAM role: it, and every policy that is attached to it. */
import {
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  paginateListAttachedRolePolicies,
  paginateListRolePolicies,
  type IAMClient,
} from '@aws-sdk/client-iam';
import { required } from './answer.ts';
import type { PolicyDocument, RoleDefinition } from '../model/aws.ts';
import type { RoleFacts } from '../model/facts.ts';

type RoleReaders = {
  readonly definition: (iam: IAMClient, arn: string) => Promise<RoleFacts['definition']>;
  /** The boundary stands in the role's definition, which has been read. */
  readonly policies: (iam: IAMClient, role: RoleDefinition) => Promise<RoleFacts['policies']>;
};

export const roleReaders: RoleReaders = {
  definition: getRole,
  async policies(iam, { Arn, PermissionsBoundary }) {
    const RoleName = nameOf(Arn);
    const boundary = PermissionsBoundary?.PermissionsBoundaryArn;
    const [Inline, Attached, Boundary] = await Promise.all([
      inlinePolicies(iam, RoleName),
      attachedPolicies(iam, RoleName),
      boundary === undefined ? null : managedPolicy(iam, boundary),
    ]);
    return { Inline, Attached, Boundary };
  },
};

/** IAM asks for the name alone; the path is no part of it. */
function nameOf(arn: string): string {
  return arn.split('/').at(-1) ?? arn;
}

async function getRole(iam: IAMClient, arn: string): Promise<RoleDefinition> {
  const { Role } = await iam.send(new GetRoleCommand({ RoleName: nameOf(arn) }));
  const role = required(Role, 'Role');
  const boundary = role.PermissionsBoundary?.PermissionsBoundaryArn;
  return {
    Arn: required(role.Arn, 'Role.Arn'),
    AssumeRolePolicyDocument: decoded(role.AssumeRolePolicyDocument, 'Role.AssumeRolePolicyDocument'),
    ...(boundary === undefined ? {} : { PermissionsBoundary: { PermissionsBoundaryArn: boundary } }),
    Tags: (role.Tags ?? []).map(({ Key, Value }) => ({
      Key: required(Key, 'Role.Tags.Key'),
      Value: required(Value, 'Role.Tags.Value'),
    })),
  };
}

async function inlinePolicies(iam: IAMClient, RoleName: string): Promise<readonly PolicyDocument[]> {
  const names: string[] = [];
  for await (const page of paginateListRolePolicies({ client: iam }, { RoleName })) {
    names.push(...required(page.PolicyNames, 'PolicyNames'));
  }
  return Promise.all(
    names.map(async (Name) => {
      const { PolicyDocument: text } = await iam.send(
        new GetRolePolicyCommand({ RoleName, PolicyName: Name }),
      );
      return { Name, Document: decoded(text, 'PolicyDocument') };
    }),
  );
}

async function attachedPolicies(iam: IAMClient, RoleName: string): Promise<readonly PolicyDocument[]> {
  const arns: string[] = [];
  for await (const page of paginateListAttachedRolePolicies({ client: iam }, { RoleName })) {
    arns.push(
      ...required(page.AttachedPolicies, 'AttachedPolicies').map(({ PolicyArn }) =>
        required(PolicyArn, 'PolicyArn'),
      ),
    );
  }
  return Promise.all(arns.map((arn) => managedPolicy(iam, arn)));
}

async function managedPolicy(iam: IAMClient, PolicyArn: string): Promise<PolicyDocument> {
  const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn }));
  const VersionId = required(Policy?.DefaultVersionId, 'Policy.DefaultVersionId');
  const { PolicyVersion } = await iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId }));
  return { Name: PolicyArn, Document: decoded(PolicyVersion?.Document, 'PolicyVersion.Document') };
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html: URL-encoded, RFC 3986 */
function decoded(document: string | undefined, member: string): string {
  return decodeURIComponent(required(document, member));
}
