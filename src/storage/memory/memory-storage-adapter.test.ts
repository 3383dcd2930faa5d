import { test } from 'vitest';
import { storageSuite } from '../../testkit/suites/storage/storage-suite.ts';
import { MemoryStorageAdapter } from './memory-storage-adapter.ts';

const suite = storageSuite(async () => {
  const adapter = new MemoryStorageAdapter();
  return { adapter, place: () => ({}), close: () => adapter.close() };
});
for (const { title, run } of suite) test(title, run);
