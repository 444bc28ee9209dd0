/** S3 Control: the public access block of an account, and nothing else. */
import { authorise } from '../authorise.ts';
import { AwsError, notImplemented } from '../service.ts';
import type { Service, ServiceResponse, SignedRequest } from '../service.ts';
import { element } from '../wire/xml.ts';
import type { Account, World } from '../world.ts';

const PATH = '/v20180820/configuration/publicAccessBlock';
const NAMESPACE = 'http://awss3control.amazonaws.com/doc/2018-08-20/';
const SETTINGS = ['BlockPublicAcls', 'IgnorePublicAcls', 'BlockPublicPolicy', 'RestrictPublicBuckets'];
const VERBS: Readonly<Record<string, string>> = { GET: 'Get', PUT: 'Put', DELETE: 'Delete' };

/** The account's half of `s3:*`. */
export const s3control: Service = {
  operation: (_world, request) => `s3:${nameOf(request) ?? `${request.method} ${request.path}`}`,

  handle(world, request) {
    const name = nameOf(request);
    if (name === null) throw notImplemented(`S3 Control's ${request.method} ${request.path}`);
    const account = accountOf(world, request);
    if (name === 'GetAccountPublicAccessBlock') return xml(200, blockOf(account));
    account.publicAccessBlock =
      name === 'PutAccountPublicAccessBlock' ? canonical(request.body.toString()) : null;
    return { status: name === 'PutAccountPublicAccessBlock' ? 200 : 204, headers: {}, body: '' };
  },

  error(error, requestId) {
    const fault = element('Error', { Code: error.code, Message: error.message });
    return xml(
      error.status,
      `<ErrorResponse>${fault}${element('RequestId', requestId)}</ErrorResponse>`,
      error.headers,
    );
  },
};

function nameOf({ method, path }: SignedRequest): string | null {
  const verb = VERBS[method];
  return path === PATH && verb !== undefined ? `${verb}AccountPublicAccessBlock` : null;
}

/** The caller's own account: S3 Control serves no other. */
function accountOf(world: World, request: SignedRequest): Account {
  const { caller, headers, method, region } = request;
  // There is no action for the deletion: it takes the same right as the setting (S3 API, DeletePublicAccessBlock).
  const action = `s3:${method === 'GET' ? 'Get' : 'Put'}AccountPublicAccessBlock`;
  authorise(world, caller, action, '*', caller.account, null, { 'aws:RequestedRegion': region });
  const account = world.accounts.get(caller.account);
  if (account === undefined || headers['x-amz-account-id'] !== account.id) {
    throw new AwsError('AccessDenied', 403, 'Access Denied');
  }
  return account;
}

function blockOf(account: Account): string {
  if (account.publicAccessBlock !== null) return account.publicAccessBlock;
  throw new AwsError(
    'NoSuchPublicAccessBlockConfiguration',
    404,
    'The public access block configuration was not found',
  );
}

/** All four settings, for AWS answers all four whichever were sent. */
function canonical(sent: string): string {
  if (!/<(\w+:)?PublicAccessBlockConfiguration[\s>/]/.test(sent)) {
    throw new AwsError(
      'MalformedXML',
      400,
      'The XML you provided was not well-formed or did not validate against our published schema',
    );
  }
  const settings = SETTINGS.map((name) => {
    const value = new RegExp(`<(?:\\w+:)?${name}>\\s*(\\w+)\\s*<`).exec(sent)?.[1]?.toLowerCase();
    return element(name, value === 'true');
  });
  return `<PublicAccessBlockConfiguration xmlns="${NAMESPACE}">${settings.join('')}</PublicAccessBlockConfiguration>`;
}

function xml(status: number, body: string, headers: Readonly<Record<string, string>> = {}): ServiceResponse {
  return { status, headers: { ...headers, 'content-type': 'application/xml' }, body };
}
