/** The sandbox's own pages: faults and call counts over HTTP, for clients in other processes. Unsigned: it listens on loopback only. */
import type { Surroundings } from './answer.ts';
import { parseFault } from './faults.ts';
import { AwsError, type ServiceResponse } from './service.ts';
import type { RawRequest } from './canonical.ts';

function json(status: number, value: unknown): ServiceResponse {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) };
}

/** `POST /_sandbox/faults` (one fault as JSON), `DELETE /_sandbox/faults`, `GET` and `DELETE /_sandbox/calls`. */
export function answerControl({ faults, calls }: Surroundings, raw: RawRequest): ServiceResponse {
  try {
    switch (`${raw.method} ${raw.path}`) {
      case 'POST /_sandbox/faults':
        faults.add(parseFault(raw.body.toString()));
        return json(200, {});
      case 'DELETE /_sandbox/faults':
        faults.clear();
        return json(200, {});
      case 'GET /_sandbox/calls':
        return json(200, calls.entries());
      case 'DELETE /_sandbox/calls':
        calls.clear();
        return json(200, {});
      default:
        return json(404, { message: `The sandbox has no ${raw.method} ${raw.path}.` });
    }
  } catch (thrown) {
    if (thrown instanceof AwsError) return json(thrown.status, { message: thrown.message });
    throw thrown;
  }
}
