/** What the suite needs of the storage. Run it: whorl conformance storage <this file> */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StorageRig } from 'whorl/testkit';
import { adapter } from './json-storage.ts';

export async function rig(): Promise<StorageRig> {
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
}
