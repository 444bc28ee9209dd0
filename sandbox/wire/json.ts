/** AWS's JSON protocols: 1.0 and 1.1 with the operation in a header, and REST JSON with it in the path. */
import { gunzipSync } from 'node:zlib';
import { AwsError } from '../service.ts';
import type { Service, ServiceResponse, SignedRequest } from '../service.ts';
import { fields } from './fields.ts';
import type { Fields } from './fields.ts';
import { run } from './operation.ts';
import type { Operations } from './operation.ts';

/** Where the JSON services differ. */
export interface JsonService {
  /** `kms` */
  readonly prefix: string;
  readonly contentType: string;
  readonly operations: Operations;
  /** REST JSON: `POST /listRegions` is ListRegions, and a refusal is a 403. */
  readonly rest?: boolean;
}

export function jsonService(service: JsonService): Service {
  const nameOf = service.rest === true ? pathName : targetName;
  return {
    operation: (_world, request) => `${service.prefix}:${nameOf(request)}`,
    handle(world, request) {
      const output = run(world, request, service.prefix, nameOf(request), service.operations, parse(request));
      return answer(200, service.contentType, output);
    },
    error(error) {
      const code = exceptionName(error.code);
      // JSON 1.x answers every error of the client with 400.
      const status = service.rest !== true && error.status < 500 ? 400 : error.status;
      const body = { __type: code, message: error.message };
      return answer(status, service.contentType, body, { ...error.headers, 'x-amzn-errortype': code });
    },
  };
}

/** What JSON services call the errors that query services name in the shorter form. */
export function exceptionName(code: string): string {
  if (code === 'AccessDenied') return 'AccessDeniedException';
  return code === 'ValidationError' ? 'ValidationException' : code;
}

/** The operation of `x-amz-target: TrentService.DescribeKey`. */
export function targetName(request: SignedRequest): string {
  return request.headers['x-amz-target']?.split('.').at(-1) ?? '';
}

function pathName(request: SignedRequest): string {
  const name = request.path.slice(1);
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** The fields of a body of JSON; an empty body has none. */
export function parse(request: SignedRequest): Fields {
  const body = plainBody(request).toString();
  if (body === '') return {};
  try {
    return fields(JSON.parse(body));
  } catch {
    throw new AwsError('SerializationException', 400, 'The body is not JSON.');
  }
}

/** Clients compress long bodies where the service's model lets them (CloudWatch's PutMetricData). */
export function plainBody(request: SignedRequest): Buffer {
  return request.headers['content-encoding'] === 'gzip' ? gunzipSync(request.body) : request.body;
}

export function answer(
  status: number,
  contentType: string,
  output: Fields,
  headers: Readonly<Record<string, string>> = {},
): ServiceResponse {
  return { status, headers: { ...headers, 'content-type': contentType }, body: JSON.stringify(wire(output)) };
}

/** Instants are seconds on the wire, and null is left out. */
function wire(value: unknown): unknown {
  if (value instanceof Date) return value.getTime() / 1000;
  if (Array.isArray(value)) return value.map(wire);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, inner]) => inner !== null && inner !== undefined);
  return Object.fromEntries(entries.map(([key, inner]) => [key, wire(inner)]));
}
