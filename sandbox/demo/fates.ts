/** What went wrong later: AWS takes a healthy configuration only, and then things change. */
import {
  DeleteBucketCommand,
  DeleteBucketPolicyCommand,
  DeletePublicAccessBlockCommand,
  PutBucketPolicyCommand,
  PutBucketRequestPaymentCommand,
  PutBucketVersioningCommand,
} from '@aws-sdk/client-s3';
import { DisableKeyCommand } from '@aws-sdk/client-kms';
import { makeBucket } from './buckets.ts';
import type { Clients } from './clients.ts';
import type { Directory } from './directory.ts';
import { policy } from './document.ts';
import { rewrittenPolicy } from './fates-of-policies.ts';
import type { DemoBucket } from './layout/bucket.ts';
import type { Sandbox } from '../server.ts';

/** Who takes the names of others. */
const usurper = 'lake';

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
    case 'taken by another account': {
      await s3.send(new DeleteBucketCommand({ Bucket }));
      await makeBucket(clients, directory, { ...bucket, account: usurper });
      return;
    }
    case 'policy taken away':
      await s3.send(new DeleteBucketPolicyCommand({ Bucket }));
      return;
    case 'key disabled': {
      const KeyId = directory.key(bucket.account, bucket.region);
      await clients.kms(bucket.account, bucket.region).send(new DisableKeyCommand({ KeyId }));
      return;
    }
    default: {
      if (bucket.fate === 'opened to everybody')
        await s3.send(new DeletePublicAccessBlockCommand({ Bucket }));
      const Policy = policy(...rewrittenPolicy(clients, directory, bucket, bucket.fate));
      await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
    }
  }
}
