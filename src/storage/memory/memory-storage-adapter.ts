/**
 * Template databases in the memory of this process, gone with the adapter: for tests, tours and kiosks that keep
 * nothing.
 */

import type { DatabaseDescriptor, StorageInfo } from '../../adapters/storage-adapter.ts';
import { StorageAdapterBase } from '../../adapters/storage-adapter-base.ts';
import type { TemplateDatabaseBase } from '../../adapters/template-database-base.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import { WINBIO_DATABASE_TYPE_DBMS } from '../../core/constants.ts';
import { MemoryHistory } from './memory-history.ts';
import { type MemoryContent, MemoryTemplateDatabase } from './memory-template-database.ts';
import { type SharedMemoryContent, SharedMemoryDatabase } from './shared-memory-database.ts';

/**
 * A storage whose databases live as long as it does, open or not. Opening rejects with WINBIO_E_DATABASE_CANT_FIND
 * without `create`, and with WINBIO_E_DATABASE_CORRUPTED for templates of another factor or format. Not durable.
 *
 * @example
 * await using storage = new MemoryStorageAdapter();
 */
export class MemoryStorageAdapter extends StorageAdapterBase {
  /** A database in memory, not durable; shared when it was made so. */
  readonly info: StorageInfo;
  readonly #databases = new Map<string, { descriptor: DatabaseDescriptor; content: SharedMemoryContent }>();

  /** With `shared`, several services of this process may open its databases, each following what the others change. */
  constructor({ shared = false }: { readonly shared?: boolean } = {}) {
    super();
    this.info = Object.freeze({ attributes: WINBIO_DATABASE_TYPE_DBMS, durable: false, ...(shared && { shared }) });
  }

  protected override async _open(
    descriptor: DatabaseDescriptor,
    options: { readonly create: boolean },
  ): Promise<TemplateDatabaseBase> {
    let entry = this.#databases.get(descriptor.databaseId);
    if (entry === undefined) {
      if (!options.create) throw new BiometricError('WINBIO_E_DATABASE_CANT_FIND');
      entry = { descriptor, content: { records: new Map(), lastRecordId: 0, history: new MemoryHistory() } };
      this.#databases.set(descriptor.databaseId, entry);
    }
    const { factor, templateFormat } = entry.descriptor;
    if (factor !== descriptor.factor || templateFormat !== descriptor.templateFormat) {
      throw new BiometricError('WINBIO_E_DATABASE_CORRUPTED', 'the database holds templates of another format');
    }
    const { indexLength = 0 } = entry.descriptor;
    const opened = { ...descriptor, indexLength };
    if (this.info.shared === true) return new SharedMemoryDatabase(opened, entry.content);
    return new MemoryTemplateDatabase(opened, entry.content);
  }

  protected override async _erase(descriptor: DatabaseDescriptor): Promise<void> {
    const entry = this.#databases.get(descriptor.databaseId);
    if (entry === undefined) throw new BiometricError('WINBIO_E_DATABASE_CANT_FIND');
    this.#databases.delete(descriptor.databaseId);
    wipe(entry.content);
  }

  protected override async _close(): Promise<void> {
    for (const { content } of this.#databases.values()) wipe(content);
    this.#databases.clear();
  }
}

function wipe(content: MemoryContent): void {
  for (const record of content.records.values()) record.template.fill(0);
  content.records.clear();
}
