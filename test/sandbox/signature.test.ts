import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/server.ts';
import { sha256, sign, type ToSign } from './sign.ts';

let sandbox: Sandbox;
const clock = { offset: 0 };

interface Reply {
  readonly status: number | undefined;
  readonly text: string;
  readonly headers: Readonly<Record<string, unknown>>;
}

/** `fetch` sends no Host header of ours, and no chunks. */
function send(method: string, path: string, headers: Record<string, string>, body = ''): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const call = request(sandbox.endpoint + path, { method, headers }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('end', () => {
        resolve({ status: response.statusCode, text, headers: response.headers });
      });
    });
    call.on('error', reject);
    call.end(body);
  });
}

/** The status and the error's code. */
async function ask(asked: ToSign, body = ''): Promise<string> {
  const url = asked.query === undefined ? asked.path : `${asked.path}?${asked.query}`;
  const { headers } = sign(sandbox, asked);
  const { status, text } = await send(asked.method ?? 'GET', url, headers, body);
  const code = /<Code>(\w+)<|"__type":"(?:[^"]*#)?(\w+)"/.exec(text);
  return `${String(status)} ${code?.[1] ?? code?.[2] ?? 'fine'}`;
}

const empty = sha256('');
const listBuckets: ToSign = { path: '/', payload: empty };
const identity: ToSign = {
  method: 'POST',
  path: '/',
  service: 'sts',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
};
const identityBody = 'Action=GetCallerIdentity&Version=2011-06-15';
const kms: ToSign = {
  method: 'POST',
  path: '/',
  service: 'kms',
  headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'TrentService.ListKeys' },
};

beforeAll(async () => {
  sandbox = await startSandbox();
  sandbox.world.now = () => new Date(Date.now() + clock.offset);
  const { credentials, managementAccount: account } = sandbox.world;
  const caller = credentials.get(sandbox.administrator.accessKeyId)?.caller;
  if (!caller) throw new Error(`${account} has an administrator`);
  const expires = new Date(Date.now() + 3_600_000);
  credentials.set('ASIATEMPORARY', {
    accessKeyId: 'ASIATEMPORARY',
    secretAccessKey: 'temporary',
    sessionToken: 'token',
    expires,
    caller,
  });
  await send('PUT', '/a-bucket', sign(sandbox, { method: 'PUT', path: '/a-bucket', payload: empty }).headers);
});

afterAll(() => sandbox.close());

test('a good signature of each protocol is taken', async () => {
  expect(await ask(listBuckets)).toBe('200 fine');
  expect(await ask({ ...identity, payload: sha256(identityBody) }, identityBody)).toBe('200 fine');
  expect(await ask({ ...kms, payload: sha256('{}') }, '{}')).toBe('200 fine');
});

test('path and query are signed in their canonical form', async () => {
  const query = 'encoding-type=url&list-type=2&prefix=a%2Fb%20%2B%C3%BC~';
  expect(await ask({ path: '/a-bucket', query, payload: empty })).toBe('200 fine');
  const headers = sign(sandbox, {
    path: '/a-bucket',
    query: 'list-type=2&prefix=%21%2A',
    payload: empty,
  }).headers;
  expect((await send('GET', '/a-bucket?prefix=!*&list-type=2', headers)).status).toBe(200);
  expect(await ask({ path: '/a-bucket/k%20%2Bk', payload: empty })).toBe('404 NoSuchKey');
});

test('a wrong secret is refused as each protocol does', async () => {
  const secret = 'not the secret';
  expect(await ask({ ...listBuckets, secret })).toBe('403 SignatureDoesNotMatch');
  const hashed = { ...identity, payload: sha256(identityBody), secret };
  expect(await ask(hashed, identityBody)).toBe('403 SignatureDoesNotMatch');
  expect(await ask({ ...kms, payload: sha256('{}'), secret }, '{}')).toBe('400 InvalidSignatureException');
});

test('what is not what was signed is refused', async () => {
  const { headers } = sign(sandbox, listBuckets);
  expect((await send('GET', '/?prefix=a', headers)).text).toContain('SignatureDoesNotMatch');
  expect((await send('GET', '/other', headers)).text).toContain('SignatureDoesNotMatch');
  expect((await send('GET', '/', { ...headers, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' })).status).toBe(
    403,
  );
  expect((await send('PUT', '/', headers)).text).toContain('SignatureDoesNotMatch');
});

test('an unknown key is refused as each protocol does', async () => {
  const key = 'AKIAUNKNOWN';
  expect(await ask({ ...listBuckets, key })).toBe('403 InvalidAccessKeyId');
  expect(await ask({ ...identity, key })).toBe('403 InvalidClientTokenId');
  expect(await ask({ ...kms, key })).toBe('400 UnrecognizedClientException');
});

test('a session needs its token, and ends', async () => {
  const session = { key: 'ASIATEMPORARY', secret: 'temporary' };
  const withToken = (token: string, asked: ToSign): ToSign => ({
    ...asked,
    ...session,
    headers: { ...asked.headers, 'x-amz-security-token': token },
  });
  expect(await ask({ ...listBuckets, ...session })).toBe('403 InvalidAccessKeyId');
  expect(await ask(withToken('other', listBuckets))).toBe('400 InvalidToken');
  expect(await ask(withToken('token', listBuckets))).toBe('200 fine');

  clock.offset = 3_600_001;
  const now = new Date(Date.now() + clock.offset);
  const hashed = { ...identity, payload: sha256(identityBody), now };
  expect(await ask(withToken('token', { ...listBuckets, now }))).toBe('400 ExpiredToken');
  expect(await ask(withToken('token', hashed), identityBody)).toBe('403 ExpiredToken');
  expect(await ask(withToken('token', { ...kms, payload: sha256('{}'), now }), '{}')).toBe(
    '400 ExpiredTokenException',
  );
  clock.offset = 0;
});

test('a clock that is a quarter of an hour off is refused', async () => {
  const at = (minutes: number) => new Date(Date.now() + minutes * 60_000);
  expect(await ask({ ...listBuckets, now: at(14) })).toBe('200 fine');
  expect(await ask({ ...listBuckets, now: at(16) })).toBe('403 RequestTimeTooSkewed');
  expect(await ask({ ...listBuckets, now: at(-16) })).toBe('403 RequestTimeTooSkewed');
});

test('the body must be the one whose hash was signed', async () => {
  const put: ToSign = { method: 'PUT', path: '/a-bucket/hashed', payload: sha256('right') };
  expect(await ask(put, 'right')).toBe('200 fine');
  expect(await ask(put, 'wrong')).toBe('400 XAmzContentSHA256Mismatch');
  expect(await ask({ ...put, payload: 'UNSIGNED-PAYLOAD' }, 'anything')).toBe('200 fine');
});

test('requests without a signature are refused', async () => {
  expect(await send('GET', '/', {})).toMatchObject({ status: 403 });
  expect((await send('GET', '/', {})).text).toContain('<Code>AccessDenied</Code>');
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  expect((await send('POST', '/', form, identityBody)).text).toContain('MissingAuthenticationToken');
  const target = { 'x-amz-target': 'TrentService.ListKeys' };
  expect((await send('POST', '/', target, '{}')).text).toContain('MissingAuthenticationTokenException');
  const presigned = await send('GET', '/a-bucket?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=0', {});
  expect(presigned.status).toBe(501);
});

test('a service that is not built is 501, a path that is no encoding 400', async () => {
  expect(await ask({ path: '/', service: 'lambda' })).toBe('501 NotImplemented');
  const { headers } = sign(sandbox, { path: '/b', payload: empty });
  expect((await send('GET', '/b/%zz', headers)).text).toContain('<Code>InvalidURI</Code>');
});

const trailer = 'x-amz-checksum-crc32:NhCmhg=='; // CRC-32 of "hello"

async function read(key: string): Promise<string> {
  const path = `/a-bucket/${key}`;
  return (await send('GET', path, sign(sandbox, { path, payload: empty }).headers)).text;
}

test('unsigned chunks are put together, and the trailing checksum is checked', async () => {
  const put: ToSign = {
    method: 'PUT',
    path: '/a-bucket/unsigned',
    payload: 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
    headers: { 'x-amz-decoded-content-length': '5', 'x-amz-trailer': 'x-amz-checksum-crc32' },
  };
  expect(await ask(put, `3\r\nhel\r\n2\r\nlo\r\n0\r\n${trailer}\r\n\r\n`)).toBe('200 fine');
  expect(await read('unsigned')).toBe('hello');
  expect(await ask(put, `5\r\njello\r\n0\r\n${trailer}\r\n\r\n`)).toBe('400 BadDigest');
  expect(await ask(put, `4\r\nhell\r\n0\r\n\r\n`)).toBe('400 IncompleteBody');
  expect(await ask(put, `5\r\nhel`)).toBe('400 IncompleteBody');
});

test('signed chunks are checked one by one, and the trailer after them', async () => {
  const path = '/a-bucket/signed';
  const payload = 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER';
  const headers = { 'x-amz-decoded-content-length': '5', 'x-amz-trailer': 'x-amz-checksum-crc32' };
  const signed = sign(sandbox, { method: 'PUT', path, payload, headers });
  let previous = signed.signature;
  const chunks = ['hel', 'lo', ''].map((data) => {
    previous = signed.chain('AWS4-HMAC-SHA256-PAYLOAD', previous, `${empty}\n${sha256(data)}`);
    return `${data.length.toString(16)};chunk-signature=${previous}\r\n${data === '' ? '' : `${data}\r\n`}`;
  });
  previous = signed.chain('AWS4-HMAC-SHA256-TRAILER', previous, sha256(`${trailer}\n`));
  const whole = `${chunks.join('')}${trailer}\r\nx-amz-trailer-signature:${previous}\r\n\r\n`;
  expect((await send('PUT', path, signed.headers, whole)).status).toBe(200);
  expect(await read('signed')).toBe('hello');
  for (const broken of [
    whole.replace('hel', 'hal'),
    whole.replace(previous, empty),
    whole.replace(/;chunk[^\r]*/, ''),
  ]) {
    expect((await send('PUT', path, signed.headers, broken)).text).toContain('SignatureDoesNotMatch');
  }
});
