/** AWS's query protocol, which IAM and STS speak: a form in, XML out. */
import type { AwsError, Service, ServiceResponse, SignedRequest } from '../service.ts';
import { run } from './operation.ts';
import type { Operations } from './operation.ts';
import { element } from './xml.ts';

export interface QueryService {
  /** `iam` */
  readonly prefix: string;
  /** The XML namespace of the answers. */
  readonly namespace: string;
  readonly operations: Operations;
}

export function queryService({ prefix, namespace, operations }: QueryService): Service {
  return {
    operation: (_world, request) => `${prefix}:${nameOf(request)}`,
    handle(world, request) {
      const name = nameOf(request);
      const output = run(world, request, prefix, name, operations, form(request));
      const result = Object.keys(output).length === 0 ? '' : element(`${name}Result`, output);
      return xml(200, `<${name}Response xmlns="${namespace}">${result}</${name}Response>`);
    },
    error: (error, requestId) => xml(error.status, errorDocument(namespace, error, requestId), error.headers),
  };
}

function errorDocument(namespace: string, error: AwsError, requestId: string): string {
  const fault = {
    Type: error.status < 500 ? 'Sender' : 'Receiver',
    Code: error.code,
    Message: error.message,
  };
  const content = element('Error', fault) + element('RequestId', requestId);
  return `<ErrorResponse xmlns="${namespace}">${content}</ErrorResponse>`;
}

function nameOf(request: SignedRequest): string {
  return form(request)['Action'] ?? '';
}

/** The form's fields, flat, as they are named on the wire (`Tags.member.1.Key`). */
function form(request: SignedRequest): Readonly<Record<string, string>> {
  return Object.fromEntries([...request.query, ...new URLSearchParams(request.body.toString())]);
}

function xml(status: number, body: string, headers: Readonly<Record<string, string>> = {}): ServiceResponse {
  return { status, headers: { ...headers, 'content-type': 'text/xml' }, body };
}
