/**
 * As many calls, as many at once, with the SDK and nothing else: one client, keys that are there, one request handler. The calls are
 * those of which a scan is made, the replication and encryption of buckets.
 */
import { GetBucketEncryptionCommand, GetBucketReplicationCommand, S3Client } from '@aws-sdk/client-s3';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { Agent } from 'node:http';
import { costOf } from './cost.ts';
import { auditRole, bucketsOfAccount } from '../../sandbox/generated.ts';

const [calls = '0', atOnce = '1'] = process.argv.slice(2);
const RoleArn = `arn:aws:iam::100000000000:role/${auditRole}`;
const { Credentials: keys } = await new STSClient({}).send(
  new AssumeRoleCommand({ RoleArn, RoleSessionName: 'floor' }),
);
const s3 = new S3Client({
  forcePathStyle: true,
  credentials: {
    accessKeyId: keys?.AccessKeyId ?? '',
    secretAccessKey: keys?.SecretAccessKey ?? '',
    sessionToken: keys?.SessionToken ?? '',
  },
  requestHandler: new NodeHttpHandler({ httpAgent: new Agent({ keepAlive: true, maxSockets: 256 }) }),
});

let left = Number(calls);
async function work(): Promise<void> {
  while (left > 0) {
    left -= 1;
    const Bucket = `acme-0-data-${3 * Math.floor((left / 2) % (bucketsOfAccount / 3))}`;
    if (left % 2 === 0) await s3.send(new GetBucketEncryptionCommand({ Bucket }));
    else await s3.send(new GetBucketReplicationCommand({ Bucket })).catch(absent);
  }
}

/** Most buckets replicate nothing, of a scan's as well. */
function absent(error: unknown): void {
  if (error instanceof Error && error.name === 'ReplicationConfigurationNotFoundError') return;
  throw error;
}

const cost = await costOf(() => Promise.all(Array.from({ length: Number(atOnce) }, work)));
process.stdout.write(JSON.stringify(cost));
