import { defineConfig } from 'vitest/config';

/** Tests of the page in a browser: `npm run test:page`. One file at a time: what they measure is the page, not its neighbours. */
export default defineConfig({
  test: {
    include: ['test/page/**/*.browser.test.ts'],
    globalSetup: ['test/support/build.ts', 'test/support/build-page.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    fileParallelism: false,
  },
});
