/** What an S3 operation is, to the router and to those who write one. */
import type { ServiceResponse, SignedRequest } from '../../service.ts';
import type { Bucket, World } from '../../world.ts';

/** A call of an operation on a bucket that exists, in its Region, by one who may. */
export interface Call {
  readonly world: World;
  readonly request: SignedRequest;
  readonly bucket: Bucket;
  /** Empty for operations on the bucket itself. */
  readonly key: string;
}

/** A call that comes before there is a bucket. */
export type EarlyCall = Omit<Call, 'bucket' | 'key'> & { readonly bucketName: string };

interface Described {
  /** As the API calls it, without the service: `GetBucketReplication`. */
  readonly name: string;
  /** Query parameters that it understands, the sub-resource's own name aside. */
  readonly parameters?: readonly string[];
}

/** An operation on a bucket or an object. */
export interface BucketOperation extends Described {
  /** The IAM actions that it takes, without the service. */
  readonly actions: (request: SignedRequest) => readonly string[];
  /** Answered from every Region. */
  readonly anyRegion?: boolean;
  readonly handle: (call: Call) => ServiceResponse;
}

/** ListBuckets and CreateBucket, which look after their own access. */
export interface EarlyOperation extends Described {
  readonly early: (call: EarlyCall) => ServiceResponse;
}

export type Operation = BucketOperation | EarlyOperation;

/** An XML answer. */
export function xmlResponse(body: string, headers: Readonly<Record<string, string>> = {}): ServiceResponse {
  return { status: 200, headers: { 'content-type': 'application/xml', ...headers }, body };
}

/** An answer without a body. */
export function emptyResponse(
  status: number,
  headers: Readonly<Record<string, string>> = {},
): ServiceResponse {
  return { status, headers, body: '' };
}

/** A bucket's or an object's ARN. */
export function arnOf(world: World, bucket: string, key = ''): string {
  return `arn:${world.partition}:s3:::${bucket}${key === '' ? '' : `/${key}`}`;
}
