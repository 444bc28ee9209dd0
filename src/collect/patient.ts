/**
 * Requests that find no socket wait as the SDK made them. In the agent's own queue each would be a request of Node's with five
 * timers, among them those of an answer that nobody was asked for yet.
 */
import type { NodeHttpHandler } from '@smithy/node-http-handler';
import pLimit, { type LimitFunction } from 'p-limit';

type Handler = Pick<NodeHttpHandler, 'handle'>;

/** A host, and its requests that wait or are under way. */
interface Host {
  readonly limit: LimitFunction;
  requests: number;
}

/** Lets so many requests of each host through at once, and gives the handler back: a host that does not answer holds up no other. */
export function patient<H extends Handler>(handler: H, most: number): H {
  const handle = handler.handle.bind(handler);
  const hosts = new Map<string, Host>();
  handler.handle = async (request, options) => {
    const name = `${request.hostname}:${request.port ?? ''}`;
    const host = hosts.get(name) ?? { limit: pLimit(most), requests: 0 };
    hosts.set(name, host);
    host.requests += 1;
    try {
      return await host.limit(() => handle(request, options));
    } finally {
      host.requests -= 1;
      // A bucket may be a host.
      if (host.requests === 0) hosts.delete(name);
    }
  };
  return handler;
}
