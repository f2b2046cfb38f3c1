import { defineConfig } from 'vitest/config';
import { LONG_TESTS } from './vitest.config.ts';

export default defineConfig({
  test: {
    include: LONG_TESTS,
    setupFiles: 'test/support/seed.ts',
    testTimeout: 600_000,
    hookTimeout: 600_000,
    maxWorkers: 2,
  },
});
