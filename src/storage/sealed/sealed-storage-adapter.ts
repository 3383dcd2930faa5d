/** Seals templates before a storage sees them, and opens them on the way back. */

import type { DatabaseDescriptor, StorageAdapter, StorageInfo } from '../../adapters/storage-adapter.ts';
import { StorageAdapterBase } from '../../adapters/storage-adapter-base.ts';
import type { TemplateDatabaseBase } from '../../adapters/template-database-base.ts';
import { SealedTemplateDatabase, type SparedRecords } from './sealed-template-database.ts';
import type { Sealing } from './sealing.ts';

export class SealedStorageAdapter extends StorageAdapterBase {
  readonly info: StorageInfo;
  readonly #inner: StorageAdapter;
  readonly #options: Sealing;
  readonly #spared: SparedRecords = new Set();

  /** `inner` becomes its own. */
  constructor(inner: StorageAdapter, options: Sealing) {
    super();
    this.info = inner.info;
    this.#inner = inner;
    this.#options = options;
  }

  protected override async _open(
    descriptor: DatabaseDescriptor,
    options: { readonly create: boolean },
  ): Promise<TemplateDatabaseBase> {
    const database = new SealedTemplateDatabase(
      await this.#inner.open(descriptor, options),
      this.#options,
      this.#spared,
      this.info.shared === true,
    );
    if (this.info.shared === true) await database.learnEnded();
    await database.sweep();
    return database;
  }

  protected override async _erase(descriptor: DatabaseDescriptor): Promise<void> {
    await this.#inner.erase(descriptor);
    this.#options.recordSet?.erased(descriptor.databaseId);
  }

  protected override _control(...request: Parameters<StorageAdapter['control']>) {
    return this.#inner.control(...request);
  }

  protected override _close(): Promise<void> {
    return this.#inner.close();
  }
}
