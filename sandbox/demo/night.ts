/** What changed in the demo's organization between last night's scan and today's, so that a report has something to compare. */
import {
  PutBucketRequestPaymentCommand,
  PutBucketVersioningCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { Clients } from './clients.ts';
import type { AccountName } from './organization.ts';
import type { Sandbox } from '../server.ts';

/** Somebody switched its versioning on again. */
const mended = { name: 'acme-dr-shop-images', account: 'recovery' } as const;
/** Somebody made its readers pay. */
const broken = { name: 'acme-analytics-publications', account: 'analytics' } as const;

/** Puts a seeded organization back by a day, runs something there, and lets the day pass. */
export async function lastNight(sandbox: Sandbox, run: () => Promise<unknown>): Promise<void> {
  const clients = new Clients(sandbox);
  try {
    const images = await ownerOf(sandbox, clients, mended);
    const publications = await ownerOf(sandbox, clients, broken);
    await version(images, 'Suspended');
    await charge(publications, 'BucketOwner');
    await run();
    await version(images, 'Enabled');
    await charge(publications, 'Requester');
  } finally {
    clients.close();
  }
}

async function ownerOf(
  { world }: Sandbox,
  clients: Clients,
  { name, account }: { readonly name: string; readonly account: AccountName },
): Promise<S3Client> {
  const bucket = world.buckets.get(name);
  if (bucket === undefined) throw new Error(`The demo has no bucket '${name}'.`);
  await clients.enter(account, bucket.account);
  return clients.s3({ account, region: bucket.region });
}

async function version(s3: S3Client, Status: 'Enabled' | 'Suspended'): Promise<void> {
  await s3.send(new PutBucketVersioningCommand({ Bucket: mended.name, VersioningConfiguration: { Status } }));
}

async function charge(s3: S3Client, Payer: 'BucketOwner' | 'Requester'): Promise<void> {
  await s3.send(
    new PutBucketRequestPaymentCommand({ Bucket: broken.name, RequestPaymentConfiguration: { Payer } }),
  );
}
