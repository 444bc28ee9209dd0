/** The way to a bucket: it exists, it is in the Region, it is whose it is said to be, and the caller may. */
import { authorise } from '../../authorise.ts';
import { AwsError } from '../../service.ts';
import type { Bucket } from '../../world.ts';
import { accessDenied, noSuchBucket } from './errors.ts';
import { arnOf, type BucketOperation, type Call } from './operation.ts';

/** Throws AccessDenied unless the caller may do `action` to the bucket, or to the key in it. */
export function authoriseOn(call: Call, action: string, key = call.key): void {
  const { world, request, bucket } = call;
  const policy = bucket.documents.get('policy') ?? null;
  authorise(world, request.caller, `s3:${action}`, arnOf(world, bucket.name, key), bucket.account, policy);
}

function checkRegion({ request, bucket }: Call): void {
  if (request.region === bucket.region) return;
  const message =
    'The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.';
  throw new AwsError('PermanentRedirect', 301, message);
}

function checkOwner({ request, bucket }: Call): void {
  const expected = request.headers['x-amz-expected-bucket-owner'];
  if (expected !== undefined && expected !== bucket.account) throw accessDenied();
}

/** S3 names the bucket's Region in its refusals, which is how clients find their way. */
function withRegion(thrown: unknown, bucket: Bucket): unknown {
  if (!(thrown instanceof AwsError)) return thrown;
  const headers = { ...thrown.headers, 'x-amz-bucket-region': bucket.region };
  return new AwsError(thrown.code, thrown.status, thrown.message, headers);
}

/** The call, once everything is in order. */
export function reach(before: Omit<Call, 'bucket'>, name: string, operation: BucketOperation): Call {
  const bucket = before.world.buckets.get(name);
  if (!bucket) throw noSuchBucket();
  const call = { ...before, bucket };
  try {
    if (!operation.anyRegion) checkRegion(call);
    checkOwner(call);
    for (const action of operation.actions(call.request)) authoriseOn(call, action);
  } catch (thrown) {
    throw withRegion(thrown, bucket);
  }
  return call;
}
