/** What went wrong later: AWS takes a healthy configuration only, and then things change. */
import {
  DeleteBucketCommand,
  PutBucketPolicyCommand,
  PutBucketRequestPaymentCommand,
  PutBucketVersioningCommand,
} from '@aws-sdk/client-s3';
import { accessRole, type Clients } from './clients.ts';
import type { Directory } from './directory.ts';
import type { DemoBucket } from './layout/bucket.ts';
import { acceptReplicas, denyReads, policy } from './policies.ts';
import type { Sandbox } from '../server.ts';

/** Lets a bucket meet its fate, where it has one. */
export async function befall(
  sandbox: Sandbox,
  clients: Clients,
  directory: Directory,
  bucket: DemoBucket,
): Promise<void> {
  const s3 = clients.s3(bucket);
  const Bucket = bucket.name;
  switch (bucket.fate) {
    case undefined:
      return;
    case 'versioning suspended': {
      const VersioningConfiguration = { Status: 'Suspended' } as const;
      await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
      return;
    }
    case 'versioning lost':
      // AWS refuses this while a replication configuration stands, and so does the sandbox: it is done behind its back.
      sandbox.world.buckets.get(Bucket)?.documents.delete('versioning');
      return;
    case 'deleted':
      await s3.send(new DeleteBucketCommand({ Bucket }));
      return;
    case 'requester pays': {
      const RequestPaymentConfiguration = { Payer: 'Requester' } as const;
      await s3.send(new PutBucketRequestPaymentCommand({ Bucket, RequestPaymentConfiguration }));
      return;
    }
    case 'reads partly denied':
      await s3.send(new PutBucketPolicyCommand({ Bucket, Policy: shut(clients, directory, bucket) }));
      return;
  }
}

function shut(clients: Clients, directory: Directory, bucket: DemoBucket): string {
  const sources = directory.sourcesOf(bucket).map((account) => clients.idOf(account));
  const owner = `arn:aws:iam::${clients.idOf(bucket.account)}:role/${accessRole}`;
  return policy(acceptReplicas(bucket.name, sources), denyReads(bucket.name, owner));
}
