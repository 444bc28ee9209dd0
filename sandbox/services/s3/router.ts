/** From method, address and query string to the operation; whatever is not in the table is 501. */
import { notImplemented, type SignedRequest } from '../../service.ts';
import { addressOf, type Address } from './address.ts';
import { policyOperations, policyStatus } from './bucket-policy.ts';
import { createBucket, deleteBucket, getBucketLocation, headBucket } from './buckets.ts';
import { listBuckets } from './list-buckets.ts';
import { listObjectsV2, listObjectVersions } from './listing.ts';
import { deleteObject, deleteObjects, getObject, headObject } from './objects.ts';
import type { Operation } from './operation.ts';
import { putObject } from './put-object.ts';
import { listedOperationsOf, operationsOf } from './stored.ts';
import { listedSubResources, subResources } from './subresources.ts';

/** What a request asks for. */
interface Routed {
  readonly operation: Operation;
  readonly address: Address;
}

// By what is addressed, the method, and the sub-resource: `bucket GET replication`, `bucket GET inventory id`.
const operations = new Map<string, Operation>([
  ['service GET', listBuckets],
  ['bucket PUT', createBucket],
  ['bucket DELETE', deleteBucket],
  ['bucket HEAD', headBucket],
  ['bucket GET location', getBucketLocation],
  ['bucket GET versions', listObjectVersions],
  ['bucket GET list-type', listObjectsV2],
  ['bucket POST delete', deleteObjects],
  ['bucket GET policyStatus', policyStatus],
  ['object PUT', putObject],
  ['object GET', getObject],
  ['object HEAD', headObject],
  ['object DELETE', deleteObject],
]);

for (const [method, operation] of Object.entries(policyOperations)) {
  operations.set(`bucket ${method} policy`, operation);
}
for (const sub of subResources) {
  for (const [method, operation] of Object.entries(operationsOf(sub))) {
    operations.set(`bucket ${method} ${sub.query}`, operation);
  }
}
for (const sub of listedSubResources) {
  for (const [methodAndId, operation] of Object.entries(listedOperationsOf(sub))) {
    const [method = '', id] = methodAndId.split(' ');
    operations.set(`bucket ${method} ${sub.query}${id === undefined ? '' : ' id'}`, operation);
  }
}

// Every sub-resource's name, and `id`, which tells one of many from the list.
const subNames = new Set(
  [...operations.keys()].flatMap((line) => line.split(' ').slice(2)).filter((name) => name !== 'id'),
);

function lineOf({ bucket, key }: Address, { method, query }: SignedRequest): string {
  const kind = bucket === null ? 'service' : key === null ? 'bucket' : 'object';
  const names = [...query.keys()].filter((name) => subNames.has(name));
  const id = names.length > 0 && query.has('id') ? ['id'] : [];
  return [kind, method, ...names, ...id].join(' ');
}

/** SDKs name the operation in `x-id`, which S3 ignores. */
function isKnownParameter(operation: Operation, name: string): boolean {
  return name === 'x-id' || subNames.has(name) || (operation.parameters?.includes(name) ?? false);
}

/** The operation, or 501. */
export function route(request: SignedRequest): Routed {
  const address = addressOf(request);
  const line = lineOf(address, request);
  const operation = operations.get(line);
  if (!operation) throw notImplemented(`S3's ${line} with [${[...request.query.keys()].join(', ')}]`);
  const stranger = [...request.query.keys()].find((name) => !isKnownParameter(operation, name));
  if (stranger !== undefined) throw notImplemented(`the parameter ${stranger} of ${operation.name}`);
  return { operation, address };
}
