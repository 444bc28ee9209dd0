/**
 * A generated organization, written straight into a sandbox's world: accounts of fifty buckets in three Regions, a tenth of which
 * replicate, half of those into the next account, two fifths with keys of their own.
 */
import { addAccount, createWorld } from './create.ts';
import { keyId, organizationId, rootId, unitId } from './ids.ts';
import { addRole } from './services/iam/roles.ts';
import {
  FULL_ACCESS,
  fullAccessPolicies,
  hangFullAccess,
  POLICY_TYPES,
} from './services/organizations/policy-types.ts';
import type { Account, Organization, World } from './world.ts';

export const bucketsOfAccount = 50;
export const replicatingOfAccount = 5;
export const auditRole = 'ReplintAudit';

const regions = ['us-east-1', 'eu-west-1', 'ap-southeast-2'] as const;
const xmlns = 'xmlns="http://s3.amazonaws.com/doc/2006-03-01/"';
const versioned = `<VersioningConfiguration ${xmlns}><Status>Enabled</Status></VersioningConfiguration>`;

/** What stands at each index of an account's buckets. */
interface Place {
  readonly account: Account;
  readonly at: number;
}

/** What reads configuration, whoever asks. */
const reading = [
  ...['account:Get*', 'account:List*', 'cloudwatch:GetMetricData', 'iam:Get*', 'iam:List*'],
  ...['kms:Describe*', 'kms:Get*', 'kms:List*', 's3:Get*', 's3:List*'],
];

/** Makes the world; `actions` is what the audit role may do. */
export function organizationOf(accounts: number, actions: readonly string[] = reading): World {
  const world = createWorld();
  const organization = found(world);
  const all = Array.from({ length: accounts }, (_, at): Place => {
    const id = (100_000_000_000 + at).toString();
    const account = addAccount(world, id, `account-${at}`, `account-${at}@example.com`);
    organization.parents.set(id, [...organization.units.keys()][0] ?? organization.rootId);
    hangFullAccess(organization, id);
    return { account, at };
  });
  for (const { account } of all) addRoles(world, account, actions);
  for (const place of all) addBuckets(world, place, all[(place.at + 1) % accounts] ?? place);
  return world;
}

function found(world: World): Organization {
  const root = rootId(world);
  const unit = unitId(world, root);
  const organization: Organization = {
    id: organizationId(world),
    rootId: root,
    units: new Map([[unit, { id: unit, name: 'Workloads', parent: root }]]),
    parents: new Map([[world.managementAccount, root]]),
    policies: new Map(fullAccessPolicies(world.partition).map((policy) => [policy.id, policy])),
    attachments: new Map([root, unit].map((target) => [target, new Set(Object.values(FULL_ACCESS))])),
    policyTypes: new Set(POLICY_TYPES),
    accountRequests: new Map(),
    delegated: new Map(),
  };
  world.organization = organization;
  return organization;
}

const document = (statement: object): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] });

function addRoles(world: World, account: Account, actions: readonly string[]): void {
  const role = (name: string, principal: object): ReturnType<typeof addRole> =>
    addRole(world, account, {
      name,
      path: '/',
      trust: document({ Principal: principal, Action: 'sts:AssumeRole' }),
      description: null,
      maxSession: 3600,
      boundary: null,
    });
  const management = { AWS: `arn:aws:iam::${world.managementAccount}:root` };
  role(auditRole, management).inline.set('audit', document({ Action: actions, Resource: '*' }));
  const may = document({ Action: ['s3:*', 'kms:*'], Resource: '*' });
  role('replication', { Service: 's3.amazonaws.com' }).inline.set('replicate', may);
}

function addKey(world: World, account: Account, region: string): string {
  const id = keyId(world, false);
  const arn = `arn:aws:kms:${region}:${account.id}:key/${id}`;
  account.keys.set(id, {
    id,
    arn,
    region,
    created: world.now(),
    description: '',
    spec: 'SYMMETRIC_DEFAULT',
    usage: 'ENCRYPT_DECRYPT',
    multiRegion: false,
    manager: 'CUSTOMER',
    state: 'Enabled',
    deletion: null,
    policy: document({
      Principal: { AWS: `arn:aws:iam::${account.id}:root` },
      Action: 'kms:*',
      Resource: '*',
    }),
    grants: new Map(),
  });
  return arn;
}

const regionAt = (index: number): string => regions[index % regions.length] ?? regions[0];
const nameAt = ({ at }: Place, index: number): string => `acme-${at}-data-${index}`;

/** The first five replicate, each to the bucket five further on: of this account, or of the next. */
function addBuckets(world: World, place: Place, next: Place): void {
  const documents = Array.from({ length: bucketsOfAccount }, () => new Map<string, string>());
  for (let index = 0; index < bucketsOfAccount; index += 1) {
    const name = nameAt(place, index);
    const region = regionAt(index);
    world.buckets.set(name, {
      name,
      account: place.account.id,
      region,
      created: world.now(),
      objectLockAtCreation: false,
      documents: documents[index] ?? new Map<string, string>(),
      versions: [],
    });
  }
  for (let index = 0; index < replicatingOfAccount; index += 1) {
    const to = isAcross(place, index) ? next : place;
    const encrypted = index < 2;
    const key = encrypted ? addKey(world, to.account, regionAt(index + replicatingOfAccount)) : null;
    const own = encrypted ? addKey(world, place.account, regionAt(index)) : null;
    documents[index]?.set('versioning', versioned);
    documents[index]?.set('replication', replication(place, to, index, key));
    if (own !== null) documents[index]?.set('encryption', encryption(own));
    documents[index + replicatingOfAccount]?.set('versioning', versioned);
  }
}

/** Half of all routes: two and three of five by turns. */
function isAcross({ at }: Place, index: number): boolean {
  return (at + index) % 2 === 1;
}

function encryption(key: string): string {
  const byDefault = `<SSEAlgorithm>aws:kms</SSEAlgorithm><KMSMasterKeyID>${key}</KMSMasterKeyID>`;
  return `<ServerSideEncryptionConfiguration ${xmlns}><Rule><ApplyServerSideEncryptionByDefault>${byDefault}</ApplyServerSideEncryptionByDefault><BucketKeyEnabled>true</BucketKeyEnabled></Rule></ServerSideEncryptionConfiguration>`;
}

function replication(from: Place, to: Place, index: number, key: string | null): string {
  const bucket = `<Bucket>arn:aws:s3:::${nameAt(to, index + replicatingOfAccount)}</Bucket>`;
  const account = from === to ? '' : `<Account>${to.account.id}</Account>`;
  const owner =
    from === to ? '' : '<AccessControlTranslation><Owner>Destination</Owner></AccessControlTranslation>';
  const replicaKey =
    key === null
      ? ''
      : `<EncryptionConfiguration><ReplicaKmsKeyID>${key}</ReplicaKmsKeyID></EncryptionConfiguration>`;
  const criteria =
    key === null
      ? ''
      : '<SourceSelectionCriteria><SseKmsEncryptedObjects><Status>Enabled</Status></SseKmsEncryptedObjects></SourceSelectionCriteria>';
  const rule = `<ID>all</ID><Priority>1</Priority><Filter></Filter><Status>Enabled</Status>${criteria}<Destination>${bucket}${account}${owner}${replicaKey}</Destination><DeleteMarkerReplication><Status>Disabled</Status></DeleteMarkerReplication>`;
  return `<ReplicationConfiguration ${xmlns}><Role>arn:aws:iam::${from.account.id}:role/replication</Role><Rule>${rule}</Rule></ReplicationConfiguration>`;
}
