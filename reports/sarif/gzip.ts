/** How large a text is once gzipped, without holding it. */
import { once } from 'node:events';
import { createGzip } from 'node:zlib';

export interface Meter {
  readonly add: (text: string) => Promise<void>;
  /** The bytes of all that was added. */
  readonly end: () => Promise<number>;
}

export function gzipMeter(): Meter {
  const gzip = createGzip();
  let bytes = 0;
  gzip.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
  });
  return {
    async add(text) {
      if (!gzip.write(text)) await once(gzip, 'drain');
    },
    async end() {
      gzip.end();
      await once(gzip, 'end');
      return bytes;
    },
  };
}
