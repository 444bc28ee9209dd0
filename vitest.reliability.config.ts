import { defineConfig } from 'vitest/config';
import usual from './vitest.config.ts';

/** What AWS, the disk and the user may do to a scan: `npm run test:reliability`; RELIABILITY=full runs all of it. */
export default defineConfig({
  test: { ...usual.test, include: ['test/reliability/**/*.reliability.ts'] },
});
