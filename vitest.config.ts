import { defineConfig } from 'vitest/config';

/** Tests that need a browser or a terminal, which a fresh machine may lack: `npm run test:ui`. */
export const UI_TESTS = ['test/**/*.browser.test.ts', 'test/**/*.terminal.test.ts'];

/** Tests that take long, or need Python: `npm run test:long`. */
export const LONG_TESTS = ['test/**/*.long.test.ts'];

/** Tests that run exported programs with Python and its libraries: `npm run test:export`. */
export const EXPORT_TESTS = ['test/**/*.export.test.ts'];

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: [...UI_TESTS, ...LONG_TESTS, ...EXPORT_TESTS],
    globalSetup: 'test/support/build.ts',
    setupFiles: 'test/support/seed.ts',
    maxWorkers: 2,
    // No test changes what another sees, and loading the engine anew for each file took a third of the time.
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    benchmark: { include: ['test/bench/**/*.bench.ts'] },
  },
});
