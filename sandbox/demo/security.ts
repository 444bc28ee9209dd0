/** Makes the keys and the replication roles that the layout asks for; one after another, so that ids stay. */
import { CreateRoleCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { CreateAliasCommand, CreateKeyCommand } from '@aws-sdk/client-kms';
import type { Clients } from './clients.ts';
import type { Directory } from './directory.ts';
import type { AccountName } from './organization.ts';
import { keyPolicy, replicationPermissions, trust } from './policies.ts';
import { roles, type DemoRole } from './roles.ts';

/** A key in every place where a bucket or a replica is encrypted. */
export async function makeKeys(clients: Clients, directory: Directory): Promise<void> {
  for (const [place, { account, region }] of keyPlaces(directory)) {
    const sources = directory.buckets
      .filter((bucket) => bucket.account === account)
      .flatMap((bucket) => directory.sourcesOf(bucket));
    const Policy = keyPolicy(
      clients.idOf(account),
      [...new Set(sources)].map((source) => clients.idOf(source)),
    );
    const kms = clients.kms(account, region);
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({ Description: 'S3 data', Policy }));
    const TargetKeyId = KeyMetadata?.KeyId;
    await kms.send(new CreateAliasCommand({ AliasName: 'alias/s3-data', TargetKeyId }));
    directory.keys.set(place, KeyMetadata?.Arn ?? '');
  }
}

interface Place {
  readonly account: AccountName;
  readonly region: string;
}

function keyPlaces(directory: Directory): ReadonlyMap<string, Place> {
  const ofBuckets = directory.buckets.filter(
    ({ encryption }) => encryption !== undefined && encryption !== 'kms under aws/s3',
  );
  const ofReplicas = directory.buckets.flatMap(({ region, routes = [] }) =>
    routes
      .filter(({ replicaKey }) => replicaKey === 'in source Region')
      .map(({ to }) => ({ account: directory.bucket(to).account, region })),
  );
  return new Map([...ofBuckets, ...ofReplicas].map((place) => [`${place.account} ${place.region}`, place]));
}

/** Each role in each account whose buckets name it, as far as it is to be there. */
export async function makeRoles(clients: Clients, directory: Directory): Promise<void> {
  const wanted = new Map(
    directory.buckets
      .filter(({ routes = [] }) => routes.length > 0)
      .map(({ account, role = 'usual' }) => [`${account} ${role}`, { account, role: roles[role] }]),
  );
  for (const { account, role } of wanted.values()) await makeRole(clients, account, role);
}

async function makeRole(
  clients: Clients,
  account: AccountName,
  { name, madeAt, trusts }: DemoRole,
): Promise<void> {
  if (madeAt === null) return;
  const iam = clients.iam(account);
  const AssumeRolePolicyDocument = trust({ Service: trusts });
  await iam.send(new CreateRoleCommand({ RoleName: name, Path: madeAt, AssumeRolePolicyDocument }));
  const PolicyDocument = replicationPermissions;
  await iam.send(new PutRolePolicyCommand({ RoleName: name, PolicyName: 'replicate', PolicyDocument }));
}
