/** The AWS managed policies that a role of the sandbox can have: much shorter than AWS's own. */

export interface AwsManagedPolicy {
  readonly arn: string;
  readonly id: string;
  readonly name: string;
  readonly path: string;
  readonly text: string;
}

function allowing(actions: readonly string[]): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }],
  });
}

const READ = [
  'account:Get*',
  'account:List*',
  'cloudwatch:Get*',
  'cloudwatch:List*',
  'iam:Get*',
  'iam:List*',
  'kms:Describe*',
  'kms:Get*',
  'kms:List*',
  'organizations:Describe*',
  'organizations:List*',
];

const CONFIGURATION = [
  's3:GetAccountPublicAccessBlock',
  's3:GetBucket*',
  's3:GetEncryptionConfiguration',
  's3:GetInventoryConfiguration',
  's3:GetLifecycleConfiguration',
  's3:GetReplicationConfiguration',
  's3:ListAllMyBuckets',
  's3:ListBucket',
];

const POLICIES: Readonly<Record<string, { readonly id: string; readonly text: string }>> = {
  AdministratorAccess: { id: 'ANPAADMINISTRATORACCESS', text: allowing(['*']) },
  ReadOnlyAccess: { id: 'ANPAREADONLYACCESSREAD', text: allowing([...READ, 's3:Get*', 's3:List*']) },
  SecurityAudit: { id: 'ANPASECURITYAUDITAUDIT', text: allowing([...READ, ...CONFIGURATION]) },
};

/** The policy of this ARN, or null where AWS (as the sandbox knows it) has none. */
export function awsManagedPolicy(partition: string, arn: string): AwsManagedPolicy | null {
  const prefix = `arn:${partition}:iam::aws:policy/`;
  const name = arn.startsWith(prefix) ? arn.slice(prefix.length) : '';
  const policy = Object.hasOwn(POLICIES, name) ? POLICIES[name] : undefined;
  return policy === undefined ? null : { arn, name, path: '/', ...policy };
}
