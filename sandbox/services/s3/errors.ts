/** S3's errors: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
import { AwsError, type ServiceResponse, type SignedRequest } from '../../service.ts';
import { declaration, escapeXml } from '../../xml.ts';
import { emptyResponse } from './operation.ts';

/** A request that S3 refuses for what it asks. */
export function invalidRequest(message: string): AwsError {
  return new AwsError('InvalidRequest', 400, message);
}

/** A request that S3 refuses for a value in it. */
export function invalidArgument(message: string): AwsError {
  return new AwsError('InvalidArgument', 400, message);
}

/** A request that the bucket's other settings forbid. */
export function invalidBucketState(message: string): AwsError {
  return new AwsError('InvalidBucketState', 409, message);
}

/** The refusal that every permission of S3 ends in. */
export function accessDenied(message = 'Access Denied'): AwsError {
  return new AwsError('AccessDenied', 403, message);
}

export function noSuchBucket(): AwsError {
  return new AwsError('NoSuchBucket', 404, 'The specified bucket does not exist');
}

/** The error as S3 writes it; a HEAD has no body to write it in. */
export function errorResponse(error: AwsError, requestId: string, request: SignedRequest): ServiceResponse {
  if (request.method === 'HEAD') return emptyResponse(error.status, error.headers);
  const region = error.headers['x-amz-bucket-region'];
  const body =
    `${declaration}<Error><Code>${error.code}</Code><Message>${escapeXml(error.message)}</Message>` +
    (region === undefined ? '' : `<Region>${region}</Region>`) +
    `<Resource>${escapeXml(request.path)}</Resource><RequestId>${requestId}</RequestId></Error>`;
  return { status: error.status, headers: { 'content-type': 'application/xml', ...error.headers }, body };
}
