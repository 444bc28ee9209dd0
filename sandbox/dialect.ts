/** The same refusal has another name in every protocol of AWS: this is the table. */
import { AwsError } from './service.ts';

/** The protocols, as far as errors go. */
export type Dialect = 's3' | 'query' | 'json' | 'organizations' | 'rest-json';

/** What the server refuses before or instead of a service. */
export type Refusal =
  | 'denied'
  | 'throttled'
  | 'expired'
  | 'unknownKey'
  | 'wrongToken'
  | 'wrongSignature'
  | 'unsigned'
  | 'skewed'
  | 'gone'
  | 'suspended'
  | 'wrong-region'
  | '500'
  | '503';

type Row = Readonly<Record<Refusal, readonly [code: string, status: number]>>;

// JSON 1.1 services answer what the client did wrong with 400, REST JSON with the status that HTTP has for it.
const json: Row = {
  denied: ['AccessDeniedException', 400],
  throttled: ['ThrottlingException', 400],
  expired: ['ExpiredTokenException', 400],
  unknownKey: ['UnrecognizedClientException', 400],
  wrongToken: ['UnrecognizedClientException', 400],
  wrongSignature: ['InvalidSignatureException', 400],
  unsigned: ['MissingAuthenticationTokenException', 400],
  skewed: ['RequestTimeTooSkewed', 403],
  gone: ['NotFoundException', 400],
  suspended: ['OptInRequired', 400],
  'wrong-region': ['InvalidSignatureException', 400],
  '500': ['InternalFailure', 500],
  '503': ['ServiceUnavailableException', 503],
};

const rows: Readonly<Record<Dialect, Row>> = {
  s3: {
    denied: ['AccessDenied', 403],
    throttled: ['SlowDown', 503],
    expired: ['ExpiredToken', 400],
    unknownKey: ['InvalidAccessKeyId', 403],
    wrongToken: ['InvalidToken', 400],
    wrongSignature: ['SignatureDoesNotMatch', 403],
    unsigned: ['AccessDenied', 403],
    skewed: ['RequestTimeTooSkewed', 403],
    gone: ['NoSuchBucket', 404],
    suspended: ['AccountProblem', 403],
    'wrong-region': ['PermanentRedirect', 301],
    '500': ['InternalError', 500],
    '503': ['ServiceUnavailable', 503],
  },
  query: {
    denied: ['AccessDenied', 403],
    throttled: ['Throttling', 400],
    expired: ['ExpiredToken', 403],
    unknownKey: ['InvalidClientTokenId', 403],
    wrongToken: ['InvalidClientTokenId', 403],
    wrongSignature: ['SignatureDoesNotMatch', 403],
    unsigned: ['MissingAuthenticationToken', 403],
    skewed: ['RequestTimeTooSkewed', 403],
    gone: ['NoSuchEntity', 404],
    suspended: ['OptInRequired', 403],
    'wrong-region': ['SignatureDoesNotMatch', 403],
    '500': ['InternalFailure', 500],
    '503': ['ServiceUnavailable', 503],
  },
  json,
  organizations: {
    ...json,
    throttled: ['TooManyRequestsException', 400],
    gone: ['TargetNotFoundException', 400],
  },
  'rest-json': {
    denied: ['AccessDeniedException', 403],
    throttled: ['TooManyRequestsException', 429],
    expired: ['ExpiredTokenException', 403],
    unknownKey: ['UnrecognizedClientException', 403],
    wrongToken: ['UnrecognizedClientException', 403],
    wrongSignature: ['InvalidSignatureException', 403],
    unsigned: ['MissingAuthenticationTokenException', 403],
    skewed: ['RequestTimeTooSkewed', 403],
    gone: ['ResourceNotFoundException', 404],
    suspended: ['OptInRequired', 403],
    'wrong-region': ['InvalidSignatureException', 403],
    '500': ['InternalServerException', 500],
    '503': ['ServiceUnavailableException', 503],
  },
};

const sentences: Readonly<Record<Refusal, string>> = {
  denied: 'Access Denied',
  throttled: 'Please reduce your request rate.',
  expired: 'The provided token has expired.',
  unknownKey: 'The AWS Access Key Id you provided does not exist in our records.',
  wrongToken: 'The provided token is malformed or otherwise invalid.',
  wrongSignature:
    'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
  unsigned: 'The request carries no signature.',
  skewed: 'The difference between the request time and the current time is too large.',
  gone: 'What you asked for does not exist.',
  suspended: 'The AWS access key ID needs a subscription for the service.',
  'wrong-region': 'Credential should be scoped to a valid Region.',
  '500': 'We encountered an internal error. Please try again.',
  '503': 'The service is unable to handle the request.',
};

/** The refusal as an error of that protocol. */
export function refuse(dialect: Dialect, refusal: Refusal, sentence = sentences[refusal]): AwsError {
  const [code, status] = rows[dialect][refusal];
  return new AwsError(code, status, sentence);
}
