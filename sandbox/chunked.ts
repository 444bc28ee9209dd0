/** aws-chunked payloads: https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html and -trailers. */
import { AwsError } from './service.ts';

/** Checks a chunk's signature; the trailer is the chunk that is not `data`. */
export type ChunkCheck = (kind: 'data' | 'trailer', bytes: Buffer, signature: string) => void;

/** The payload without its framing, and the trailing headers (a checksum, mostly). */
interface Payload {
  readonly body: Buffer;
  readonly trailers: Readonly<Record<string, string>>;
}

function incomplete(): AwsError {
  return new AwsError('IncompleteBody', 400, 'The request body terminated unexpectedly');
}

function lineAt(body: Buffer, from: number): { text: string; next: number } {
  const end = body.indexOf('\r\n', from);
  if (end < 0) throw incomplete();
  return { text: body.toString('latin1', from, end), next: end + 2 };
}

function readTrailers(body: Buffer, from: number, check: ChunkCheck | null): Record<string, string> {
  const trailers: Record<string, string> = {};
  for (const line of body.toString('latin1', from).split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon > 0) trailers[line.slice(0, colon).trim().toLowerCase()] = line.slice(colon + 1).trim();
  }
  const { 'x-amz-trailer-signature': signature, ...values } = trailers;
  const names = Object.entries(values);
  if (check && (signature !== undefined || names.length > 0)) {
    const text = names.map(([name, value]) => `${name}:${value}\n`).join('');
    check('trailer', Buffer.from(text, 'latin1'), signature ?? '');
  }
  return values;
}

/** Takes the framing off; `check` is null where the chunks are not signed. */
export function decodeChunked(body: Buffer, check: ChunkCheck | null): Payload {
  const parts: Buffer[] = [];
  for (let at = 0; ;) {
    const header = lineAt(body, at);
    const match = /^([0-9a-fA-F]+)(?:;chunk-signature=([0-9a-f]{64}))?$/.exec(header.text);
    if (!match) throw incomplete();
    const size = Number.parseInt(match[1] ?? '', 16);
    const end = header.next + size;
    const data = body.subarray(header.next, end);
    check?.('data', data, match[2] ?? '');
    if (size === 0) return { body: Buffer.concat(parts), trailers: readTrailers(body, end, check) };
    parts.push(data);
    at = end + 2;
  }
}
