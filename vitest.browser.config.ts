import { defineConfig } from 'vitest/config';

/** The tests that need a browser: `npx vitest run --config vitest.browser.config.ts`. */
export default defineConfig({
  test: { include: ['test/browser/**/*.browser.ts'], testTimeout: 120_000, hookTimeout: 120_000 },
});
