/** People of a database with all of their fingers at once: for systems that hold a person, and no sessions. */

import type { EngineAdapter } from '../../adapters/engine-adapter.ts';
import type { AdapterOptions } from '../../adapters/sensor-adapter.ts';
import type { NewRecord, StoredRecord } from '../../adapters/storage-adapter.ts';
import { BiometricError, hresultOf } from '../../core/biometric-error.ts';
import { WINBIO_SUBTYPE_ANY } from '../../core/constants.ts';
import type { RecordId } from '../../core/identifiers.ts';
import type { OwnerIdentity } from '../../core/identity.ts';
import { E_NOTIMPL } from '../../core/result-constants.ts';
import type { FoundReference } from './found-reference.ts';
import type { TemplateStore } from './template-store.ts';

export class PersonGallery {
  readonly #store: TemplateStore;
  readonly #engine: EngineAdapter;
  readonly #onStored: () => void;

  constructor(store: TemplateStore, engine: EngineAdapter, onStored: () => void) {
    this.#store = store;
    this.#engine = engine;
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

  /**
   * As {@link search}, among the records of some owners alone, by the threshold of all: whoever else matches better keeps none of
   * them out.
   */
  async searchAmong(
    template: Uint8Array,
    owners: readonly OwnerIdentity[],
    { signal }: AdapterOptions,
  ): Promise<readonly FoundReference[]> {
    const records = new Map<RecordId, StoredRecord>();
    using gallery = this.#engine.createGallery();
    for (const owner of owners) {
      for (const record of await this.recordsOf(owner)) {
        if ((await this.#store.refusal(record.template)) !== undefined) continue;
        gallery.add(record.recordId, record.template);
        records.set(record.recordId, record);
      }
    }
    if (gallery.size === 0) return [];
    const size = this.#store.owners.reduce((sum, { subFactors }) => sum + subFactors.length, 0);
    const found = await this.#engine.findDuplicates(template, gallery, { signal, size });
    return found.flatMap(({ recordId, score }) => {
      const record = records.get(recordId);
      return record === undefined ? [] : [{ recordId, identity: record.identity, subFactor: record.subFactor, score }];
    });
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
