/** An open database with its resident gallery: records and what is searched never differ. */

import type { EngineAdapter, Gallery, PresentPerson } from '../../adapters/engine-adapter.ts';
import type { AdapterOptions } from '../../adapters/sensor-adapter.ts';
import type {
  DatabaseDescriptor,
  NewRecord,
  RecordSelector,
  StorageAdapter,
  StoredRecord,
  TemplateDatabase,
} from '../../adapters/storage-adapter.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import { WINBIO_SUBTYPE_ANY } from '../../core/constants.ts';
import type { RecordId, SubFactor } from '../../core/identifiers.ts';
import { type Identity, type OwnerIdentity, sameIdentity } from '../../core/identity.ts';

/** A reference that was found. */
export interface FoundReference {
  readonly identity: OwnerIdentity;
  readonly subFactor: SubFactor;
  readonly score: number;
}

type Owner = Omit<FoundReference, 'score'>;

export class TemplateStore implements AsyncDisposable {
  readonly storage: StorageAdapter;
  readonly #database: TemplateDatabase;
  readonly #engine: EngineAdapter;
  readonly #gallery: Gallery;
  readonly #owners = new Map<RecordId, Owner>();
  #lastExclusive: Promise<unknown> = Promise.resolve();

  private constructor(storage: StorageAdapter, database: TemplateDatabase, engine: EngineAdapter) {
    this.storage = storage;
    this.#database = database;
    this.#engine = engine;
    this.#gallery = engine.createGallery();
  }

  /** Opens the database and loads its gallery. Rejects with the codes of {@link StorageAdapter.open}. */
  static async open(
    storage: StorageAdapter,
    descriptor: DatabaseDescriptor,
    options: { readonly create: boolean; readonly engine: EngineAdapter },
  ): Promise<TemplateStore> {
    const database = await storage.open(descriptor, options);
    try {
      const store = new TemplateStore(storage, database, options.engine);
      for await (const batch of database.query({})) for (const record of batch) store.#remember(record);
      return store;
    } catch (thrown) {
      await database.close();
      throw thrown;
    }
  }

  get descriptor(): DatabaseDescriptor {
    return this.#database.descriptor;
  }

  /** Somebody (anybody when absent) has a template here. */
  hasOwner(owner: Identity | undefined): boolean {
    if (owner === undefined) return this.#owners.size > 0;
    return [...this.#owners.values()].some(({ identity }) => sameIdentity(identity, owner));
  }

  /** Owner of a record. */
  ownerOf(recordId: RecordId | undefined): OwnerIdentity | undefined {
    return recordId === undefined ? undefined : this.#owners.get(recordId)?.identity;
  }

  /** Everybody in a frame. Rejects with E_NOTIMPL when the engine cannot monitor presence. */
  async identifyAll(sample: Uint8Array, options: AdapterOptions): Promise<readonly PresentPerson[]> {
    const people = await this.#engine.identifyAll?.(sample, this.#gallery, options);
    if (people === undefined) throw new BiometricError('E_NOTIMPL');
    return people;
  }

  /** Best reference that matches the features; undefined when none does. */
  async identify(features: Uint8Array, options: AdapterOptions): Promise<FoundReference | undefined> {
    if (this.#gallery.size === 0) return undefined;
    const [best] = await this.#engine.identify(features, this.#gallery, options);
    return best && this.#found(best.recordId, best.score);
  }

  /** Compares with one identity's references; an identity without any is no match (D-32). */
  async verify(
    features: Uint8Array,
    claim: { readonly identity: OwnerIdentity; readonly subFactor: SubFactor },
    options: AdapterOptions,
  ): Promise<{ readonly match: boolean; readonly score: number }> {
    const templates = (await this.#records(selector(claim.identity, claim.subFactor))).map(({ template }) => template);
    if (templates.length === 0) return { match: false, score: 0 };
    return await this.#engine.verify(features, templates, options);
  }

  /** Best reference that holds the same finger as a finished template. */
  async findDuplicate(template: Uint8Array, options: AdapterOptions): Promise<FoundReference | undefined> {
    if (this.#gallery.size === 0) return undefined;
    const [best] = await this.#engine.findDuplicates(template, this.#gallery, options);
    return best && this.#found(best.recordId, best.score);
  }

  /** Stores a record and reads it back; only then it can be found. Rejects as {@link TemplateDatabase.add} does. */
  async add(record: NewRecord): Promise<void> {
    const recordId = await this.#database.add(record);
    const stored = (await this.#records(selector(record.identity, record.subFactor))).find(
      (candidate) => candidate.recordId === recordId,
    );
    if (stored === undefined || !sameBytes(stored.template, record.template)) {
      throw new BiometricError('WINBIO_E_DATABASE_WRITE_ERROR', 'the record could not be read back');
    }
    this.#remember(stored);
  }

  /** Runs one action at a time, so that a duplicate check and the write after it see the same records. */
  exclusively<T>(action: () => Promise<T>): Promise<T> {
    const run = this.#lastExclusive.then(action);
    this.#lastExclusive = run.catch(() => undefined);
    return run;
  }

  /** Deletes the records of an identity (any for a wildcard) and sub-factor; says how many went. */
  async delete(identity: Identity, subFactor: SubFactor): Promise<number> {
    const gone = await this.#database.delete(selector(identity, subFactor));
    for (const recordId of gone) {
      this.#owners.delete(recordId);
      this.#gallery.remove(recordId);
    }
    return gone.length;
  }

  /** Sub-factors an identity has templates of, ascending. */
  async subFactors(identity: OwnerIdentity): Promise<readonly SubFactor[]> {
    const found = new Set((await this.#records({ identity })).map(({ subFactor }) => subFactor));
    return [...found].sort((a, b) => a - b);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#gallery[Symbol.dispose]();
    await this.#database.close();
  }

  #remember(record: StoredRecord): void {
    this.#gallery.add(record.recordId, record.template);
    this.#owners.set(record.recordId, { identity: record.identity, subFactor: record.subFactor });
  }

  #found(recordId: RecordId, score: number): FoundReference | undefined {
    const owner = this.#owners.get(recordId);
    return owner && { ...owner, score };
  }

  async #records(wanted: RecordSelector): Promise<StoredRecord[]> {
    const records: StoredRecord[] = [];
    for await (const batch of this.#database.query(wanted)) records.push(...batch);
    return records;
  }
}

function selector(identity: Identity, subFactor: SubFactor): RecordSelector {
  return {
    ...((identity.type === 'sid' || identity.type === 'guid') && { identity }),
    ...(subFactor !== WINBIO_SUBTYPE_ANY && { subFactor }),
  };
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}
