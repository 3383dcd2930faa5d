/** People of a database with all of their fingers at once: for systems that hold a person, and no sessions. */

import type { AdapterOptions } from '../../adapters/sensor-adapter.ts';
import type { NewRecord, StoredRecord } from '../../adapters/storage-adapter.ts';
import { BiometricError, hresultOf } from '../../core/biometric-error.ts';
import { WINBIO_SUBTYPE_ANY } from '../../core/constants.ts';
import type { OwnerIdentity } from '../../core/identity.ts';
import { E_NOTIMPL } from '../../core/result-constants.ts';
import type { FoundReference } from './found-reference.ts';
import type { TemplateStore } from './template-store.ts';

export class PersonGallery {
  readonly #store: TemplateStore;
  readonly #onStored: () => void;

  constructor(store: TemplateStore, onStored: () => void) {
    this.#store = store;
    this.#onStored = onStored;
  }

  /** Owners that have a template. */
  async count(): Promise<number> {
    await this.#store.loaded();
    return this.#store.owners.length;
  }

  /** Records of an owner; none for one that has none. */
  async recordsOf(owner: OwnerIdentity): Promise<readonly StoredRecord[]> {
    return await this.#store.all({ identity: owner });
  }

  /**
   * Stores the records of an owner that has none, all or none of them; nobody is searched for. Rejects with
   * WINBIO_E_DUPLICATE_ENROLLMENT for an owner that has records, and as {@link TemplateStore.add} does.
   */
  async add(owner: OwnerIdentity, records: readonly Omit<NewRecord, 'identity'>[]): Promise<void> {
    const store = this.#store;
    await store.inTurn(async () => {
      await store.loaded();
      await store.certain();
      if (store.subFactorsOf(owner).length > 0) throw new BiometricError('WINBIO_E_DUPLICATE_ENROLLMENT');
      await this.#addAll(
        owner,
        records.map((record) => ({ ...record, identity: owner })),
      );
    });
    this.#onStored();
  }

  /** Deletes all records of an owner; says how many there were. */
  async delete(owner: OwnerIdentity): Promise<number> {
    return await this.#store.inTurn(() => this.#store.delete(owner, WINBIO_SUBTYPE_ANY));
  }

  /**
   * All references that hold the same finger as a template, best first; where the database is shared, among all that are
   * stored by now. Rejects with WHORL_E_OFFLINE, WHORL_E_INCOMPLETE, WINBIO_E_CANCELED.
   */
  async search(template: Uint8Array, options: AdapterOptions): Promise<readonly FoundReference[]> {
    return await this.#store.findAll(template, options);
  }

  async #addAll(owner: OwnerIdentity, records: readonly NewRecord[]): Promise<void> {
    const store = this.#store;
    try {
      return await store.addAll(records);
    } catch (thrown) {
      if (hresultOf(thrown) !== E_NOTIMPL) throw thrown;
    }
    try {
      for (const record of records) await store.add(record);
    } catch (thrown) {
      await store.delete(owner, WINBIO_SUBTYPE_ANY);
      throw thrown;
    }
  }
}
