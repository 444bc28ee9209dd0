/** Builds the demo's organization in an empty sandbox, by the writes that a customer of AWS would make. */
import pLimit from 'p-limit';
import { closeAccounts, makeOrganization, optIn, type AuditRole } from './accounts.ts';
import { makeBucket } from './buckets.ts';
import { Clients } from './clients.ts';
import { Directory } from './directory.ts';
import { befall } from './fates.ts';
import { keepHouse } from './housekeeping.ts';
import { buckets } from './layout.ts';
import type { DemoBucket } from './layout/bucket.ts';
import { measure } from './metrics.ts';
import { fillBuckets, putEarlyObjects, putLateObjects, putObjects } from './objects.ts';
import { replicate } from './replication.ts';
import { makeKeys, makeRoles } from './security.ts';
import type { Sandbox } from '../server.ts';

/** Buckets that are worked on at the same time. */
const atOnce = 16;

/**
 * Seeds a sandbox that was just started. Whatever takes an id from the sandbox (accounts, roles, keys, versions) is written
 * one after another, so that the same ids come out every time.
 */
export async function seedDemo(sandbox: Sandbox, audit: AuditRole): Promise<void> {
  const clients = new Clients(sandbox);
  try {
    await makeOrganization(sandbox, clients, audit);
    const directory = new Directory(buckets, clients);
    await makeKeys(clients, directory);
    await makeRoles(clients, directory);
    await optIn(clients, 'eu-central-2', ['recovery', 'shared']);
    await fillIn(sandbox, clients, directory);
    await closeAccounts(clients);
  } finally {
    clients.close();
  }
}

async function fillIn(sandbox: Sandbox, clients: Clients, directory: Directory): Promise<void> {
  const each = async (step: (bucket: DemoBucket) => Promise<void>): Promise<void> => {
    const limit = pLimit(atOnce);
    await Promise.all(directory.buckets.map((bucket) => limit(() => step(bucket))));
  };
  const inTurn = async (step: (bucket: DemoBucket) => Promise<void>): Promise<void> => {
    for (const bucket of directory.buckets) await step(bucket);
  };
  await each((bucket) => makeBucket(clients, directory, bucket));
  await each((bucket) => keepHouse(clients, bucket));
  await inTurn((bucket) => putEarlyObjects(clients, bucket));
  await each((bucket) => replicate(clients, directory, bucket));
  await inTurn((bucket) => putObjects(clients, bucket));
  for (const bucket of directory.buckets) fillBuckets(sandbox, bucket);
  await each((bucket) => befall(sandbox, clients, directory, bucket));
  await inTurn((bucket) => putLateObjects(clients, bucket));
  await each((bucket) => measure(clients, directory, bucket));
}
