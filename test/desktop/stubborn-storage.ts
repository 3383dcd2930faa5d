/** A storage in memory that deletes nothing while the file that it is given exists. */

import { existsSync } from 'node:fs';
import { defineAdapter } from '../../src/adapters/adapter-module.ts';
import type { DatabaseDescriptor } from '../../src/adapters/storage-adapter.ts';
import { BiometricError } from '../../src/core/biometric-error.ts';
import { MemoryStorageAdapter } from '../../src/storage/memory/memory-storage-adapter.ts';

class StubbornStorage extends MemoryStorageAdapter {
  readonly #file: string;

  constructor(file: string) {
    super();
    this.#file = file;
  }

  protected override async _open(descriptor: DatabaseDescriptor, options: { readonly create: boolean }) {
    const database = await super._open(descriptor, options);
    const deletes = database.delete.bind(database);
    database.delete = async (selector) => {
      if (existsSync(this.#file)) throw new BiometricError('WINBIO_E_DATABASE_WRITE_ERROR');
      return await deletes(selector);
    };
    return database;
  }
}

export const adapter = defineAdapter({
  kind: 'storage',
  name: 'stubborn',
  version: '1.0.0',
  contract: '1.0',
  capabilities: [],
  create: ({ file }) => new StubbornStorage(String(file)),
});
