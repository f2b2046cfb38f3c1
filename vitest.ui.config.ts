import { defineConfig } from 'vitest/config';
import { UI_TESTS } from './vitest.config.ts';

export default defineConfig({
  test: {
    include: UI_TESTS,
    globalSetup: ['test/support/build.ts', 'test/support/build-page.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    fileParallelism: false,
  },
});
