/** What went wrong later: AWS takes a healthy configuration only, and then things change. */
import {
  DeleteBucketCommand,
  DeletePublicAccessBlockCommand,
  PutBucketPolicyCommand,
  PutBucketRequestPaymentCommand,
  PutBucketVersioningCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { DisableKeyCommand } from '@aws-sdk/client-kms';
import { accessRole, type Clients } from './clients.ts';
import type { Directory } from './directory.ts';
import type { DemoBucket } from './layout/bucket.ts';
import {
  acceptReplicas,
  acceptReplicasOf,
  denyReads,
  onlyOurEndpoint,
  openToEverybody,
  policy,
} from './policies.ts';
import { roles } from './roles.ts';
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
    case 'opened to everybody':
      await s3.send(new DeletePublicAccessBlockCommand({ Bucket }));
      await putPolicy(s3, Bucket, accept(clients, directory, bucket), openToEverybody(Bucket));
      return;
    case 'reads partly denied':
      await putPolicy(
        s3,
        Bucket,
        accept(clients, directory, bucket),
        denyReads(Bucket, ownerOf(clients, bucket)),
      );
      return;
    case 'fenced in':
      await putPolicy(s3, Bucket, accept(clients, directory, bucket), onlyOurEndpoint(Bucket));
      return;
    case 'fenced in but for the role':
      await putPolicy(
        s3,
        Bucket,
        accept(clients, directory, bucket),
        onlyOurEndpoint(Bucket, replicatorOf(clients, directory, bucket)),
      );
      return;
    case 'role made again':
      // The id into which AWS turned the ARN of the role that was deleted.
      await putPolicy(s3, Bucket, acceptReplicasOf(Bucket, ['AROAACMEACMEACMEACME1']));
      return;
    case 'key disabled': {
      const KeyId = directory.key(bucket.account, bucket.region);
      await clients.kms(bucket.account, bucket.region).send(new DisableKeyCommand({ KeyId }));
      return;
    }
  }
}

async function putPolicy(s3: S3Client, Bucket: string, ...statements: readonly object[]): Promise<void> {
  await s3.send(new PutBucketPolicyCommand({ Bucket, Policy: policy(...statements) }));
}

function accept(clients: Clients, directory: Directory, bucket: DemoBucket): object {
  const sources = directory.sourcesOf(bucket).map((account) => clients.idOf(account));
  return acceptReplicas(bucket.name, sources);
}

function ownerOf(clients: Clients, { account }: DemoBucket): string {
  return `arn:aws:iam::${clients.idOf(account)}:role/${accessRole}`;
}

/** The usual role of the first account that replicates into the bucket. */
function replicatorOf(clients: Clients, directory: Directory, bucket: DemoBucket): string {
  const [source = bucket.account] = directory.sourcesOf(bucket);
  return `arn:aws:iam::${clients.idOf(source)}:role${roles.usual.path}${roles.usual.name}`;
}
