/** How an object is encrypted: by the request, else by the bucket's default. */
import type { SignedRequest } from '../../service.ts';
import { childOf, textAt } from '../../xml.ts';
import type { Bucket, World } from '../../world.ts';
import { storedDocument } from './stored-document.ts';
import { invalidArgument, invalidRequest } from './errors.ts';
import type { Call } from './operation.ts';

const sse = 'x-amz-server-side-encryption';
const customer = `${sse}-customer-algorithm`;
const customerKey = `${sse}-customer-key-md5`;

/** The key's ARN; an alias or the AWS managed key as far as the world knows it. */
function keyArn(world: World, bucket: Bucket, key: string): string {
  if (key.startsWith('arn:') && !key.includes(':alias/')) return key;
  const alias = key.slice(key.indexOf('alias/'));
  const account = world.accounts.get(bucket.account);
  const id = key.includes('alias/') ? account?.aliases.get(`${bucket.region}/${alias}`) : key;
  const place = `arn:${world.partition}:kms:${bucket.region}:${bucket.account}:`;
  return id === undefined ? place + alias : (account?.keys.get(id)?.arn ?? `${place}key/${id}`);
}

function customerHeaders({ headers }: SignedRequest): Record<string, string> | null {
  const algorithm = headers[customer];
  if (algorithm === undefined) return null;
  if (algorithm !== 'AES256') throw invalidArgument('The requested encryption algorithm is not valid.');
  return { [customer]: algorithm, [customerKey]: headers[customerKey] ?? '' };
}

/** The headers that a new object gets for its encryption, and that reads of it give back. */
export function encryptionHeaders({ world, request, bucket }: Call): Record<string, string> {
  const rule = childOf(storedDocument(bucket, 'encryption'), 'Rule');
  const byDefault = childOf(rule, 'ApplyServerSideEncryptionByDefault');
  const byCustomer = customerHeaders(request);
  if (byCustomer) return byCustomer;
  const asked = request.headers[sse];
  const algorithm = asked ?? textAt(byDefault, 'SSEAlgorithm') ?? 'AES256';
  if (!['AES256', 'aws:kms', 'aws:kms:dsse'].includes(algorithm)) {
    throw invalidRequest('The encryption method specified is not supported');
  }
  if (algorithm === 'AES256') return { [sse]: algorithm };
  const requested = request.headers[`${sse}-aws-kms-key-id`];
  const ofBucket = asked === undefined ? textAt(byDefault, 'KMSMasterKeyID') : undefined;
  const bucketKey = request.headers[`${sse}-bucket-key-enabled`] ?? textAt(rule, 'BucketKeyEnabled');
  return {
    [sse]: algorithm,
    [`${sse}-aws-kms-key-id`]: keyArn(world, bucket, requested ?? ofBucket ?? 'alias/aws/s3'),
    ...(bucketKey === 'true' ? { [`${sse}-bucket-key-enabled`]: 'true' } : {}),
  };
}
