/**
 * Tests with the Linux desktop's own programs, fprintd's clients and PAM among them: `npm run -s test:desktop`. Those in
 * `test/desktop/installed` install a package into a system of their own. They skip with a word where a program is missing.
 */

import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/desktop/**/*.test.ts'],
    setupFiles: ['test/support/seed-properties.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 600_000,
  },
});
