/** Tests that take long, each for a good reason: `npm run -s test:long`, which the checks run beside `npm test`. */

import { defineConfig } from 'vitest/config';

/** Measurements, packing and compiling against the packages, programs from their start to their end, processes that are killed. */
export const LONG_TESTS = [
  'src/cli/engine/bench/bench.test.ts',
  'test/packages/packed.test.ts',
  'test/packages/guides.test.ts',
  'test/packages/examples.test.ts',
  'test/kill/kill.test.ts',
  'test/faults/faults.test.ts',
  'test/daemon/state-files.test.ts',
  'test/daemon/finger-commands.test.ts',
  'test/daemon/commands.test.ts',
  'test/daemon/record-ledger.test.ts',
  'test/daemon/damaged-database.test.ts',
  'test/daemon/backup.test.ts',
  'src/cli/engine/prints.test.ts',
  'test/shared/services.test.ts',
  'test/embedding/embedded.test.ts',
  'test/daemon/isolation.test.ts',
  'test/client/named-readers.test.ts',
  'test/hostile/hostile.test.ts',
  'test/load/load.test.ts',
];

export default defineConfig({
  test: {
    include: LONG_TESTS,
    setupFiles: ['test/support/seed-properties.ts'],
    pool: 'forks',
    maxWorkers: '100%',
    testTimeout: 120_000,
    hookTimeout: 60_000,
  },
});
