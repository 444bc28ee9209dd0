/** Signs requests by hand, for what no SDK sends: wrong ones, old ones, chunked ones. */
import { createHash, createHmac } from 'node:crypto';
import type { Sandbox } from '../../sandbox/server.ts';

/** What is signed; `headers` go over the wire and into the signature. */
export interface ToSign {
  readonly method?: string;
  readonly path: string;
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** What x-amz-content-sha256 says; left out it is not sent, and the body is taken to be empty. */
  readonly payload?: string;
  readonly service?: string;
  readonly region?: string;
  readonly now?: Date;
  readonly key?: string;
  readonly secret?: string;
}

/** The headers to send, and what chunks are signed with. */
export interface Signed {
  readonly headers: Record<string, string>;
  readonly signature: string;
  readonly chain: (head: string, previous: string, rest: string) => string;
}

/** SHA-256 in hexadecimal. */
export function sha256(data: string): string {
  return createHash('sha256').update(data).digest('hex');
}

function hmac(key: string | Buffer, data: string): Buffer {
  return createHmac('sha256', key).update(data).digest();
}

/** Signs a request to a sandbox, by default as its administrator. */
export function sign({ endpoint, administrator }: Sandbox, request: ToSign): Signed {
  const {
    method = 'GET',
    path,
    query = '',
    service = 's3',
    region = 'us-east-1',
    now = new Date(),
  } = request;
  const stamp = now.toISOString().replace(/[:-]|\.\d{3}/g, '');
  const payload = request.payload === undefined ? {} : { 'x-amz-content-sha256': request.payload };
  const headers: Record<string, string> = {
    host: new URL(endpoint).host,
    'x-amz-date': stamp,
    ...payload,
    ...request.headers,
  };
  const names = Object.keys(headers).sort();
  const lines = names.map((name) => `${name}:${headers[name] ?? ''}\n`).join('');
  const canonical = [method, path, query, lines, names.join(';'), request.payload ?? sha256('')].join('\n');
  const scope = `${stamp.slice(0, 8)}/${region}/${service}/aws4_request`;
  const secret = request.secret ?? administrator.secretAccessKey;
  const key = [stamp.slice(0, 8), region, service, 'aws4_request'].reduce<string | Buffer>(
    hmac,
    `AWS4${secret}`,
  );
  const chain = (head: string, previous: string, rest: string): string =>
    hmac(key, [head, stamp, scope, previous, rest].join('\n')).toString('hex');
  const signature = hmac(key, ['AWS4-HMAC-SHA256', stamp, scope, sha256(canonical)].join('\n')).toString(
    'hex',
  );
  const credential = `${request.key ?? administrator.accessKeyId}/${scope}`;
  headers['authorization'] =
    `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${names.join(';')}, Signature=${signature}`;
  return { headers, signature, chain };
}
