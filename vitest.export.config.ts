import { defineConfig } from 'vitest/config';
import { EXPORT_TESTS } from './vitest.config.ts';

export default defineConfig({
  test: {
    include: EXPORT_TESTS,
    globalSetup: ['test/support/build.ts', 'test/export/setup.ts'],
    testTimeout: 600_000,
    hookTimeout: 600_000,
    maxWorkers: 2,
  },
});
