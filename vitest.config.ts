import { configDefaults, defineConfig } from 'vitest/config';
import { LONG_TESTS } from './vitest.long.config.ts';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts', 'console/src/**/*.test.ts', 'test/browser/**/*.browser.ts'],
    exclude: [
      ...configDefaults.exclude,
      ...LONG_TESTS,
      'test/machines/**',
      'test/desktop/installed/**',
      'test/windows/wine/**',
    ],
    setupFiles: ['test/support/seed-properties.ts'],
    pool: 'forks',
    // Many tests wait for processes, so that a core of its own for the runner would stand idle.
    maxWorkers: '100%',
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
