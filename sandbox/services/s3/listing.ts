/** ListObjectVersions and ListObjectsV2, over the sorted versions. */
import { createHash } from 'node:crypto';
import { declaration, escapeXml, s3Namespace } from '../../xml.ts';
import type { ObjectVersion } from '../../world.ts';
import { invalidArgument } from './errors.ts';
import { type BucketOperation, type Call, xmlResponse } from './operation.ts';
import { type Asked, collect, type Page, readAsked, startBehind, startBehindVersion } from './page.ts';
import { startOf } from './versions.ts';

const owners = new Map<string, string>();

/** An account's canonical user id. */
export function canonicalId(account: string): string {
  const known = owners.get(account);
  if (known !== undefined) return known;
  const id = createHash('sha256').update(account).digest('hex');
  owners.set(account, id);
  return id;
}

// S3 tells times to the second.
function timestamp(created: Date): string {
  return `${created.toISOString().slice(0, 19)}.000Z`;
}

function ownerXml({ bucket }: Call): string {
  return `<Owner><ID>${canonicalId(bucket.account)}</ID></Owner>`;
}

function contentXml(version: ObjectVersion): string {
  return `<ETag>${escapeXml(version.etag)}</ETag><Size>${version.size}</Size><StorageClass>${version.storageClass}</StorageClass>`;
}

function head(call: Call, root: string, asked: Asked): string {
  const delimiter = asked.delimiter === '' ? '' : `<Delimiter>${asked.write(asked.delimiter)}</Delimiter>`;
  const encoding = call.request.query.has('encoding-type') ? '<EncodingType>url</EncodingType>' : '';
  return (
    `${declaration}<${root} xmlns="${s3Namespace}"><Name>${call.bucket.name}</Name>` +
    `<Prefix>${asked.write(asked.prefix)}</Prefix>${delimiter}${encoding}<MaxKeys>${asked.maxKeys}</MaxKeys>`
  );
}

function prefixesXml({ prefixes }: Page, { write }: Asked): string {
  return prefixes
    .map((prefix) => `<CommonPrefixes><Prefix>${write(prefix)}</Prefix></CommonPrefixes>`)
    .join('');
}

function versionsStart(call: Call, asked: Asked): number {
  const { query } = call.request;
  const key = query.get('key-marker') ?? '';
  const versionId = query.get('version-id-marker') ?? '';
  if (key === '') {
    if (versionId !== '')
      throw invalidArgument('A version-id marker cannot be specified without a key marker.');
    return startOf(call.bucket.versions, asked.prefix);
  }
  return versionId === '' ? startBehind(call, key, asked) : startBehindVersion(call, key, versionId, asked);
}

function listVersions(call: Call): string {
  const asked = readAsked(call);
  const { query } = call.request;
  const page = collect(call.bucket.versions, versionsStart(call, asked), asked, () => true);
  const owner = ownerXml(call);
  const items = page.versions.map(({ version, isLatest }) => {
    const kind = version.deleteMarker ? 'DeleteMarker' : 'Version';
    return (
      `<${kind}><Key>${asked.write(version.key)}</Key><VersionId>${version.versionId}</VersionId>` +
      `<IsLatest>${String(isLatest)}</IsLatest><LastModified>${timestamp(version.created)}</LastModified>` +
      `${version.deleteMarker ? '' : contentXml(version)}${owner}</${kind}>`
    );
  });
  const { last } = page;
  const next =
    page.isTruncated && last
      ? `<NextKeyMarker>${asked.write(last.key)}</NextKeyMarker>` +
        (last.versionId === null ? '' : `<NextVersionIdMarker>${last.versionId}</NextVersionIdMarker>`)
      : '';
  const markers =
    `<KeyMarker>${asked.write(query.get('key-marker') ?? '')}</KeyMarker>` +
    `<VersionIdMarker>${escapeXml(query.get('version-id-marker') ?? '')}</VersionIdMarker>`;
  return (
    `${head(call, 'ListVersionsResult', asked)}${markers}${next}<IsTruncated>${String(page.isTruncated)}</IsTruncated>` +
    `${items.join('')}${prefixesXml(page, asked)}</ListVersionsResult>`
  );
}

function listObjects(call: Call): string {
  const asked = readAsked(call);
  const { query } = call.request;
  if (query.get('list-type') !== '2') throw invalidArgument('Invalid List Type specified in Request');
  const token = query.get('continuation-token');
  const after =
    token === null ? (query.get('start-after') ?? '') : Buffer.from(token, 'base64url').toString();
  const start = after === '' ? startOf(call.bucket.versions, asked.prefix) : startBehind(call, after, asked);
  const page = collect(
    call.bucket.versions,
    start,
    asked,
    (version, isLatest) => isLatest && !version.deleteMarker,
  );
  const owner = query.get('fetch-owner') === 'true' ? ownerXml(call) : '';
  const items = page.versions.map(
    ({ version }) =>
      `<Contents><Key>${asked.write(version.key)}</Key><LastModified>${timestamp(version.created)}</LastModified>` +
      `${contentXml(version)}${owner}</Contents>`,
  );
  const next = Buffer.from(page.last?.key ?? '').toString('base64url');
  const tokens =
    (token === null ? '' : `<ContinuationToken>${escapeXml(token)}</ContinuationToken>`) +
    (page.isTruncated ? `<NextContinuationToken>${next}</NextContinuationToken>` : '');
  const count = page.versions.length + page.prefixes.length;
  return (
    `${head(call, 'ListBucketResult', asked)}<KeyCount>${count}</KeyCount>${tokens}` +
    `<IsTruncated>${String(page.isTruncated)}</IsTruncated>${items.join('')}${prefixesXml(page, asked)}</ListBucketResult>`
  );
}

const shared = ['prefix', 'delimiter', 'max-keys', 'encoding-type'];

export const listObjectVersions: BucketOperation = {
  name: 'ListObjectVersions',
  parameters: [...shared, 'key-marker', 'version-id-marker'],
  actions: () => ['ListBucketVersions'],
  handle: (call) => xmlResponse(listVersions(call)),
};

export const listObjectsV2: BucketOperation = {
  name: 'ListObjectsV2',
  parameters: [...shared, 'continuation-token', 'start-after', 'fetch-owner'],
  actions: () => ['ListBucket'],
  handle: (call) => xmlResponse(listObjects(call)),
};
