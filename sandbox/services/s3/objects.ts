/** GetObject, HeadObject, DeleteObject, DeleteObjects. */
import { AwsError, type ServiceResponse } from '../../service.ts';
import {
  childrenOf,
  element,
  malformedXml,
  parseXml,
  s3Document,
  textAt,
  type XmlElement,
} from '../../xml.ts';
import type { ObjectVersion } from '../../world.ts';
import { authoriseOn } from './access.ts';
import { versioningOf } from './stored-document.ts';
import { type BucketOperation, type Call, emptyResponse, xmlResponse } from './operation.ts';
import { creationTime } from './put-object.ts';
import { write } from './replicate.ts';
import { latest, newVersionId, remove, versionOf } from './versions.ts';

const marker = { 'x-amz-delete-marker': 'true' };

function find({ bucket, key, request }: Call): ObjectVersion {
  const versionId = request.query.get('versionId');
  const found = versionId === null ? latest(bucket, key) : versionOf(bucket, key, versionId);
  if (!found) {
    throw versionId === null
      ? new AwsError('NoSuchKey', 404, 'The specified key does not exist.')
      : new AwsError('NoSuchVersion', 404, 'The specified version does not exist.');
  }
  if (!found.deleteMarker) return found;
  const headers = { ...marker, 'x-amz-version-id': found.versionId };
  throw versionId === null
    ? new AwsError('NoSuchKey', 404, 'The specified key does not exist.', headers)
    : new AwsError(
        'MethodNotAllowed',
        405,
        'The specified method is not allowed against this resource.',
        headers,
      );
}

function headersOf(version: ObjectVersion, isVersioned: boolean): Record<string, string> {
  return {
    ...version.headers,
    etag: version.etag,
    'last-modified': version.created.toUTCString(),
    'accept-ranges': 'bytes',
    ...(isVersioned ? { 'x-amz-version-id': version.versionId } : {}),
    ...(version.storageClass === 'STANDARD' ? {} : { 'x-amz-storage-class': version.storageClass }),
    ...(version.tags.length > 0 ? { 'x-amz-tagging-count': String(version.tags.length) } : {}),
    ...(version.replicationStatus === null ? {} : { 'x-amz-replication-status': version.replicationStatus }),
  };
}

/** The bytes that a Range header asks for; null is the whole. */
function rangeOf({ request }: Call, size: number): { from: number; to: number } | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(request.headers['range'] ?? '');
  if (!match || (match[1] === '' && match[2] === '')) return null;
  const [, first = '', last = ''] = match;
  const from = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const to = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (from <= to) return { from, to };
  throw new AwsError('InvalidRange', 416, 'The requested range is not satisfiable');
}

function read(call: Call): ServiceResponse {
  const version = find(call);
  const headers = headersOf(version, versioningOf(call.bucket) !== null);
  const range = rangeOf(call, version.size);
  if (!range)
    return {
      status: 200,
      headers: { ...headers, 'content-length': String(version.size) },
      body: version.body,
    };
  const { from, to } = range;
  const place = {
    'content-range': `bytes ${from}-${to}/${version.size}`,
    'content-length': String(to - from + 1),
  };
  return { status: 206, headers: { ...headers, ...place }, body: version.body.subarray(from, to + 1) };
}

const actionsOf = (name: string): BucketOperation['actions'] => {
  return ({ query }) => [query.has('versionId') ? `${name}Version` : name];
};

/** GetObject and HeadObject take the same permission, and give the same headers. */
export const getObject: BucketOperation = {
  name: 'GetObject',
  parameters: ['versionId'],
  actions: actionsOf('GetObject'),
  handle: read,
};

export const headObject: BucketOperation = { ...getObject, name: 'HeadObject' };

interface Deletion {
  readonly versionId: string | null;
  /** A marker was written, or one was deleted. */
  readonly marker: boolean;
}

function addMarker({ world, request, bucket, key }: Call, versionId: string): Deletion {
  write(world, bucket, {
    key,
    versionId,
    deleteMarker: true,
    created: creationTime(world, request),
    size: 0,
    etag: '',
    storageClass: 'STANDARD',
    body: Buffer.alloc(0),
    headers: {},
    tags: [],
    replicationStatus: null,
  });
  return { versionId, marker: true };
}

/** Deletes by version id are never replicated: https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-what-is-isnot-replicated.html */
function deleteOne(call: Call, versionId: string | null): Deletion {
  const versioning = versioningOf(call.bucket);
  if (versionId !== null) {
    return { versionId, marker: remove(call.bucket, call.key, versionId)?.deleteMarker ?? false };
  }
  if (versioning !== null)
    return addMarker(call, versioning === 'Enabled' ? newVersionId(call.world) : 'null');
  remove(call.bucket, call.key, 'null');
  return { versionId: null, marker: false };
}

export const deleteObject: BucketOperation = {
  name: 'DeleteObject',
  parameters: ['versionId'],
  actions: actionsOf('DeleteObject'),
  handle: (call) => {
    const { versionId, marker: isMarker } = deleteOne(call, call.request.query.get('versionId'));
    return emptyResponse(204, {
      ...(versionId === null ? {} : { 'x-amz-version-id': versionId }),
      ...(isMarker ? marker : {}),
    });
  },
};

function deleteListed(call: Call, item: XmlElement): XmlElement {
  const key = textAt(item, 'Key');
  const versionId = textAt(item, 'VersionId') ?? null;
  if (key === undefined) throw malformedXml();
  const named = [element('Key', key), ...(versionId === null ? [] : [element('VersionId', versionId)])];
  try {
    authoriseOn(call, versionId === null ? 'DeleteObject' : 'DeleteObjectVersion', key);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return element('Error', [...named, element('Code', error.code), element('Message', error.message)]);
  }
  const deleted = deleteOne({ ...call, key }, versionId);
  if (!deleted.marker) return element('Deleted', named);
  const markerId = element('DeleteMarkerVersionId', deleted.versionId ?? 'null');
  return element('Deleted', [...named, element('DeleteMarker', 'true'), markerId]);
}

/** DeleteObjects: every key is authorised by itself. */
export const deleteObjects: BucketOperation = {
  name: 'DeleteObjects',
  actions: () => [],
  handle: (call) => {
    const root = parseXml(call.request.body.toString(), 'Delete');
    const items = childrenOf(root, 'Object');
    if (items.length === 0 || items.length > 1000) throw malformedXml();
    const quiet = textAt(root, 'Quiet') === 'true';
    const results = items.map((item) => deleteListed(call, item));
    const told = quiet ? results.filter(({ name }) => name === 'Error') : results;
    return xmlResponse(s3Document(element('DeleteResult', told)));
  },
};
