/** An organization of which a scan with every rule makes every call that there is: what a rule may need is there to be read. */
import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  PutRolePermissionsBoundaryCommand,
} from '@aws-sdk/client-iam';
import { CreateKeyCommand } from '@aws-sdk/client-kms';
import {
  AttachPolicyCommand,
  CreatePolicyCommand as CreateOrganizationPolicyCommand,
  CreateOrganizationalUnitCommand,
  EnablePolicyTypeCommand,
  ListRootsCommand,
  MoveAccountCommand,
} from '@aws-sdk/client-organizations';
import {
  PutBucketEncryptionCommand,
  PutBucketPolicyCommand,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { estate, makeBucket, replicate, type Estate } from './estate.ts';
import { actionsOf, callerActionsOf, planOf } from '../../src/plan.ts';
import { select } from '../../src/selection.ts';
import { rules } from '../../rules/index.ts';
import type { SandboxOptions } from '../../sandbox/server.ts';
import { clientsOf, makeRole, policy, trust, type Clients } from '../sandbox/sdk.ts';

/** Every rule, those of policies among them, and a selector by tags. */
export const everything = select(rules, {
  preset: 'all',
  rules: { 'bucket-key-off': { only: { tags: { data: 'critical' } } } },
  policies: rules
    .filter((rule) => rule.policy === true)
    .map(({ id }) => ({ name: `policy ${id}`, rule: id })),
});
export const wholePlan = planOf(everything);

/** The organization; `partner` owns a destination and is in nobody's choice. */
export interface WholeEstate extends Estate {
  readonly partner: string;
  /** The same as whoever may do what `replint policy --caller` prints, in a role named `runner`. */
  readonly asRunner: Estate;
}

export const may = (names: readonly string[]): string =>
  policy({ Effect: 'Allow', Action: [...names], Resource: '*' });

export async function wholeEstate(options: SandboxOptions = {}): Promise<WholeEstate> {
  const org = await estate(3, options);
  const [shop = '', vault = '', partner = ''] = org.accounts;
  const admin = clientsOf(org.sandbox, org.sandbox.administrator);
  const runner = await makeRunner(org, admin);
  for (const account of org.accounts) {
    org.sandbox.world.accounts
      .get(account)
      ?.roles.get('ReplintAudit')
      ?.inline.set('inline', may(actionsOf(wholePlan)));
  }
  await hangPolicies(admin, shop);
  const near = await org.s3(shop, 'eu-west-1');
  const far = await org.s3(vault, 'eu-central-1');
  await makeBucket(near, 'orders');
  await makeBucket(far, 'orders-replica');
  await encrypt(near, 'orders', await makeKey(await org.inside(shop), near));
  const replica = await makeKey(await org.inside(vault), far);
  await replicate(near, 'orders', await makeReplicationRole(await org.inside(shop)), 'orders-replica', {
    SourceSelectionCriteria: { SseKmsEncryptedObjects: { Status: 'Enabled' } },
    Destination: {
      Bucket: 'arn:aws:s3:::orders-replica',
      EncryptionConfiguration: { ReplicaKmsKeyID: replica },
    },
  });
  await near.send(new PutObjectCommand({ Bucket: 'orders', Key: 'a', Body: 'a' }));
  await makeBatchRole(await org.inside(shop));
  await replicateToStranger(await org.s3(partner, 'eu-west-1'), near, shop);
  const administrator = { ...org.sandbox.administrator, ...runner };
  return { ...org, partner, asRunner: { ...org, sandbox: { ...org.sandbox, administrator } } };
}

/** Keys of a role in the management account that may do what `replint policy --caller` prints, and the audit role there. */
async function makeRunner(
  { sandbox: { world } }: Estate,
  admin: Clients,
): Promise<{ readonly accessKeyId: string; readonly secretAccessKey: string }> {
  const account = world.managementAccount;
  const trusted = trust(`arn:aws:iam::${account}:root`);
  const role = await makeRole(admin.iam, 'runner', trusted, may(callerActionsOf(wholePlan)));
  await makeRole(admin.iam, 'ReplintAudit', trusted, may(actionsOf(wholePlan)));
  const runner = { accessKeyId: 'AKIARUNNER', secretAccessKey: 'what-nobody-may-see' };
  const arn = `arn:aws:sts::${account}:assumed-role/runner/scan`;
  const caller = { account, arn, userId: 'AROARUNNER:scan', role, sessionName: 'scan' };
  world.credentials.set(runner.accessKeyId, { ...runner, sessionToken: null, expires: null, caller });
  return runner;
}

/** Both types of policy, one of our own, and an OU. */
async function hangPolicies({ organizations }: Clients, account: string): Promise<void> {
  const { Roots } = await organizations.send(new ListRootsCommand({}));
  const RootId = Roots?.[0]?.Id ?? '';
  for (const PolicyType of ['SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY'] as const) {
    await organizations.send(new EnablePolicyTypeCommand({ RootId, PolicyType }));
  }
  const made = await organizations.send(
    new CreateOrganizationalUnitCommand({ ParentId: RootId, Name: 'Workloads' }),
  );
  const DestinationParentId = made.OrganizationalUnit?.Id ?? '';
  await organizations.send(
    new MoveAccountCommand({ AccountId: account, SourceParentId: RootId, DestinationParentId }),
  );
  const Content = policy({ Effect: 'Deny', Action: 's3:DeleteBucket', Resource: '*' });
  const named = { Name: 'keep-buckets', Description: 'keeps them', Type: 'SERVICE_CONTROL_POLICY' } as const;
  const own = await organizations.send(new CreateOrganizationPolicyCommand({ ...named, Content }));
  const PolicyId = own.Policy?.PolicySummary?.Id ?? '';
  await organizations.send(new AttachPolicyCommand({ PolicyId, TargetId: RootId }));
}

async function makeKey({ kms }: Clients, s3: S3Client): Promise<string> {
  kms.config.region = s3.config.region;
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
  return KeyMetadata?.Arn ?? '';
}

async function encrypt(s3: S3Client, Bucket: string, KMSMasterKeyID: string): Promise<void> {
  const byDefault = { SSEAlgorithm: 'aws:kms', KMSMasterKeyID } as const;
  await s3.send(
    new PutBucketEncryptionCommand({
      Bucket,
      ServerSideEncryptionConfiguration: { Rules: [{ ApplyServerSideEncryptionByDefault: byDefault }] },
    }),
  );
}

/** With a policy of each kind: inline, attached, and a boundary. */
async function makeReplicationRole({ iam }: Clients): Promise<string> {
  const Principal = { Service: 's3.amazonaws.com' };
  const trusted = policy({ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' });
  const arn = await makeRole(iam, 'replication', trusted, may(['s3:*']));
  const made = await iam.send(
    new CreatePolicyCommand({ PolicyName: 'keys', PolicyDocument: may(['kms:*', 's3:*']) }),
  );
  const PolicyArn = made.Policy?.Arn ?? '';
  await iam.send(new AttachRolePolicyCommand({ RoleName: 'replication', PolicyArn }));
  const boundary = { RoleName: 'replication', PermissionsBoundary: PolicyArn };
  await iam.send(new PutRolePermissionsBoundaryCommand(boundary));
  return arn;
}

async function makeBatchRole({ iam }: Clients): Promise<void> {
  const Principal = { Service: 'batchoperations.s3.amazonaws.com' };
  const trusted = policy({ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' });
  await makeRole(iam, 'batch', trusted, may(['s3:InitiateReplication']));
}

/** A destination in an account that is not scanned, and that lets the source's account list it. */
async function replicateToStranger(there: S3Client, near: S3Client, shop: string): Promise<void> {
  await makeBucket(there, 'partner-inbound');
  const Policy = policy({
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${shop}:root` },
    Action: 's3:ListBucket',
    Resource: 'arn:aws:s3:::partner-inbound',
  });
  await there.send(new PutBucketPolicyCommand({ Bucket: 'partner-inbound', Policy }));
  await makeBucket(near, 'invoices');
  await replicate(near, 'invoices', `arn:aws:iam::${shop}:role/replication`, 'partner-inbound');
}
