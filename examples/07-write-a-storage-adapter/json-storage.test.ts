/** The suite on the storage. Run it: node --test examples/07-write-a-storage-adapter */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { storageSuite } from 'whorl/testkit';
import { adapter } from './json-storage.ts';

const suite = storageSuite(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'json-storage-'));
  const storage = await adapter.create({});
  let files = 0;
  return {
    adapter: storage,
    place: () => ({ path: join(folder, `${++files}.json`) }),
    reopen: async () => await adapter.create({}),
    async close() {
      await storage.close();
      await rm(folder, { recursive: true });
    },
  };
});
for (const { title, skipped, run } of suite) test(title, { skip: skipped ?? false }, run);
