/** What an SDK's error means to us: one of the few reasons for which a fact is unknown. */
import type { Cause, Reason } from '../model/facts.ts';

const denied: ReadonlySet<string> = new Set([
  'AccessDenied',
  'AllAccessDisabled',
  'AuthorizationError',
  'UnauthorizedAccess',
  'UnauthorizedOperation',
]);

/** https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html and the common errors of the query and JSON services. */
const throttles: ReadonlySet<string> = new Set([
  'BandwidthLimitExceeded',
  'LimitExceeded',
  'RequestLimitExceeded',
  'RequestThrottled',
  'SlowDown',
  'Throttling',
  'Throttled',
  'TooManyRequests',
]);

/** What is read off an error, whatever threw it. */
export interface Failure {
  readonly name: string;
  readonly message: string;
  readonly status: number | null;
}

/** The name, sentence and HTTP status of anything that was thrown. */
export function failureOf(error: unknown): Failure {
  const own = (key: string): unknown =>
    typeof error === 'object' && error !== null ? Reflect.get(error, key) : undefined;
  const metadata = own('$metadata');
  const status: unknown =
    typeof metadata === 'object' && metadata !== null ? Reflect.get(metadata, 'httpStatusCode') : null;
  // HEAD's errors have no body: the name is a number or 'Unknown', and the code stands nowhere.
  const code = own('Code');
  const given = typeof code === 'string' ? code : error instanceof Error ? error.name : 'Error';
  // The SDK calls IAM's NoSuchEntity a NoSuchEntityException; JSON services say the ending themselves.
  const name = given.replace(/Exception$/, '');
  const message = error instanceof Error ? error.message : String(error);
  return { name, message: firstLine(message), status: typeof status === 'number' ? status : null };
}

/** The cause to record for a call that failed. `who` is the account whose credentials asked. */
export function causeOf(error: unknown, call: string, who: string, what: string): Cause {
  const failure = failureOf(error);
  const reason = reasonOf(failure);
  return { reason, call, account: who, detail: sentence(reason, failure, call, who, what) };
}

function reasonOf({ name, status }: Failure): Reason {
  if (throttles.has(name) || status === 429) return 'throttled';
  return isDenied({ name, status }) ? 'access-denied' : 'failed';
}

/** Whether it was refused for want of a permission, so that asking again is no use. */
export function isDenied({ name, status }: Pick<Failure, 'name' | 'status'>): boolean {
  return (denied.has(name) || status === 403) && !isIdentityTrouble(name);
}

/** A 403 that says that the credentials are bad says nothing about the permission. */
function isIdentityTrouble(name: string): boolean {
  return /Expired|InvalidAccessKeyId|InvalidClientTokenId|UnrecognizedClient|AuthenticationToken|Signature|RequestTimeTooSkewed/.test(
    name,
  );
}

function sentence(reason: Reason, failure: Failure, call: string, who: string, what: string): string {
  switch (reason) {
    case 'access-denied':
      return `${call} on '${what}' was denied to the credentials of account ${who}.`;
    case 'throttled':
      return `${call} on '${what}' was throttled in account ${who} until the retries ran out.`;
    default:
      return `${call} on '${what}' failed in account ${who}: ${failure.name}: ${failure.message}`;
  }
}

/** AWS's sentences fit one line; a proxy's page of HTML does not, and helps nobody. */
function firstLine(message: string): string {
  const line = message.split('\n', 1)[0] ?? '';
  return line.length > 300 ? `${line.slice(0, 300)}…` : line;
}
