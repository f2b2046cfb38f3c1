import { defineConfig } from 'vitest/config';
import { UI_TESTS } from './vitest.config.ts';

/** Tests of terminal and reports: `npm run test:ui`; those of the page have a command of their own. */
export default defineConfig({
  test: {
    include: UI_TESTS,
    exclude: ['test/page/**'],
    globalSetup: ['test/support/build.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    fileParallelism: false,
  },
});
