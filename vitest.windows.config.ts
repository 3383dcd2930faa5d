/**
 * Tests with Node.js for Windows, by Wine: `npm run -s test:windows`. They run what `npm run build` has built, and skip with a
 * word where Wine is missing.
 */

import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/windows/**/*.test.ts'],
    setupFiles: ['test/support/seed-properties.ts'],
    pool: 'forks',
    // One Wine for all.
    maxWorkers: 1,
    testTimeout: 180_000,
    hookTimeout: 300_000,
  },
});
