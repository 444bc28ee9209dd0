import { defineConfig } from 'vitest/config';
import usual from './vitest.config.ts';

/** What AWS, the disk and the user may do to a scan: `npm run test:reliability`; RELIABILITY=full runs all of it. */
const seed = process.env['SEED'] ?? String(Date.now() % 1_000_000);

export default defineConfig({
  test: {
    ...usual.test,
    env: { ...usual.test?.env, SEED: seed },
    include: ['test/reliability/**/*.reliability.ts'],
  },
});
