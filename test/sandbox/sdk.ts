/** The AWS SDK's clients, pointed at a sandbox, and the steps that many tests begin with. */
import { AccountClient } from '@aws-sdk/client-account';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { KMSClient } from '@aws-sdk/client-kms';
import {
  CreateAccountCommand,
  CreateOrganizationCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import type { Sandbox } from '../../sandbox/server.ts';

/** What a client signs with. */
export interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export interface Clients {
  readonly account: AccountClient;
  readonly cloudwatch: CloudWatchClient;
  readonly iam: IAMClient;
  readonly kms: KMSClient;
  readonly organizations: OrganizationsClient;
  readonly sts: STSClient;
}

/** A client of each service, for these keys. */
export function clientsOf(sandbox: Sandbox, credentials: Keys, region = 'us-east-1'): Clients {
  const options = { endpoint: sandbox.endpoint, credentials, region, maxAttempts: 1 };
  return {
    account: new AccountClient(options),
    cloudwatch: new CloudWatchClient(options),
    iam: new IAMClient(options),
    kms: new KMSClient(options),
    organizations: new OrganizationsClient(options),
    sts: new STSClient(options),
  };
}

/** What AWS would not do, and why. */
export interface Refusal {
  readonly code: string;
  readonly status: number | undefined;
  readonly message: string;
}

/** The error that a call ends with; a call that succeeds is an error of the test. */
export async function refusalOf(call: Promise<unknown>): Promise<Refusal> {
  const outcome = await call.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(outcome instanceof Error)) throw new Error('The call was to be refused, and was not.');
  // Every error of the SDK's clients carries the answer's metadata.
  const { $metadata } = outcome as Error & { $metadata?: { httpStatusCode?: number } };
  return { code: outcome.name, status: $metadata?.httpStatusCode, message: outcome.message };
}

/** The keys of a session in this role. */
export async function keysOf(sts: STSClient, RoleArn: string, ExternalId?: string): Promise<Keys> {
  const request = { RoleArn, RoleSessionName: 'test', ...(ExternalId === undefined ? {} : { ExternalId }) };
  const { Credentials } = await sts.send(new AssumeRoleCommand(request));
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {};
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
}

/** An organization with so many member accounts; gives their ids. */
export async function organize(admin: Clients, count: number): Promise<readonly string[]> {
  await admin.organizations.send(new CreateOrganizationCommand({}));
  const ids: string[] = [];
  for (let number = 1; number <= count; number++) {
    const made = await admin.organizations.send(
      new CreateAccountCommand({ AccountName: `account ${number}`, Email: `account${number}@example.com` }),
    );
    ids.push(made.CreateAccountStatus?.AccountId ?? '');
  }
  return ids;
}

/** Clients inside a member account, as the role that Organizations left there. */
export async function enter(
  sandbox: Sandbox,
  admin: Clients,
  account: string,
  region?: string,
): Promise<Clients> {
  const keys = await keysOf(admin.sts, `arn:aws:iam::${account}:role/OrganizationAccountAccessRole`);
  return clientsOf(sandbox, keys, region);
}

/** The text of a policy with these statements. */
export function policy(...Statement: readonly object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement });
}

/** A trust policy for this AWS principal. */
export function trust(AWS: string, more: object = {}): string {
  return policy({ Effect: 'Allow', Principal: { AWS }, Action: 'sts:AssumeRole', ...more });
}

/** A role with one inline policy; gives its ARN. */
export async function makeRole(
  iam: IAMClient,
  RoleName: string,
  trusted: string,
  document?: string,
): Promise<string> {
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trusted }));
  if (document !== undefined) {
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'inline', PolicyDocument: document }));
  }
  return Role?.Arn ?? '';
}
