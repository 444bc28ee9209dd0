/** What the server hands to a service, what it gets back, and how a service says no. */
import type { Caller, World } from './world.ts';

/** A request whose signature was checked. */
export interface SignedRequest {
  readonly method: string;
  /** As the client sent it, with its port. */
  readonly host: string;
  /** As sent, still percent-encoded, without the query string. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The payload, with any aws-chunked framing taken off. */
  readonly body: Buffer;
  /** The Region that the signature names. */
  readonly region: string;
  readonly caller: Caller;
}

export interface ServiceResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** A service answers a request, or throws {@link AwsError}. */
export interface Service {
  /** The operation's name in IAM's service vocabulary, e.g. `s3:GetBucketReplication`, for faults and the call log. */
  operation(world: World, request: SignedRequest): string;
  handle(world: World, request: SignedRequest): ServiceResponse;
  /** The error in the service's own wire format. */
  error(error: AwsError, requestId: string, request: SignedRequest): ServiceResponse;
}

/** An answer of AWS that is an error: it has a code, a status and a sentence. */
export class AwsError extends Error {
  readonly code: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  constructor(code: string, status: number, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.name = 'AwsError';
    this.code = code;
    this.status = status;
    this.headers = headers;
  }
}

/** What is not built answers 501: never something that looks like an answer. */
export function notImplemented(what: string): AwsError {
  return new AwsError('NotImplemented', 501, `The sandbox does not know ${what}.`);
}
