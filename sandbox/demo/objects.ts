/** Puts the objects, one after another: the order decides the version ids. */
import { PutObjectCommand } from '@aws-sdk/client-s3';
import type { Clients } from './clients.ts';
import type { DemoBucket } from './layout/bucket.ts';
import type { Sandbox } from '../server.ts';
import { fill, newVersionId } from '../services/s3/versions.ts';
import type { Bucket, ObjectVersion } from '../world.ts';

interface Batch {
  /** Begins the keys, after the layout's prefix. */
  readonly year: string;
  readonly count: number;
  /** The first object's time, from which the others follow by the hour; null is now. */
  readonly from: string | null;
  readonly storageClass?: 'DEEP_ARCHIVE';
}

const hour = 3_600_000;

/** What was there before the replication configuration. */
export async function putEarlyObjects(clients: Clients, bucket: DemoBucket): Promise<void> {
  const { before = 0, archived = 0, fresh = 0 } = bucket.objects ?? {};
  await put(clients, bucket, { year: '2024', count: before, from: '2024-03-01' });
  await put(clients, bucket, {
    year: '2023',
    count: archived,
    from: '2023-05-01',
    storageClass: 'DEEP_ARCHIVE',
  });
  await put(clients, bucket, { year: 'new', count: fresh, from: null });
}

/** What came under the replication configuration. */
export async function putObjects(clients: Clients, bucket: DemoBucket): Promise<void> {
  await put(clients, bucket, { year: '2025', count: bucket.objects?.after ?? 0, from: '2025-02-01' });
}

/** What came after the destination met its fate. */
export async function putLateObjects(clients: Clients, bucket: DemoBucket): Promise<void> {
  await put(clients, bucket, { year: '2026', count: bucket.objects?.late ?? 0, from: '2026-01-15' });
}

async function put(
  clients: Clients,
  bucket: DemoBucket,
  { year, count, from, storageClass }: Batch,
): Promise<void> {
  for (let number = 0; number < count; number += 1) {
    const command = new PutObjectCommand({
      Bucket: bucket.name,
      Key: `${bucket.objects?.prefix ?? ''}${year}/${String(number).padStart(4, '0')}.json`,
      Body: JSON.stringify({ number }),
      ...(storageClass === undefined ? {} : { StorageClass: storageClass }),
    });
    if (from !== null) createAt(command, new Date(Date.parse(from) + number * hour));
    await clients.s3(bucket).send(command);
  }
}

/** The sandbox's own header, by which an object is as old as one says. */
function createAt(command: PutObjectCommand, time: Date): void {
  command.middlewareStack.add(
    (next) => (args) => {
      // By the step `build` the SDK has made an HTTP request of the input.
      const { request } = args as { readonly request: { readonly headers: Record<string, string> } };
      request.headers['x-sandbox-created'] = time.toISOString();
      return next(args);
    },
    { step: 'build', name: 'sandboxCreated' },
  );
}

/** Thousands of objects, written into the world itself: over HTTP they would take longer than all the rest. */
export function fillBuckets({ world }: Sandbox, bucket: DemoBucket): void {
  const { prefix = '', bulk } = bucket.objects ?? {};
  const source = world.buckets.get(bucket.name);
  const destination = world.buckets.get(bucket.routes?.[0]?.to ?? '');
  if (bulk === undefined || source === undefined || destination === undefined) return;
  const versions = Array.from({ length: bulk.all }, (_, number): ObjectVersion => {
    const key = `${prefix}${String(number).padStart(5, '0')}.json`;
    return version(key, newVersionId(world), number, number < bulk.missing ? null : 'COMPLETED');
  });
  fillBoth(source, destination, versions);
}

function fillBoth(source: Bucket, destination: Bucket, versions: readonly ObjectVersion[]): void {
  fill(source, versions);
  const copied = versions.filter(({ replicationStatus }) => replicationStatus === 'COMPLETED');
  fill(
    destination,
    copied.map((one) => ({ ...one, replicationStatus: 'REPLICA' })),
  );
}

function version(
  key: string,
  versionId: string,
  number: number,
  replicationStatus: string | null,
): ObjectVersion {
  return {
    key,
    versionId,
    deleteMarker: false,
    created: new Date(Date.parse('2025-06-01') + number * 60_000),
    size: 0,
    etag: '"d41d8cd98f00b204e9800998ecf8427e"',
    storageClass: 'STANDARD',
    body: Buffer.alloc(0),
    headers: { 'content-type': 'application/json', 'x-amz-server-side-encryption': 'AES256' },
    tags: [],
    replicationStatus,
  };
}
