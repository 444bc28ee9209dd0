/** Makes the keys and the replication roles that the layout asks for; one after another, so that ids stay. */
import { CreatePolicyCommand, CreateRoleCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import {
  CreateAliasCommand,
  CreateGrantCommand,
  CreateKeyCommand,
  DisableKeyCommand,
  type CreateGrantCommandInput,
  type CreateKeyCommandInput,
} from '@aws-sdk/client-kms';
import type { Clients } from './clients.ts';
import { placeOf, type Directory, type KeyPlace } from './directory.ts';
import { trust } from './document.ts';
import { keyPolicy } from './key-policies.ts';
import { replicaKeys, type DemoBucket, type ReplicaKey } from './layout/bucket.ts';
import type { AccountName } from './organization.ts';
import { boundaries, replicationPermissions } from './permissions.ts';
import { batchRole, batchRoles, roles, type DemoRole } from './roles.ts';

/** The name by which every usual key is known in its place. */
export const dataAlias = 'alias/s3-data';

/** A key in every place where a bucket or a replica is encrypted, and the special ones that replication rules name. */
export async function makeKeys(clients: Clients, directory: Directory): Promise<void> {
  for (const [name, place] of keyPlaces(directory)) {
    const { account, region, special } = place;
    const kms = clients.kms(account, region);
    const made = await kms.send(new CreateKeyCommand(keyInput(clients, directory, place)));
    const { Arn = '', KeyId: TargetKeyId } = made.KeyMetadata ?? {};
    if (special === null) await kms.send(new CreateAliasCommand({ AliasName: dataAlias, TargetKeyId }));
    if (special === 'disabled') await kms.send(new DisableKeyCommand({ KeyId: TargetKeyId }));
    if (special === 'by a grant') await kms.send(new CreateGrantCommand(grantOf(clients, Arn)));
    directory.keys.set(name, Arn);
  }
}

function keyInput(
  clients: Clients,
  directory: Directory,
  { account, special }: KeyPlace,
): CreateKeyCommandInput {
  const sources = directory.buckets
    .filter((bucket) => bucket.account === account)
    .flatMap((bucket) => directory.sourcesOf(bucket));
  const Policy = keyPolicy(
    clients.idOf(account),
    [...new Set(sources)].map((source) => clients.idOf(source)),
    special,
  );
  const Description = 'S3 data';
  if (special !== 'for signing') return { Description, Policy };
  return { Description, Policy, KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' };
}

/** To the usual role of payments, which is yet to be made. */
function grantOf(clients: Clients, KeyId: string): CreateGrantCommandInput {
  return {
    KeyId,
    GranteePrincipal: `arn:aws:iam::${clients.idOf('payments')}:role${roles.usual.path}${roles.usual.name}`,
    Operations: ['Decrypt', 'Encrypt', 'GenerateDataKey'],
  };
}

function keyPlaces(directory: Directory): ReadonlyMap<string, KeyPlace> {
  const ofBuckets = directory.buckets
    .filter(({ encryption }) => encryption !== undefined && encryption !== 'kms under aws/s3')
    .map(({ account, region }) => ({ account, region, special: null }));
  const ofReplicas = directory.buckets.flatMap((bucket) =>
    (bucket.routes ?? []).flatMap(({ to, replicaKey }) =>
      replicaKey === undefined || replicaKey === 'managed by AWS'
        ? []
        : [replicaKeyPlace(bucket, directory.bucket(to), replicaKey)],
    ),
  );
  return new Map([...ofBuckets, ...ofReplicas].map((place) => [placeOf(place), place]));
}

/** Where the key is that a replication rule names. */
export function replicaKeyPlace(
  source: DemoBucket,
  destination: DemoBucket,
  replicaKey: ReplicaKey,
): KeyPlace {
  return {
    account: replicaKey === "of the source's account" ? source.account : destination.account,
    region: replicaKey === 'in source Region' ? source.region : destination.region,
    special: replicaKeys[replicaKey],
  };
}

/** Each role in each account whose buckets name it, as far as it is to be there. */
export async function makeRoles(clients: Clients, directory: Directory): Promise<void> {
  const wanted = new Map(
    directory.buckets
      .filter(({ routes = [] }) => routes.length > 0)
      .map(({ account, role = 'usual' }) => [`${account} ${role}`, { account, role: roles[role] }]),
  );
  for (const { account, role } of wanted.values()) await makeRole(clients, account, role);
  for (const [account, may] of batchRoles) await makeRole(clients, account, batchRole(may));
}

async function makeRole(clients: Clients, account: AccountName, role: DemoRole): Promise<void> {
  const { name: RoleName, madeAt, may = replicationPermissions(), boundary } = role;
  if (madeAt === null) return;
  const iam = clients.iam(account);
  await iam.send(
    new CreateRoleCommand({
      RoleName,
      Path: madeAt,
      AssumeRolePolicyDocument: trust({ Service: role.trusts }, trustedFor(clients, account, role)),
      ...(boundary === undefined
        ? {}
        : { PermissionsBoundary: await makeBoundary(clients, account, boundary) }),
    }),
  );
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'replicate', PolicyDocument: may }));
}

function trustedFor(
  clients: Clients,
  account: AccountName,
  { unscoped, trustsFor, trustsAlso = [] }: DemoRole,
): object | undefined {
  if (unscoped === true) return undefined;
  if (trustsFor !== undefined) return { ArnLike: { 'aws:SourceArn': `arn:aws:s3:::${trustsFor}` } };
  const ids = [account, ...trustsAlso].map((one) => clients.idOf(one));
  return { StringEquals: { 'aws:SourceAccount': ids.length === 1 ? ids[0] : ids } };
}

async function makeBoundary(
  clients: Clients,
  account: AccountName,
  PolicyName: keyof typeof boundaries,
): Promise<string> {
  const PolicyDocument = boundaries[PolicyName];
  const made = await clients.iam(account).send(new CreatePolicyCommand({ PolicyName, PolicyDocument }));
  return made.Policy?.Arn ?? '';
}
