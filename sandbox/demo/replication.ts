/** A bucket's replication configuration, from its routes. */
import { PutBucketReplicationCommand, type Destination, type ReplicationRule } from '@aws-sdk/client-s3';
import type { Clients } from './clients.ts';
import type { Directory } from './directory.ts';
import type { DemoBucket, DemoRoute } from './layout/bucket.ts';
import { roles, type DemoRole } from './roles.ts';
import { dataAlias, replicaKeyPlace } from './security.ts';

/** Puts a bucket's replication configuration, where it has routes. */
export async function replicate(clients: Clients, directory: Directory, bucket: DemoBucket): Promise<void> {
  const { name: Bucket, account, role = 'usual', routes = [] } = bucket;
  if (routes.length === 0) return;
  const { path, name, account: owner = account }: DemoRole = roles[role];
  const ReplicationConfiguration = {
    Role: `arn:aws:iam::${clients.idOf(owner)}:role${path}${name}`,
    Rules: routes.map((route, index) => ruleOf(clients, directory, bucket, route, index + 1)),
  };
  await clients.s3(bucket).send(new PutBucketReplicationCommand({ Bucket, ReplicationConfiguration }));
}

function ruleOf(
  clients: Clients,
  directory: Directory,
  bucket: DemoBucket,
  route: DemoRoute,
  priority: number,
): ReplicationRule {
  const { id = `to-${route.to}`, prefix = '', disabled, version1 } = route;
  return {
    ID: id,
    Status: disabled === true ? 'Disabled' : 'Enabled',
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- what is deprecated is what is to be found
    ...(version1 === true ? { Prefix: prefix } : version2(route, priority)),
    ...selection(route),
    Destination: destinationOf(clients, directory, bucket, route),
  };
}

function version2(
  { prefix = '', tag, deleteMarkers }: DemoRoute,
  Priority: number,
): Pick<ReplicationRule, 'Priority' | 'Filter' | 'DeleteMarkerReplication'> {
  return {
    Priority,
    Filter: tag === undefined ? { Prefix: prefix } : { Tag: tag },
    DeleteMarkerReplication: { Status: deleteMarkers === true ? 'Enabled' : 'Disabled' },
  };
}

function selection({
  replicaKey,
  modificationSync,
}: DemoRoute): Pick<ReplicationRule, 'SourceSelectionCriteria'> {
  if (replicaKey === undefined && modificationSync !== true) return {};
  return {
    SourceSelectionCriteria: {
      ...(replicaKey === undefined ? {} : { SseKmsEncryptedObjects: { Status: 'Enabled' } }),
      ...(modificationSync === true ? { ReplicaModifications: { Status: 'Enabled' } } : {}),
    },
  };
}

function destinationOf(
  clients: Clients,
  directory: Directory,
  source: DemoBucket,
  { to, storageClass, timeControl, metricsOff, ownerOverride, ...route }: DemoRoute,
): Destination {
  const { account } = directory.bucket(to);
  const ReplicaKmsKeyID = replicaKeyOf(clients, directory, source, { to, ...route });
  return {
    Bucket: `arn:aws:s3:::${to}`,
    ...(storageClass === undefined ? {} : { StorageClass: storageClass }),
    ...(account === source.account && ownerOverride !== true ? {} : { Account: clients.idOf(account) }),
    ...(ownerOverride === true ? { AccessControlTranslation: { Owner: 'Destination' } } : {}),
    ...(ReplicaKmsKeyID === undefined ? {} : { EncryptionConfiguration: { ReplicaKmsKeyID } }),
    ...(timeControl === true ? { ReplicationTime: { Status: 'Enabled', Time: { Minutes: 15 } } } : {}),
    ...(metricsOff === true ? {} : { Metrics: metrics(timeControl === true) }),
  };
}

function replicaKeyOf(
  clients: Clients,
  directory: Directory,
  source: DemoBucket,
  { to, replicaKey }: DemoRoute,
): string | undefined {
  if (replicaKey === undefined) return undefined;
  if (replicaKey === 'by alias') return dataAlias;
  const destination = directory.bucket(to);
  if (replicaKey === 'managed by AWS')
    return `arn:aws:kms:${destination.region}:${clients.idOf(destination.account)}:alias/aws/s3`;
  const { account, region, special } = replicaKeyPlace(source, destination, replicaKey);
  return directory.key(account, region, special);
}

function metrics(timeControl: boolean): NonNullable<Destination['Metrics']> {
  return { Status: 'Enabled', ...(timeControl ? { EventThreshold: { Minutes: 15 } } : {}) };
}
