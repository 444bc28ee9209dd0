/** PutObject: the body is checked, encrypted by name, stored and replicated. */
import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { AwsError, notImplemented, type SignedRequest } from '../../service.ts';
import type { ObjectVersion, World } from '../../world.ts';
import { versioningOf } from './stored-document.ts';
import { encryptionHeaders } from './encryption.ts';
import { invalidArgument } from './errors.ts';
import { type BucketOperation, type Call, emptyResponse } from './operation.ts';
import { write } from './replicate.ts';
import { newVersionId } from './versions.ts';

// What the sandbox would have to act upon, and does not.
const unknownHeaders = [
  'x-amz-copy-source',
  'x-amz-website-redirect-location',
  'x-amz-write-offset-bytes',
  'x-amz-object-lock-mode',
  'x-amz-object-lock-retain-until-date',
  'x-amz-object-lock-legal-hold',
  'if-match',
  'if-none-match',
];

const keptHeaders = [
  'content-type',
  'content-encoding',
  'content-disposition',
  'content-language',
  'cache-control',
  'expires',
];

const storageClasses = new Set([
  'STANDARD',
  'REDUCED_REDUNDANCY',
  'STANDARD_IA',
  'ONEZONE_IA',
  'INTELLIGENT_TIERING',
  'GLACIER',
  'GLACIER_IR',
  'DEEP_ARCHIVE',
]);

function digest(algorithm: string, body: Buffer): string {
  return createHash(algorithm).update(body).digest('base64');
}

const checks: Readonly<Record<string, (body: Buffer) => string>> = {
  'content-md5': (body) => digest('md5', body),
  'x-amz-checksum-sha1': (body) => digest('sha1', body),
  'x-amz-checksum-sha256': (body) => digest('sha256', body),
  'x-amz-checksum-crc32': (body) => {
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32(body));
    return sum.toString('base64');
  },
};

/** Checks the checksums that the client sent and that Node can compute (not CRC32C and CRC64NVME). */
export function checkDigests({ headers, body }: SignedRequest): void {
  for (const [name, compute] of Object.entries(checks)) {
    const sent = headers[name];
    if (sent !== undefined && sent !== compute(body)) {
      throw new AwsError(
        'BadDigest',
        400,
        'The Content-MD5 or checksum value that you specified did not match.',
      );
    }
  }
}

/** When a write happens: now, or when `x-sandbox-created` says, by which tests get objects that are old. */
export function creationTime(world: World, { headers }: SignedRequest): Date {
  const asked = headers['x-sandbox-created'];
  if (asked === undefined) return world.now();
  const created = new Date(asked);
  if (Number.isNaN(created.getTime())) throw invalidArgument('x-sandbox-created is no date.');
  return created;
}

function tagsOf({ headers }: SignedRequest): { key: string; value: string }[] {
  const tags = [...new URLSearchParams(headers['x-amz-tagging'] ?? '')].map(([key, value]) => ({
    key,
    value,
  }));
  if (tags.length > 10) throw new AwsError('BadRequest', 400, 'Object tags cannot be greater than 10');
  return tags;
}

function storageClassOf({ headers }: SignedRequest): string {
  const name = headers['x-amz-storage-class'] ?? 'STANDARD';
  if (storageClasses.has(name)) return name;
  throw new AwsError('InvalidStorageClass', 400, 'The storage class you specified is not valid');
}

function kept({ headers }: SignedRequest): Record<string, string> {
  const names = Object.keys(headers).filter((name) => name.startsWith('x-amz-meta-'));
  const entries = [...names, ...keptHeaders].map((name) => [name, headers[name]] as const);
  const values = entries.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
  const encoding = headers['content-encoding']?.replace(/(^|,\s*)aws-chunked/, '');
  return {
    'content-type': 'binary/octet-stream',
    ...Object.fromEntries(values),
    ...(encoding === undefined ? {} : { 'content-encoding': encoding }),
  };
}

function newVersion(call: Call): ObjectVersion {
  const { world, request, bucket, key } = call;
  return {
    key,
    versionId: versioningOf(bucket) === 'Enabled' ? newVersionId(world) : 'null',
    deleteMarker: false,
    created: creationTime(world, request),
    size: request.body.length,
    etag: `"${createHash('md5').update(request.body).digest('hex')}"`,
    storageClass: storageClassOf(request),
    body: request.body,
    headers: { ...kept(request), ...encryptionHeaders(call) },
    tags: tagsOf(request),
    replicationStatus: null,
  };
}

function checkRequest({ request, key }: Call): void {
  const stranger = unknownHeaders.find((name) => request.headers[name] !== undefined);
  if (stranger !== undefined) throw notImplemented(`the header ${stranger}`);
  const acl = request.headers['x-amz-acl'] ?? 'private';
  if (!['private', 'bucket-owner-full-control'].includes(acl)) throw notImplemented(`the ACL ${acl}`);
  if (Buffer.byteLength(key) > 1024) throw new AwsError('KeyTooLongError', 400, 'Your key is too long');
}

/** The version's headers that speak of its encryption. */
function encryptionOf({ headers }: ObjectVersion): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => name.startsWith('x-amz-server-side-encryption')),
  );
}

/** PutObject. */
export const putObject: BucketOperation = {
  name: 'PutObject',
  actions: ({ headers }) =>
    headers['x-amz-tagging'] === undefined ? ['PutObject'] : ['PutObject', 'PutObjectTagging'],
  handle: (call) => {
    checkRequest(call);
    const stored = write(call.world, call.bucket, newVersion(call));
    const versionId = versioningOf(call.bucket) === null ? {} : { 'x-amz-version-id': stored.versionId };
    return emptyResponse(200, { etag: stored.etag, ...versionId, ...encryptionOf(stored) });
  },
};
