/** Tests that pack the packages and compile programs against them: `npm run -s test:packages`. */

import { defineConfig } from 'vitest/config';

/** Longer than the rest, and about what is published. */
export const PACKAGE_TESTS = ['test/packages/packed.test.ts', 'test/packages/guides.test.ts'];

export default defineConfig({
  test: {
    include: PACKAGE_TESTS,
    pool: 'forks',
    maxWorkers: '100%',
    testTimeout: 120_000,
    hookTimeout: 60_000,
  },
});
