/** A storage in files, failing when it is told to. */

import { defineAdapter } from '../../src/adapters/adapter-module.ts';
import type { ControlRequest } from '../../src/adapters/control.ts';
import { SqliteStorageAdapter } from '../../src/storage/sqlite/sqlite-storage-adapter.ts';
import { WAYS_TO_FAIL } from './ways-to-fail.ts';

class FailingStorage extends SqliteStorageAdapter {
  protected override async _control({ code }: ControlRequest) {
    WAYS_TO_FAIL[code]?.[1]();
    return await new Promise<never>(() => {});
  }
}

export const adapter = defineAdapter({
  kind: 'storage',
  name: 'failing',
  version: '1.0.0',
  contract: '1.0',
  capabilities: ['control', 'durability', 'replacement'],
  create: () => new FailingStorage(),
});
