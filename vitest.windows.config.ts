/** Tests of what is of Windows: `npm run -s test:windows`. They skip with a word where a compiler or Wine is missing. */

import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/windows/**/*.test.ts'],
    setupFiles: ['test/support/seed-properties.ts'],
    pool: 'forks',
    // One Wine for all, and the first test with it prepares it.
    maxWorkers: 1,
    testTimeout: 180_000,
    hookTimeout: 600_000,
  },
});
