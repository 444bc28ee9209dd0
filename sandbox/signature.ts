/** Signature version 4, checked: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { type ChunkCheck, decodeChunked } from './chunked.ts';
import { canonicalRequest, type RawRequest, type Scope } from './canonical.ts';
import { type Dialect, refuse } from './dialect.ts';
import { AwsError, notImplemented } from './service.ts';
import type { Credential, World } from './world.ts';

/** A request whose signature holds. */
interface Checked {
  readonly credential: Credential;
  readonly body: Buffer;
  /** The headers that came behind an aws-chunked payload. */
  readonly trailers: Readonly<Record<string, string>>;
}

const algorithm = 'AWS4-HMAC-SHA256';
const quarterOfAnHour = 15 * 60_000;

function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex');
}

function hmac(key: string | Buffer, data: string): Buffer {
  return createHmac('sha256', key).update(data).digest();
}

/** Reads the Authorization header; null where the request is not signed at all. */
export function readScope(raw: RawRequest): Scope | null {
  if (/(^|&)X-Amz-Signature=/i.test(raw.rawQuery)) throw notImplemented('presigned requests');
  const header = raw.headers['authorization'];
  if (header === undefined) return null;
  const match =
    /^AWS4-HMAC-SHA256 +Credential=([^/,]+)\/(\d{8})\/([^/,]+)\/([^/,]+)\/aws4_request, *SignedHeaders=([^,]+), *Signature=([0-9a-f]{64})$/.exec(
      header,
    );
  if (!match) throw notImplemented(`the authorization ${header.split(' ')[0] ?? ''}`);
  const [, accessKeyId = '', date = '', region = '', service = '', names = '', signature = ''] = match;
  return { accessKeyId, date, region, service, signedHeaders: names.split(';'), signature };
}

const keys = new Map<string, Buffer>();

// Deriving a key takes four HMACs, and clients use one key for a day.
function signingKey(secret: string, { date, region, service }: Scope): Buffer {
  const name = `${secret}/${date}/${region}/${service}`;
  const known = keys.get(name);
  if (known) return known;
  if (keys.size > 20_000) keys.clear();
  const key = hmac(hmac(hmac(hmac(`AWS4${secret}`, date), region), service), 'aws4_request');
  keys.set(name, key);
  return key;
}

function timestampOf(raw: RawRequest): string {
  const stamp = raw.headers['x-amz-date'];
  if (stamp !== undefined) return stamp;
  const date = new Date(raw.headers['date'] ?? '');
  return Number.isNaN(date.getTime()) ? '' : date.toISOString().replace(/[:-]|\.\d{3}/g, '');
}

function millisecondsOf(stamp: string): number {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(stamp);
  if (!match) return Number.NaN;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number);
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

function isSame(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}

function checkCredential(world: World, raw: RawRequest, scope: Scope, dialect: Dialect): Credential {
  const credential = world.credentials.get(scope.accessKeyId);
  if (!credential) throw refuse(dialect, 'unknownKey');
  const token = raw.headers['x-amz-security-token'] ?? null;
  if (token !== credential.sessionToken) throw refuse(dialect, token === null ? 'unknownKey' : 'wrongToken');
  return credential;
}

function checkTime(world: World, stamp: string, scope: Scope, dialect: Dialect): void {
  const sent = millisecondsOf(stamp);
  if (!stamp.startsWith(scope.date)) throw refuse(dialect, 'wrongSignature');
  // Written so that a time that is no time fails as well.
  if (!(Math.abs(world.now().getTime() - sent) <= quarterOfAnHour)) throw refuse(dialect, 'skewed');
}

interface Signing {
  readonly key: Buffer;
  readonly stamp: string;
  readonly scope: Scope;
  readonly dialect: Dialect;
}

/** Each chunk's signature is chained to the one before, the first to the request's. */
function chunkCheck({ key, stamp, scope, dialect }: Signing): ChunkCheck {
  const where = `${scope.date}/${scope.region}/${scope.service}/aws4_request`;
  let previous = scope.signature;
  return (kind, bytes, signature) => {
    const head = kind === 'data' ? `${algorithm}-PAYLOAD` : `${algorithm}-TRAILER`;
    const hashes = kind === 'data' ? `${sha256('')}\n${sha256(bytes)}` : sha256(bytes);
    const expected = hmac(key, `${head}\n${stamp}\n${where}\n${previous}\n${hashes}`).toString('hex');
    if (!isSame(expected, signature)) throw refuse(dialect, 'wrongSignature');
    previous = signature;
  };
}

function checkPayload(
  raw: RawRequest,
  declared: string,
  bodyHash: string,
  signing: Signing,
): Omit<Checked, 'credential'> {
  if (declared.startsWith('STREAMING-')) {
    const signed = declared.startsWith(`STREAMING-${algorithm}-PAYLOAD`);
    if (!signed && declared !== 'STREAMING-UNSIGNED-PAYLOAD-TRAILER') throw notImplemented(declared);
    const payload = decodeChunked(raw.body, signed ? chunkCheck(signing) : null);
    if (Number(raw.headers['x-amz-decoded-content-length'] ?? payload.body.length) !== payload.body.length) {
      throw new AwsError(
        'IncompleteBody',
        400,
        'The payload is not as long as x-amz-decoded-content-length says.',
      );
    }
    return payload;
  }
  if (declared !== 'UNSIGNED-PAYLOAD' && declared !== bodyHash) {
    throw new AwsError(
      'XAmzContentSHA256Mismatch',
      400,
      "The provided 'x-amz-content-sha256' header does not match what was computed.",
    );
  }
  return { body: raw.body, trailers: {} };
}

/** Checks key, token, time, signature and payload, in that order, and says no as the service's protocol does. */
export function checkSignature(world: World, raw: RawRequest, scope: Scope, dialect: Dialect): Checked {
  const credential = checkCredential(world, raw, scope, dialect);
  const stamp = timestampOf(raw);
  checkTime(world, stamp, scope, dialect);
  const declared = raw.headers['x-amz-content-sha256'];
  // A hash that was not needed is not computed: neither for S3's streams nor for unsigned payloads.
  const isHash = declared === undefined || /^[0-9a-f]{64}$/.test(declared);
  const bodyHash = isHash ? sha256(raw.body) : '';
  const canonical = canonicalRequest(raw, scope, declared ?? bodyHash);
  const where = `${scope.date}/${scope.region}/${scope.service}/aws4_request`;
  const key = signingKey(credential.secretAccessKey, scope);
  const expected = hmac(key, `${algorithm}\n${stamp}\n${where}\n${sha256(canonical)}`).toString('hex');
  if (!scope.signedHeaders.includes('host') || !isSame(expected, scope.signature)) {
    throw refuse(dialect, 'wrongSignature');
  }
  if (credential.expires && credential.expires <= world.now()) throw refuse(dialect, 'expired');
  const payload = checkPayload(raw, declared ?? bodyHash, bodyHash, { key, stamp, scope, dialect });
  return { credential, ...payload };
}
