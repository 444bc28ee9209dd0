/** ListBuckets, paged: https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html */
import { authorise } from '../../authorise.ts';
import { element, s3Document, type XmlElement } from '../../xml.ts';
import type { Bucket, World } from '../../world.ts';
import { invalidArgument } from './errors.ts';
import { canonicalId } from './listing.ts';
import { type EarlyCall, type EarlyOperation, xmlResponse } from './operation.ts';

interface Index {
  readonly size: number;
  readonly byAccount: ReadonlyMap<string, readonly string[]>;
}

const indexes = new WeakMap<World, Index>();

function buildIndex(world: World): Index {
  const byAccount = new Map<string, string[]>();
  for (const bucket of world.buckets.values()) {
    const names = byAccount.get(bucket.account);
    if (names) names.push(bucket.name);
    else byAccount.set(bucket.account, [bucket.name]);
  }
  for (const names of byAccount.values()) names.sort();
  const index = { size: world.buckets.size, byAccount };
  indexes.set(world, index);
  return index;
}

/** An account's buckets by name. The index spares a scan of all accounts' buckets, and is made anew when it is stale. */
function bucketsOf(world: World, account: string): readonly Bucket[] {
  const known = indexes.get(world);
  const index = known?.size === world.buckets.size ? known : buildIndex(world);
  const buckets = index.byAccount.get(account)?.map((name) => world.buckets.get(name)) ?? [];
  const mine = buckets
    .filter((bucket) => bucket?.account === account)
    .filter((bucket) => bucket !== undefined);
  return mine.length === buckets.length ? mine : bucketsOf(forget(world), account);
}

function forget(world: World): World {
  indexes.delete(world);
  return world;
}

function pageSize(text: string | null): number {
  if (text === null) return 10_000;
  const size = Number(text);
  if (Number.isInteger(size) && size >= 1 && size <= 10_000) return size;
  throw invalidArgument('max-buckets must be an integer between 1 and 10000.');
}

function entry(bucket: Bucket, withRegion: boolean): XmlElement {
  return element('Bucket', [
    element('Name', bucket.name),
    element('CreationDate', `${bucket.created.toISOString().slice(0, 19)}.000Z`),
    ...(withRegion ? [element('BucketRegion', bucket.region)] : []),
  ]);
}

function list({ world, request }: EarlyCall): string {
  const { query, caller } = request;
  const prefix = query.get('prefix') ?? '';
  const region = query.get('bucket-region');
  const token = query.get('continuation-token');
  const after = token === null ? '' : Buffer.from(token, 'base64url').toString();
  const found = bucketsOf(world, caller.account).filter(
    ({ name, region: where }) =>
      name > after && name.startsWith(prefix) && (region === null || region === where),
  );
  const page = found.slice(0, pageSize(query.get('max-buckets')));
  // S3 names Regions only to those who send one of these: API page ListBuckets.
  const hasParameter = ['prefix', 'bucket-region', 'continuation-token', 'max-buckets'].some((name) =>
    query.has(name),
  );
  const next = page.length < found.length ? (page.at(-1)?.name ?? '') : null;
  const children = [
    element('Owner', [element('ID', canonicalId(caller.account))]),
    element(
      'Buckets',
      page.map((bucket) => entry(bucket, hasParameter)),
    ),
    ...(next === null ? [] : [element('ContinuationToken', Buffer.from(next).toString('base64url'))]),
    ...(prefix === '' ? [] : [element('Prefix', prefix)]),
  ];
  return s3Document(element('ListAllMyBucketsResult', children));
}

export const listBuckets: EarlyOperation = {
  name: 'ListBuckets',
  parameters: ['prefix', 'bucket-region', 'continuation-token', 'max-buckets'],
  early: (call) => {
    const { world, request } = call;
    authorise(world, request.caller, 's3:ListAllMyBuckets', '*', request.caller.account, null);
    return xmlResponse(list(call));
  },
};
