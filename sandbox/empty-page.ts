/**
 * Lists whose first page is empty and yet not the last, as Organizations documents it of its own lists, and IAM of fewer results
 * than were asked for. The page is made from the service's own answer: what is listed is taken out, and a token put in.
 */
import type { ServiceResponse, SignedRequest } from './service.ts';
import { decode, encode } from './wire/cbor.ts';

/** How an operation pages. */
interface Listing {
  /** The element or member that holds what is listed. */
  readonly list?: string;
  /** Of a list without an element of its own around it: the elements themselves. */
  readonly entries?: readonly string[];
  /** The request's parameter, the answer's token, and what says that there is more. */
  readonly parameter: string;
  readonly token: string;
  readonly more?: string;
}

const s3List = { parameter: 'continuation-token', token: 'NextContinuationToken', more: 'IsTruncated' };
const iamList = { parameter: 'Marker', token: 'Marker', more: 'IsTruncated' };
const nextToken = { parameter: 'NextToken', token: 'NextToken' };

const listings: Readonly<Record<string, Listing>> = {
  's3:ListBuckets': { list: 'Buckets', parameter: 'continuation-token', token: 'ContinuationToken' },
  's3:ListObjectVersions': {
    entries: ['Version', 'DeleteMarker'],
    parameter: 'key-marker',
    token: 'NextKeyMarker',
    more: 'IsTruncated',
  },
  's3:ListBucketInventoryConfigurations': { ...s3List, entries: ['InventoryConfiguration'] },
  's3:ListBucketIntelligentTieringConfigurations': {
    ...s3List,
    entries: ['IntelligentTieringConfiguration'],
  },
  'cloudwatch:GetMetricData': { ...nextToken, list: 'MetricDataResults' },
  'iam:ListRoles': { ...iamList, list: 'Roles' },
  'iam:ListRolePolicies': { ...iamList, list: 'PolicyNames' },
  'iam:ListAttachedRolePolicies': { ...iamList, list: 'AttachedPolicies' },
  'kms:ListGrants': { list: 'Grants', parameter: 'Marker', token: 'NextMarker', more: 'Truncated' },
  'account:ListRegions': { ...nextToken, list: 'Regions' },
  'organizations:ListAccounts': { ...nextToken, list: 'Accounts' },
  'organizations:ListAccountsForParent': { ...nextToken, list: 'Accounts' },
  'organizations:ListOrganizationalUnitsForParent': { ...nextToken, list: 'OrganizationalUnits' },
  'organizations:ListPolicies': { ...nextToken, list: 'Policies' },
  'organizations:ListPoliciesForTarget': { ...nextToken, list: 'Policies' },
  'organizations:ListRoots': { ...nextToken, list: 'Roots' },
  'organizations:ListTargetsForPolicy': { ...nextToken, list: 'Targets' },
};

/** Operations that have pages. */
export const paged: ReadonlySet<string> = new Set(Object.keys(listings));

/** As a key to go on behind it comes before all that anybody uses, and as a token no service gives it. */
const token = '!';

/** Whether the request asks for a list from its beginning. */
export function isFirstPage(operation: string, request: SignedRequest): boolean {
  const listing = listings[operation];
  return listing !== undefined && tokenIn(request, listing) === null;
}

/** Where the request carries the token of an empty page: the same without it, which asks for the list's beginning. */
export function firstPage(operation: string, request: SignedRequest): SignedRequest {
  const listing = listings[operation];
  if (listing === undefined || tokenIn(request, listing) !== token) return request;
  const query = new URLSearchParams(request.query);
  query.delete(listing.parameter);
  return { ...request, query, body: withoutToken(request.body, listing) };
}

function tokenIn({ query, body }: SignedRequest, { parameter }: Listing): string | null {
  const member = formatOf(body)?.read(body)[parameter] ?? new URLSearchParams(body.toString()).get(parameter);
  return query.get(parameter) ?? (typeof member === 'string' ? member : null);
}

function withoutToken(body: Buffer, { parameter }: Listing): Buffer {
  const format = formatOf(body);
  if (format) return format.write(without(format.read(body), parameter));
  const form = new URLSearchParams(body.toString());
  form.delete(parameter);
  return Buffer.from(form.toString());
}

/** The answer with nothing listed and a token. */
export function emptyPage(operation: string, { body, ...answer }: ServiceResponse): ServiceResponse {
  const listing = listings[operation];
  if (listing === undefined) return { ...answer, body };
  const bytes = Buffer.from(body);
  const format = formatOf(bytes);
  if (format === null) return { ...answer, body: emptyXml(bytes.toString(), listing) };
  const { list = '', token: name, more } = listing;
  const flag = more === undefined ? {} : { [more]: true };
  return { ...answer, body: format.write({ ...format.read(bytes), [list]: [], [name]: token, ...flag }) };
}

function emptyXml(text: string, { list, entries = [], token: name, more }: Listing): string {
  const gone = [name, more, list, ...entries].filter((one) => one !== undefined);
  const bare = gone.reduce(
    (rest, one) => rest.replace(new RegExp(`<${one}(?:>[\\s\\S]*?</${one}>|/>)`, 'g'), ''),
    text,
  );
  const added = [
    list === undefined ? '' : `<${list}></${list}>`,
    `<${name}>${token}</${name}>`,
    more === undefined ? '' : `<${more}>true</${more}>`,
  ].join('');
  // IAM wraps the result once more; S3's root is the result.
  const end = /<\/\w+Result>(?!.*<\/\w+Result>)/s.exec(bare)?.index ?? bare.lastIndexOf('</');
  return bare.slice(0, end) + added + bare.slice(end);
}

/** How a document of members is read and written. */
interface Format {
  readonly read: (body: Buffer) => Fields;
  readonly write: (fields: Fields) => Buffer;
}

type Fields = Readonly<Record<string, unknown>>;

const json: Format = {
  read: (body) => fieldsOf(JSON.parse(body.toString())),
  write: (fields) => Buffer.from(JSON.stringify(fields)),
};
const cbor: Format = { read: (body) => fieldsOf(decode(body)), write: encode };

/** Null of XML and of forms. A map of CBOR says so in the first three bits: https://www.rfc-editor.org/rfc/rfc8949#section-3.1 */
function formatOf(body: Buffer): Format | null {
  const [first = 0] = body;
  if (first >> 5 === 5) return cbor;
  return first === '{'.charCodeAt(0) ? json : null;
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function without(fields: Fields, name: string): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([key]) => key !== name));
}
