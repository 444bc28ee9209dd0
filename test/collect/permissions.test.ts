/**
 * Proof that `replint policy` prints nothing that is not used: each action is taken away alone, and something is then
 * unknown, or nobody can scan. Whatever a new rule reads is in the plan and so in this list; where the estate below does not
 * make a scan need it, its line fails.
 */
import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  PutRolePermissionsBoundaryCommand,
} from '@aws-sdk/client-iam';
import { CreateKeyCommand } from '@aws-sdk/client-kms';
import {
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
import { afterAll, beforeAll, expect, it } from 'vitest';
import { estate, makeBucket, read, replicate, type Estate } from './estate.ts';
import { surveyCalls, tellings, type Told } from '../../src/facts.ts';
import type { BucketLine, EndLine, StrangerLine } from '../../src/model/estate.ts';
import type { Cause, Observed } from '../../src/model/facts.ts';
import { CannotRun } from '../../src/model/cannot-run.ts';
import { actionsOf, callerActionsOf, planOf } from '../../src/plan.ts';
import { select } from '../../src/selection.ts';
import { openSnapshot } from '../../src/snapshot/snapshot.ts';
import { rules } from '../../rules/index.ts';
import { clientsOf, makeRole, policy, trust, type Clients } from '../sandbox/sdk.ts';

/** Every rule, those of policies among them, and a selector by tags. */
const everything = select(rules, {
  preset: 'all',
  rules: { 'bucket-key-off': { only: { tags: { data: 'critical' } } } },
  policies: rules
    .filter((rule) => rule.policy === true)
    .map(({ id }) => ({ name: `policy ${id}`, rule: id })),
});
const plan = planOf(everything);
const actions = actionsOf(plan);
const callerActions = callerActionsOf(plan);

/** The calls that an action allows. */
function callsOf(action: string): readonly string[] {
  const told: readonly Told[] = Object.values(tellings).flatMap((facts) => Object.values<Told>(facts));
  const pairs = [
    ...told.flatMap((one) => [one, ...(one.also ?? [])]),
    ...Object.entries(surveyCalls).map(([call, by]) => ({ call, action: by })),
  ];
  return [...new Set(pairs.filter((pair) => pair.action === action).map(({ call }) => call))];
}

let org: Estate;
let runner: { readonly accessKeyId: string; readonly secretAccessKey: string };
let partner = '';

const may = (names: readonly string[]): string =>
  policy({ Effect: 'Allow', Action: [...names], Resource: '*' });

/** What a role may do from now on. */
function permit(account: string, role: string, names: readonly string[]): void {
  org.sandbox.world.accounts.get(account)?.roles.get(role)?.inline.set('inline', may(names));
}

const everywhere = (): readonly string[] => [org.sandbox.world.managementAccount, ...org.accounts];

beforeAll(async () => {
  org = await estate(3);
  const [shop = '', vault = '', third = ''] = org.accounts;
  partner = third;
  const admin = clientsOf(org.sandbox, org.sandbox.administrator);
  await makeRunner(admin);
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
  await replicateToStranger(near, shop);
});

afterAll(() => org.close());

/** Keys of a role in the management account that may do what `replint policy --caller` prints, and the audit role there. */
async function makeRunner(admin: Clients): Promise<void> {
  const { world } = org.sandbox;
  const account = world.managementAccount;
  const trusted = trust(`arn:aws:iam::${account}:root`);
  const role = await makeRole(admin.iam, 'runner', trusted, may(callerActions));
  await makeRole(admin.iam, 'ReplintAudit', trusted, may(actions));
  runner = { accessKeyId: 'AKIARUNNER', secretAccessKey: 'runner' };
  const arn = `arn:aws:sts::${account}:assumed-role/runner/scan`;
  const caller = { account, arn, userId: 'AROARUNNER:scan', role, sessionName: 'scan' };
  world.credentials.set(runner.accessKeyId, { ...runner, sessionToken: null, expires: null, caller });
}

/** Both types of policy, and an OU. */
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
async function replicateToStranger(near: S3Client, shop: string): Promise<void> {
  const there = await org.s3(partner, 'eu-west-1');
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

interface Scanned {
  /** Why things are unknown. */
  readonly causes: readonly Cause[];
  /** What the stranger's bucket answered. */
  readonly stranger: number | null;
}

const without = (all: readonly string[], action: string): readonly string[] =>
  all.filter((one) => one !== action);

/** Scans as the runner, without the account of the partner; the audit roles and the runner may do what is given. */
async function scan(role = actions, caller = callerActions): Promise<Scanned> {
  for (const account of everywhere()) permit(account, 'ReplintAudit', role);
  permit(org.sandbox.world.managementAccount, 'runner', caller);
  const place: Estate = {
    ...org,
    sandbox: { ...org.sandbox, administrator: { ...org.sandbox.administrator, ...runner } },
  };
  const choice = { include: {}, exclude: { accounts: [partner] } };
  const fast = { perSecond: 1000, burst: 1000 };
  const organizationRates = { listPoliciesForTarget: fast, describePolicy: fast };
  await read(place, { plan, choice, organizationRates });
  const { manifest, buckets, ends } = openSnapshot(org.folder);
  const lines: readonly (BucketLine | EndLine)[] = [...buckets(), ...ends()];
  const facts = lines.flatMap((line) => Object.values<Observed<unknown>>(line.facts));
  const causes = [
    ...manifest.organization.accounts.flatMap((one) => ('causes' in one ? one.causes : [])),
    ...facts.flatMap((fact) => (fact.known ? [] : fact.causes)),
  ];
  const presence = lines.find((line): line is StrangerLine => line.kind === 'stranger')?.facts.presence;
  return { causes, stranger: presence?.known === true ? presence.value.status : null };
}

it('with all that is printed everything is known', async () => {
  expect(await scan()).toEqual({ causes: [], stranger: 200 });
});

/** What is unknown is so for want of this action, and of nothing else. */
function expectDenied(action: string, causes: readonly Cause[]): void {
  expect(causes).not.toEqual([]);
  const others = causes.filter(
    ({ reason, call = '' }) => reason !== 'access-denied' || !callsOf(action).includes(call),
  );
  expect(others).toEqual([]);
}

it.each(actions)('the role needs %s', async (action) => {
  const { causes, stranger } = await scan(without(actions, action));
  if (action !== 's3:ListBucket') {
    expectDenied(action, causes);
    return;
  }
  // A refusal of HeadBucket is an answer too: the bucket is there. Whether it would let us in is what the action tells.
  expect({ causes, stranger }).toEqual({ causes: [], stranger: 403 });
});

it.each(without(callerActions, 'organizations:ListAccounts'))('the caller needs %s', async (action) => {
  const { causes } = await scan(actions, without(callerActions, action));
  // Where the audit role cannot be assumed, the caller's own account is tried with its own credentials, which may not read.
  const own = action === 'sts:AssumeRole' ? causes.filter(({ call }) => call !== 's3:ListBuckets') : causes;
  expectDenied(action, own);
});

it('the caller needs organizations:ListAccounts, without which no scan begins', async () => {
  const scanning = scan(actions, without(callerActions, 'organizations:ListAccounts'));
  await expect(scanning).rejects.toThrow(CannotRun);
  await expect(scanning).rejects.toThrow('to perform: organizations:ListAccounts');
});
