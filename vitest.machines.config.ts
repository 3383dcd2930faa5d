/**
 * Tests with servers of other projects, PostgreSQL and NATS: `npm run -s test:machines`. They start private ones from what
 * is installed, and skip with a word where nothing is.
 */

import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/machines/**/*.test.ts'],
    setupFiles: ['test/support/seed-properties.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
