/** Which bucket and key a request names: in its path, or in its host. */
import type { SignedRequest } from '../../service.ts';

/** Null where the request names none. */
export interface Address {
  readonly bucket: string | null;
  readonly key: string | null;
}

// `bucket.localhost`, `bucket.127.0.0.1`, `bucket.s3.eu-west-1.amazonaws.com`, `bucket.s3.localhost`; a bucket's name may hold dots.
const virtualHost = /^(.+?)\.(?:s3[.-].*|s3|localhost|127\.0\.0\.1)$/;

function bucketInHost(host: string): string | null {
  const name = host.replace(/:\d+$/, '');
  if (name.startsWith('s3.') || name.startsWith('s3-')) return null;
  return virtualHost.exec(name)?.[1] ?? null;
}

function split(path: string): Address {
  const slash = path.indexOf('/');
  const [bucket, key] = slash < 0 ? [path, ''] : [path.slice(0, slash), path.slice(slash + 1)];
  return { bucket: orNull(bucket), key: orNull(key) };
}

function orNull(text: string): string | null {
  return text === '' ? null : decodeURIComponent(text);
}

/** The address; a key comes out decoded. */
export function addressOf({ host, path }: Pick<SignedRequest, 'host' | 'path'>): Address {
  const inHost = bucketInHost(host);
  const rest = path.startsWith('/') ? path.slice(1) : path;
  return inHost === null ? split(rest) : { bucket: inHost, key: orNull(rest) };
}

/** The bucket alone; S3 Control's paths name none. */
export function bucketOf(request: Pick<SignedRequest, 'host' | 'path'>): string | null {
  return request.path.startsWith('/v20180820/') ? null : addressOf(request).bucket;
}
