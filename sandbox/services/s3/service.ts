/** Amazon S3, as far as replication and its auditor see it. */
import type { Service } from '../../service.ts';
import { reach } from './access.ts';
import { errorResponse } from './errors.ts';
import { checkDigests } from './put-object.ts';
import { route } from './router.ts';

export const s3: Service = {
  operation: (_world, request) => `s3:${route(request).operation.name}`,
  handle: (world, request) => {
    const { operation, address } = route(request);
    checkDigests(request);
    const name = address.bucket ?? '';
    if ('early' in operation) return operation.early({ world, request, bucketName: name });
    return operation.handle(reach({ world, request, key: address.key ?? '' }, name, operation));
  },
  error: errorResponse,
};
