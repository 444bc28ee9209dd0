/**
 * What S3 asks when it replicates.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/setting-repl-config-perm-overview.html
 */
import { contextOf, together, type Context, type Under } from './context.ts';
import type { Principal } from './principal.ts';
import {
  alwaysThere,
  bucketPart,
  keyPart,
  placePart,
  principalPart,
  sourcePart,
  tagsPart,
  writtenPart,
  type Place,
  type Replicator,
  type Written,
} from './replication-context.ts';
import type { Request } from './request.ts';

export type { Membership, Place, Replicator, Written } from './replication-context.ts';

/** Something done to the bucket itself: `s3:ListBucket`, `s3:GetReplicationConfiguration`. */
export function onBucket(replicator: Replicator, bucket: Place, action: string): Request {
  return requestOf(replicator, bucket, action, bucket.arn, s3Context(bucket, {}));
}

/** Something done to all objects whose keys begin with the prefix. */
export function onObjects(
  replicator: Replicator,
  bucket: Place,
  action: string,
  prefix: string,
  written: Written = {},
): Request {
  return requestOf(replicator, bucket, action, objectsOf(bucket, prefix), s3Context(bucket, written));
}

/**
 * Something done with a key for the objects of a bucket. Under a Bucket Key the encryption context is the bucket's ARN.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-config-for-kms-objects.html#bk-replication
 */
export function onKey(
  replicator: Replicator,
  key: Place,
  action: string,
  objects: { readonly bucket: Place; readonly prefix: string; readonly bucketKey: boolean },
): Request {
  const { bucket, prefix, bucketKey } = objects;
  const object = bucketKey ? [bucket.arn] : objectsOf(bucket, prefix);
  return requestOf(replicator, key, action, key.arn, {
    parts: [keyPart({ replicator, key }), new Map([[encryptionContext, object]])],
    sets: 'under' in object ? [[encryptionContext, object]] : [],
  });
}

const encryptionContext = 'kms:EncryptionContext:aws:s3:arn'.toLowerCase();

/** S3 assumes the role for the sake of a bucket. */
export function onTrust(
  role: { readonly arn: string; readonly account: string },
  source: Place,
  service = 's3.amazonaws.com',
): Request {
  return {
    principal: { kind: 'service', name: service },
    action: 'sts:AssumeRole',
    resource: role.arn,
    resourceAccount: role.account,
    context: together(
      { parts: [alwaysThere, sourcePart({ source, service })], sets: [] },
      contextOf({ 'aws:ResourceAccount': [role.account] }),
    ),
  };
}

/** All objects of a bucket whose keys begin so. */
export function objectsOf({ arn }: Place, prefix: string): Under {
  return { under: `${arn}/${prefix}` };
}

function requestOf(
  replicator: Replicator,
  place: Place,
  action: string,
  resource: string | Under,
  more: Context,
): Request {
  const parts = [
    alwaysThere,
    principalPart(replicator),
    tagsPart(replicator),
    placePart(place),
    ...more.parts,
  ];
  const context = { parts, sets: more.sets };
  return { principal: principalOf(replicator), action, resource, resourceAccount: place.account, context };
}

function s3Context(bucket: Place, written: Written): Context {
  return { parts: [bucketPart(bucket), writtenPart(written)], sets: [] };
}

/** How S3 names its session no page tells. */
function principalOf({ arn, account }: Replicator): Principal {
  return { kind: 'role', arn, account, session: null };
}
