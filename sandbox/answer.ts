/** From a request to its answer: signature, service, faults. No sockets here. */
import type { CallLog } from './calls.ts';
import { type Dialect, refuse } from './dialect.ts';
import { emptyPage, firstPage, isFirstPage } from './empty-page.ts';
import { isRefusal, type Fault, type Faults } from './faults.ts';
import { type Entry, serviceFor, serviceForUnsigned } from './registry.ts';
import { AwsError, type ServiceResponse, type SignedRequest } from './service.ts';
import { bucketOf } from './services/s3/address.ts';
import { checkSignature, readScope } from './signature.ts';
import type { RawRequest, Scope } from './canonical.ts';
import type { Caller, World } from './world.ts';

/** What every request of a sandbox meets. */
export interface Surroundings {
  readonly world: World;
  readonly faults: Faults;
  readonly calls: CallLog;
}

/** The answer, and the fault that is still to spoil it. */
export interface Answer {
  readonly response: ServiceResponse;
  readonly fault: Fault | null;
}

const nobody: Caller = { account: '', arn: 'anonymous', userId: '', role: null, sessionName: null };

function unsignedRequest(raw: RawRequest): SignedRequest {
  const { method, path, headers, body } = raw;
  const query = new URLSearchParams(raw.rawQuery);
  return { method, host: headers['host'] ?? '', path, query, headers, body, region: '', caller: nobody };
}

function signedRequest(world: World, raw: RawRequest, scope: Scope, dialect: Dialect): SignedRequest {
  const { credential, body, trailers } = checkSignature(world, raw, scope, dialect);
  const headers = { ...raw.headers, ...trailers };
  return { ...unsignedRequest(raw), headers, body, region: scope.region, caller: credential.caller };
}

function identifiers(dialect: Dialect, requestId: string): Record<string, string> {
  if (dialect !== 's3') return { 'x-amzn-requestid': requestId };
  const extended = Buffer.from(requestId.repeat(3)).toString('base64');
  return { 'x-amz-request-id': requestId, 'x-amz-id-2': extended };
}

function asAwsError(thrown: unknown, dialect: Dialect): AwsError {
  if (thrown instanceof AwsError) return thrown;
  // decodeURIComponent met what is no percent-encoding.
  if (thrown instanceof URIError) return new AwsError('InvalidURI', 400, "Couldn't parse the specified URI.");
  // A bug of the sandbox: say which.
  return refuse(dialect, '500', thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown));
}

/** The answer of `attempt`, or its error in the service's form. */
function respond(
  { service, dialect }: Entry,
  request: SignedRequest,
  requestId: string,
  attempt: () => ServiceResponse,
): ServiceResponse {
  let response: ServiceResponse;
  try {
    response = attempt();
  } catch (thrown) {
    response = service.error(asAwsError(thrown, dialect), requestId, request);
  }
  return { ...response, headers: { ...identifiers(dialect, requestId), ...response.headers } };
}

/** A Region of nobody's, to which S3 sends those who ask for a bucket in the wrong one. */
const elsewhere = 'ap-northeast-3';

/** A fault that is an error by itself. */
function refusalOf(fault: Fault | null, dialect: Dialect): AwsError | null {
  if (!fault || !isRefusal(fault.kind)) return null;
  const { code, status, message } = refuse(dialect, fault.kind);
  const isRedirect = fault.kind === 'wrong-region' && dialect === 's3';
  return new AwsError(code, status, message, isRedirect ? { 'x-amz-bucket-region': elsewhere } : {});
}

function perform(around: Surroundings, entry: Entry, request: SignedRequest, requestId: string): Answer {
  const { world, faults, calls } = around;
  let fault: Fault | null = null;
  const response = respond(entry, request, requestId, () => {
    const operation = entry.service.operation(world, request);
    const bucket = entry.dialect === 's3' ? bucketOf(request) : null;
    calls.add(operation, request.caller.account, bucket);
    fault = faults.meet(operation, request.caller.account, bucket);
    const refusal = refusalOf(fault, entry.dialect);
    if (refusal) throw refusal;
    const given = entry.service.handle(world, firstPage(operation, request));
    const isEmpty = fault?.kind === 'empty-page' && isFirstPage(operation, request);
    return isEmpty ? emptyPage(operation, given) : given;
  });
  return { response, fault };
}

/** Answers a request; whatever goes wrong is an answer too. */
export function answer(around: Surroundings, raw: RawRequest, requestId: string): Answer {
  let entry = serviceForUnsigned(raw);
  let request = unsignedRequest(raw);
  try {
    const scope = readScope(raw);
    if (!scope) throw refuse(entry.dialect, 'unsigned');
    entry = serviceFor(scope.service, raw.path);
    request = signedRequest(around.world, raw, scope, entry.dialect);
  } catch (thrown) {
    const refused = (): never => {
      throw thrown;
    };
    return { response: respond(entry, request, requestId, refused), fault: null };
  }
  return perform(around, entry, request, requestId);
}
