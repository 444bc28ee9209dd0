/** The operations that put, get and delete a sub-resource's document. */
import { AwsError, type ServiceResponse } from '../../service.ts';
import { element, parseXml, s3Document, type XmlElement } from '../../xml.ts';
import { type BucketOperation, type Call, emptyResponse, xmlResponse } from './operation.ts';
import type { ListedSubResource, SubResource } from './subresources.ts';

const minimumSize = 'x-amz-transition-default-minimum-object-size';

/** A lifecycle's minimum size travels in a header, both ways. */
function lifecycleHeaders(sub: SubResource, { bucket }: Call): Record<string, string> {
  if (sub.query !== 'lifecycle') return {};
  return { [minimumSize]: bucket.documents.get(minimumSize) ?? 'all_storage_classes_128K' };
}

function get(sub: SubResource, call: Call): ServiceResponse {
  const document = call.bucket.documents.get(sub.query) ?? sub.absent;
  if (document instanceof AwsError) throw document;
  return xmlResponse(document, lifecycleHeaders(sub, call));
}

function put(sub: SubResource, call: Call): ServiceResponse {
  const { documents } = call.bucket;
  const root = sub.accept(parseXml(call.request.body.toString(), sub.root), call);
  documents.set(sub.query, s3Document(root));
  const size = call.request.headers[minimumSize];
  if (sub.query === 'lifecycle' && size !== undefined) documents.set(minimumSize, size);
  return emptyResponse(sub.putStatus ?? 200, lifecycleHeaders(sub, call));
}

/** Get, Put and, where there is one, Delete. */
export function operationsOf(sub: SubResource): Record<string, BucketOperation> {
  const operations: Record<string, BucketOperation> = {
    GET: { name: `Get${sub.name}`, actions: () => [`Get${sub.action}`], handle: (call) => get(sub, call) },
    PUT: { name: `Put${sub.name}`, actions: () => [`Put${sub.action}`], handle: (call) => put(sub, call) },
  };
  if (sub.deletes) {
    operations['DELETE'] = {
      name: sub.deleteName ?? `Delete${sub.name}`,
      actions: () => [`Put${sub.action}`],
      handle: ({ bucket }) => {
        bucket.documents.delete(sub.query);
        return emptyResponse(204);
      },
    };
  }
  return operations;
}

const pageSize = 100;

function noSuchConfiguration(): AwsError {
  return new AwsError('NoSuchConfiguration', 404, 'The specified configuration does not exist.');
}

function list(sub: ListedSubResource, { bucket, request }: Call): ServiceResponse {
  const prefix = `${sub.query}/`;
  const token = request.query.get('continuation-token');
  const after = token === null ? '' : Buffer.from(token, 'base64url').toString();
  const ids = [...bucket.documents.keys()]
    .filter((name) => name.startsWith(prefix) && name > prefix + after)
    .sort();
  const page = ids.slice(0, pageSize);
  const next = ids.length > page.length ? page.at(-1)?.slice(prefix.length) : undefined;
  const children: XmlElement[] = page.map((name) => parseXml(bucket.documents.get(name) ?? '', sub.root));
  children.push(element('IsTruncated', next === undefined ? 'false' : 'true'));
  if (token !== null) children.push(element('ContinuationToken', token));
  if (next !== undefined) {
    children.push(element('NextContinuationToken', Buffer.from(next).toString('base64url')));
  }
  return xmlResponse(s3Document(element(sub.listRoot, children)));
}

function idOf({ request }: Call): string {
  return request.query.get('id') ?? '';
}

/** Get, Put and Delete by id, and the list. */
export function listedOperationsOf(sub: ListedSubResource): Record<string, BucketOperation> {
  const keyOf = (call: Call): string => `${sub.query}/${idOf(call)}`;
  const read = () => [`Get${sub.action}`];
  const write = () => [`Put${sub.action}`];
  return {
    'GET id': {
      name: `Get${sub.name}`,
      parameters: ['id'],
      actions: read,
      handle: (call) => {
        const document = call.bucket.documents.get(keyOf(call));
        if (document === undefined) throw noSuchConfiguration();
        return xmlResponse(document);
      },
    },
    GET: {
      name: sub.listName,
      parameters: ['continuation-token'],
      actions: read,
      handle: (call) => list(sub, call),
    },
    'PUT id': {
      name: `Put${sub.name}`,
      parameters: ['id'],
      actions: write,
      handle: (call) => {
        const root = sub.accept(parseXml(call.request.body.toString(), sub.root), call);
        call.bucket.documents.set(keyOf(call), s3Document(root));
        return emptyResponse(200);
      },
    },
    'DELETE id': {
      name: `Delete${sub.name}`,
      parameters: ['id'],
      actions: write,
      handle: (call) => {
        if (!call.bucket.documents.delete(keyOf(call))) throw noSuchConfiguration();
        return emptyResponse(204);
      },
    },
  };
}
