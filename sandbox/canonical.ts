/** A request in the one form in which it is signed. */

/** A request as it came over the wire. */
export interface RawRequest {
  readonly method: string;
  /** Still percent-encoded, without the query string. */
  readonly path: string;
  readonly rawQuery: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** What the Authorization header says. */
export interface Scope {
  readonly accessKeyId: string;
  readonly date: string;
  readonly region: string;
  readonly service: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

/** Percent-encoding as the signature wants it: everything but unreserved characters. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function canonicalPath(path: string, service: string): string {
  const segments = path.split('/');
  // S3 signs the path encoded once, every other service encodes what was sent a second time.
  return segments.map((part) => encode(service === 's3' ? decodeURIComponent(part) : part)).join('/');
}

function canonicalQuery(rawQuery: string): string {
  if (rawQuery === '') return '';
  const pairs = rawQuery.split('&').map((pair) => {
    const equals = pair.indexOf('=');
    const [name, value] = equals < 0 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)];
    return [encode(decodeURIComponent(name)), encode(decodeURIComponent(value))] as const;
  });
  pairs.sort(([a, x], [b, y]) => (a < b ? -1 : a > b ? 1 : x < y ? -1 : x > y ? 1 : 0));
  return pairs.map(([name, value]) => `${name}=${value}`).join('&');
}

/** The canonical request; `payloadHash` is what the client says of its payload. */
export function canonicalRequest(raw: RawRequest, scope: Scope, payloadHash: string): string {
  const headers = scope.signedHeaders.map((name) => {
    const value = (raw.headers[name] ?? '').trim().replace(/ {2,}/g, ' ');
    return `${name}:${value}\n`;
  });
  const path = canonicalPath(raw.path, scope.service);
  const query = canonicalQuery(raw.rawQuery);
  return `${raw.method}\n${path}\n${query}\n${headers.join('')}\n${scope.signedHeaders.join(';')}\n${payloadHash}`;
}
