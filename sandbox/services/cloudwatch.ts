/** Amazon CloudWatch: data points in, data points out; in JSON 1.0 and in CBOR, for clients speak either. */
import type { AwsError, Service, ServiceResponse, SignedRequest } from '../service.ts';
import { decode, encode } from '../wire/cbor.ts';
import { fields } from '../wire/fields.ts';
import type { Fields } from '../wire/fields.ts';
import { answer, exceptionName, parse, plainBody, targetName } from '../wire/json.ts';
import { run } from '../wire/operation.ts';
import { getMetricData } from './cloudwatch/read.ts';
import { putMetricData } from './cloudwatch/write.ts';

const OPERATIONS = { GetMetricData: getMetricData, PutMetricData: putMetricData };

/** `cloudwatch:*` */
export const cloudwatch: Service = {
  operation: (_world, request) => `cloudwatch:${nameOf(request)}`,
  handle(world, request) {
    const input = isCbor(request) ? fields(decode(plainBody(request))) : parse(request);
    return reply(request, 200, run(world, request, 'cloudwatch', nameOf(request), OPERATIONS, input));
  },
  error: (error, _requestId, request) => failure(error, request),
};

function isCbor(request: SignedRequest): boolean {
  return request.headers['smithy-protocol'] === 'rpc-v2-cbor';
}

/** `/service/GraniteServiceVersion20100801/operation/GetMetricData`, or the target header. */
function nameOf(request: SignedRequest): string {
  return isCbor(request) ? (request.path.split('/').at(-1) ?? '') : targetName(request);
}

function reply(
  request: SignedRequest,
  status: number,
  output: Fields,
  headers: Readonly<Record<string, string>> = {},
): ServiceResponse {
  if (!isCbor(request)) return answer(status, 'application/x-amz-json-1.0', output, headers);
  const cbor = { 'smithy-protocol': 'rpc-v2-cbor', 'content-type': 'application/cbor' };
  return { status, headers: { ...headers, ...cbor }, body: encode(output) };
}

/** The service spoke the query protocol once, and still names its errors as it did then, in a header of their own. */
function failure(error: AwsError, request: SignedRequest): ServiceResponse {
  const code = exceptionName(error.code);
  const blame = error.status < 500 ? 'Sender' : 'Receiver';
  return reply(
    request,
    error.status,
    { __type: `com.amazonaws.cloudwatch#${code}`, message: error.message },
    { ...error.headers, 'x-amzn-query-error': `${error.code};${blame}` },
  );
}
