/** Spoils a generated organization here and there, the same every time, so that a scan of it has something to find. */
import { unitId } from './ids.ts';
import { replicatingOfAccount } from './generated.ts';
import { hangFullAccess } from './services/organizations/policy-types.ts';
import type { Account, Bucket, Organization, World } from './world.ts';

/** An account, and its buckets in their order: the sources, their destinations, and all that does not replicate. */
interface Place {
  readonly account: Account;
  readonly buckets: readonly Bucket[];
}

/** What is wrong in every so many accounts. */
const faults: readonly (readonly [every: number, spoil: (place: Place, world: World) => unknown])[] = [
  [
    5,
    ({ buckets }) => {
      put(buckets[replicatingOfAccount], 'versioning', /Enabled/, 'Suspended');
    },
  ],
  [
    7,
    ({ buckets }) => {
      put(buckets[0], 'encryption', /true/, 'false');
    },
  ],
  [11, ({ account }) => account.roles.get('replication')?.inline.clear()],
  [
    13,
    ({ buckets }) => {
      put(buckets[2], 'replication', /<Status>Enabled<.Status><Dest/, '<Status>Disabled</Status><Dest');
    },
  ],
  [17, ({ account }) => account.roles.delete('replication')],
  [19, ({ buckets }, world) => world.buckets.delete(buckets[replicatingOfAccount + 3]?.name ?? '')],
  [
    23,
    ({ account }) => {
      disableKeys(account);
    },
  ],
  [59, ({ account }) => account.roles.delete('ReplintAudit')],
  [97, ({ account }) => (account.state = 'SUSPENDED')],
];

const units = ['Payments', 'Logistics', 'Research', 'Retail', 'Platform'];

/** In this many accounts the routes into the next account were forgotten there. */
const forgotten = 6;

/** Lets most routes into other accounts through, spoils the world, and gives its organization units of their own. */
export function spoil(world: World, organization: Organization): void {
  const [workloads = organization.rootId] = organization.units.keys();
  const below = units.map((name) => {
    const id = unitId(world, organization.rootId);
    organization.units.set(id, { id, name, parent: workloads });
    hangFullAccess(organization, id);
    return id;
  });
  const members = [...organization.parents.keys()].filter((id) => id !== world.managementAccount);
  const owned = new Map<string, Bucket[]>(members.map((id) => [id, []]));
  for (const bucket of world.buckets.values()) owned.get(bucket.account)?.push(bucket);
  for (const [at, id] of members.entries()) {
    const account = world.accounts.get(id);
    if (account === undefined) continue;
    organization.parents.set(id, below[at % below.length] ?? workloads);
    const place = { account, buckets: owned.get(id) ?? [] };
    if (at % forgotten !== forgotten - 1) for (const bucket of place.buckets) letThrough(bucket, world);
    for (const [every, fault] of faults) if (at % every === every - 1) fault(place, world);
  }
}

/** The destination's owner lets the source's account write replicas, and use the keys for them. */
function letThrough(source: Bucket, world: World): void {
  const replication = source.documents.get('replication') ?? '';
  const [, name = '', owner = ''] = /<Bucket>[^<]*:::([^<]+)<.Bucket><Account>(\d+)</.exec(replication) ?? [];
  const Principal = { AWS: `arn:aws:iam::${source.account}:root` };
  const write = ['s3:ReplicateObject', 's3:ReplicateDelete', 's3:ReplicateTags'];
  const Action = [...write, 's3:ObjectOwnerOverrideToBucketOwner'];
  const takes = {
    Sid: 'TakeReplicas',
    Effect: 'Allow',
    Principal,
    Action,
    Resource: `arn:aws:s3:::${name}/*`,
  };
  world.buckets
    .get(name)
    ?.documents.set('policy', JSON.stringify({ Version: '2012-10-17', Statement: [takes] }));
  const [, key = ''] = /<ReplicaKmsKeyID>[^<]*:key.([^<]+)</.exec(replication) ?? [];
  const held = world.accounts.get(owner)?.keys.get(key);
  if (held === undefined) return;
  const own = {
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${owner}:root` },
    Action: 'kms:*',
    Resource: '*',
  };
  const use = {
    ...own,
    Sid: 'Replication',
    Principal,
    Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:GenerateDataKey*'],
  };
  held.policy = JSON.stringify({ Version: '2012-10-17', Statement: [own, use] });
}

function put(bucket: Bucket | undefined, document: string, what: RegExp, instead: string): void {
  const before = bucket?.documents.get(document);
  if (before !== undefined) bucket?.documents.set(document, before.replace(what, instead));
}

function disableKeys({ keys }: Account): void {
  for (const key of keys.values()) key.state = 'Disabled';
}
