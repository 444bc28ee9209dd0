/** Timeouts that a test can wait for, under the collector's own clients. Imported before them. */
import type * as Handler from '@smithy/node-http-handler';
import { vi } from 'vitest';

vi.mock('@smithy/node-http-handler', async (original) => {
  const real = await original<typeof Handler>();
  class Impatient extends real.NodeHttpHandler {
    constructor(options: object) {
      super({ ...options, connectionTimeout: 400, requestTimeout: 400, socketTimeout: 400 });
    }
  }
  return { ...real, NodeHttpHandler: Impatient };
});

/** The SDK draws its pauses between attempts; what is drawn here is the shortest. */
export function withoutPauses(): void {
  vi.spyOn(Math, 'random').mockReturnValue(0);
}
