/** Tests of the console in a browser, one after the other: `npm run -s test:browser`. */

import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/browser/**/*.browser.ts'],
    globalSetup: ['test/browser/build-console.ts'],
    env: { WHORL_BUDGETS: 'strict' },
    pool: 'forks',
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 60_000,
  },
});
