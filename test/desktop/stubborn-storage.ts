/** A storage in memory that changes nothing while the file that it is given exists; one that says `wait` is waited for. */

import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
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
    const [adds, deletes] = [database.add.bind(database), database.delete.bind(database)];
    database.add = async (record) => {
      await this.#requireNoFile();
      return await adds(record);
    };
    database.delete = async (selector) => {
      await this.#requireNoFile();
      return await deletes(selector);
    };
    return database;
  }

  async #requireNoFile(): Promise<void> {
    if (!existsSync(this.#file)) return;
    if (readFileSync(this.#file, 'utf8') !== 'wait') throw new BiometricError('WINBIO_E_DATABASE_WRITE_ERROR');
    while (existsSync(this.#file)) await wait(5);
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
