import { expect, test } from 'vitest';
import { crippled, failing } from '../../../../test/support/crippled.ts';
import type { SharedLog } from '../../../adapters/shared-log.ts';
import { MemoryLogContent, MemorySharedLog } from '../../../storage/memory/memory-shared-log.ts';
import { sharedLogSuite } from './shared-log-suite.ts';

function suite(breakIt: (log: SharedLog) => Partial<SharedLog> = () => ({})) {
  return sharedLogSuite(async () => {
    const content = new MemoryLogContent();
    const open = async (site: string) => {
      const log = new MemorySharedLog(content, site);
      return crippled<SharedLog>(log, breakIt(log));
    };
    return { open, close: async () => {} };
  }, ['trimming']);
}

for (const { title, skipped, run } of suite()) test.skipIf(skipped !== undefined)(title, run);

const logs: readonly [string, string, (log: SharedLog) => Partial<SharedLog>][] = [
  ['writes what is there already', 'log-4', (log) => ({ push: (entries) => log.push(entries) })],
  ['writes whatever was written since', 'log-5', (log) => ({ push: (entries) => log.push(entries) })],
  [
    'forgets nobody',
    'log-3',
    (log) => ({
      push: (entries, options) =>
        log.push(
          entries.map((entry) => ({ ...entry, forgets: undefined })),
          options,
        ),
    }),
  ],
  [
    'leaves out the last entry',
    'log-6',
    (log) => ({
      async *since(after) {
        for await (const batch of log.since(after)) yield batch.slice(0, -1);
      },
    }),
  ],
  [
    'says that everything is there still',
    'log-2',
    (log) => ({
      async *since(after) {
        for await (const batch of log.since(after)) yield batch.map((entry) => ({ ...entry, isGone: false }));
      },
    }),
  ],
];

test.each(logs)('the suite of shared logs notices one that %s', async (_what, id, breakIt) => {
  expect(await failing(suite(breakIt))).toContain(id);
});
