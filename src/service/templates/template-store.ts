/** An open database with its resident gallery: records and what is searched never differ. */

import type {
  Candidate,
  EngineAdapter,
  Gallery,
  PresentPerson,
  VerificationOutcome,
} from '../../adapters/engine-adapter.ts';
import type { AdapterOptions } from '../../adapters/sensor-adapter.ts';
import type {
  DatabaseDescriptor,
  NewRecord,
  RecordSelector,
  StorageAdapter,
  StoredRecord,
  TemplateDatabase,
} from '../../adapters/storage-adapter.ts';
import { BiometricError, hresultOf } from '../../core/biometric-error.ts';
import { WINBIO_DATABASE_FLAG_REMOVABLE, WINBIO_SUBTYPE_ANY } from '../../core/constants.ts';
import type { RecordId, SubFactor } from '../../core/identifiers.ts';
import { type Identity, identityKey, type OwnerIdentity, sameIdentity } from '../../core/identity.ts';
import {
  WINBIO_E_DATABASE_READ_ERROR,
  WINBIO_E_DATABASE_WRITE_ERROR,
  WINBIO_E_DEVICE_FAILURE,
} from '../../core/result-constants.ts';
import type { TemplateOwner } from '../../core/service-report.ts';
import { RecordSignature } from './record-signature.ts';

/** Codes of a write that may have happened all the same. */
const UNCERTAIN_WRITES: ReadonlySet<number> = new Set([
  WINBIO_E_DEVICE_FAILURE,
  WINBIO_E_DATABASE_WRITE_ERROR,
  WINBIO_E_DATABASE_READ_ERROR,
]);

/** A reference that was found. */
export interface FoundReference {
  readonly recordId: RecordId;
  readonly identity: OwnerIdentity;
  readonly subFactor: SubFactor;
  readonly score: number;
  /** What that had to reach. */
  readonly threshold?: number;
}

type Owner = Pick<FoundReference, 'identity' | 'subFactor'>;

/** A gallery to search, and what is to be done after. */
interface Searched extends Disposable {
  readonly of: Gallery;
}

export class TemplateStore implements AsyncDisposable {
  readonly storage: StorageAdapter;
  readonly #database: TemplateDatabase;
  readonly #engine: EngineAdapter;
  /** All references; absent when the engine searches by index vectors, then the database narrows each search. */
  readonly #gallery: Gallery | undefined;
  readonly #signature: RecordSignature | undefined;
  readonly #owners = new Map<RecordId, Owner>();
  /** A write ended without saying whether it happened: what is resident may differ from what is stored. */
  #uncertain = false;
  #reloading: Promise<void> | undefined;
  #lastExclusive: Promise<unknown> = Promise.resolve();

  private constructor(
    storage: StorageAdapter,
    database: TemplateDatabase,
    engine: EngineAdapter,
    signature: RecordSignature | undefined,
  ) {
    this.storage = storage;
    this.#database = database;
    this.#engine = engine;
    this.#signature = signature;
    this.#gallery = isIndexed(engine) ? undefined : engine.createGallery();
  }

  /**
   * Opens the database and loads its gallery. Rejects with the codes of {@link StorageAdapter.open}, and with
   * WINBIO_E_CONFIGURATION_FAILURE when engine and database do not fit.
   */
  static async open(
    storage: StorageAdapter,
    descriptor: DatabaseDescriptor,
    options: { readonly create: boolean; readonly engine: EngineAdapter; readonly payloadKey?: Uint8Array | undefined },
  ): Promise<TemplateStore> {
    const { create, engine, payloadKey } = options;
    const { indexLength = 0 } = engine.info;
    const database = await storage.open({ ...descriptor, ...(indexLength > 0 && { indexLength }) }, { create });
    try {
      if ((database.descriptor.indexLength ?? 0) !== indexLength) {
        throw new BiometricError('WINBIO_E_CONFIGURATION_FAILURE', 'the database was made for other index vectors');
      }
      const removable = (storage.info.attributes & WINBIO_DATABASE_FLAG_REMOVABLE) !== 0;
      const signature = removable ? await RecordSignature.create(engine, database.descriptor, payloadKey) : undefined;
      const store = new TemplateStore(storage, database, engine, signature);
      await store.#load();
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
    if (this.#engine.identifyAll === undefined) throw new BiometricError('E_NOTIMPL');
    using gallery = await this.#searched(undefined);
    return await this.#engine.identifyAll(sample, gallery.of, options);
  }

  /** Best reference that matches the features; undefined when none does. */
  async identify(features: Uint8Array, options: AdapterOptions): Promise<FoundReference | undefined> {
    using gallery = await this.#searched(features);
    if (gallery.of.size === 0) return undefined;
    const [best] = await this.#engine.identify(features, gallery.of, options);
    return best && this.#found(best);
  }

  /** Compares with one identity's references; an identity without any is no match (D-32). */
  async verify(
    features: Uint8Array,
    claim: { readonly identity: OwnerIdentity; readonly subFactor: SubFactor },
    options: AdapterOptions,
  ): Promise<VerificationOutcome & { readonly recordId?: RecordId }> {
    const records = await this.#recordsOf(claim.identity, claim.subFactor);
    const templates = records.map(({ template }) => template);
    if (templates.length === 0) return { match: false, score: 0 };
    const answer = await this.#engine.verify(features, templates, options);
    const [only] = records.length === 1 ? records : [];
    return { ...answer, ...(only && { recordId: only.recordId }) };
  }

  /**
   * Puts into a record what features that matched it add, where the engine learns; says whether anything was added. Not
   * of records that are signed or found by an index: those are what they were made of.
   */
  async learn(recordId: RecordId, features: Uint8Array, options: AdapterOptions): Promise<boolean> {
    const engine = this.#engine;
    if (engine.updateTemplate === undefined || this.#signature !== undefined || isIndexed(engine)) return false;
    return await this.exclusively(async () => {
      const owner = this.#owners.get(recordId);
      const records = owner === undefined ? [] : await this.#records(owner);
      const stored = records.find((record) => record.recordId === recordId);
      const template = stored && (await engine.updateTemplate?.(stored.template, features, options));
      if (stored === undefined || template === undefined) return false;
      await this.#writing(() => this.#database.replace(stored, template));
      this.#gallery?.add(recordId, template);
      return true;
    });
  }

  /** Best reference that holds the same finger as a finished template. */
  async findDuplicate(template: Uint8Array, options: AdapterOptions): Promise<FoundReference | undefined> {
    using gallery = await this.#searched(template);
    if (gallery.of.size === 0) return undefined;
    const [best] = await this.#engine.findDuplicates(template, gallery.of, options);
    return best && this.#found(best);
  }

  /** Stores a record and reads it back; only then it can be found. Rejects as {@link TemplateDatabase.add} does. */
  async add(record: NewRecord): Promise<void> {
    await this.certain();
    const payload = await this.#signature?.sign(record);
    const indexVector = isIndexed(this.#engine) ? this.#engine.indexVector?.(record.template) : undefined;
    const entry = { ...record, ...(payload && { payload }), ...(indexVector && { indexVector }) };
    const recordId = await this.#writing(() => this.#database.add(entry));
    try {
      this.#remember(await this.#readBack(recordId, record));
    } catch (thrown) {
      this.#uncertain = true;
      throw thrown;
    }
  }

  /** Runs one action at a time, so that a duplicate check and the write after it see the same records. */
  exclusively<T>(action: () => Promise<T>): Promise<T> {
    const run = this.#lastExclusive.then(action);
    this.#lastExclusive = run.catch(() => undefined);
    return run;
  }

  /** Deletes the records of an identity (any for a wildcard) and sub-factor; says how many went. */
  async delete(identity: Identity, subFactor: SubFactor): Promise<number> {
    await this.certain();
    const gone = await this.#writing(() => this.#database.delete(selector(identity, subFactor)));
    for (const recordId of gone) this.#forget(recordId);
    return gone.length;
  }

  /** Templates of an identity, of all its fingers for WINBIO_SUBTYPE_ANY; empty when it has none. */
  async templates(identity: Identity, subFactor: SubFactor): Promise<readonly Uint8Array[]> {
    return (await this.#recordsOf(identity, subFactor)).map(({ template }) => template);
  }

  /** Everybody who has templates here, each with the sub-factors, ascending. */
  get owners(): readonly TemplateOwner[] {
    const found = new Map<string, { readonly identity: OwnerIdentity; readonly subFactors: SubFactor[] }>();
    for (const { identity, subFactor } of this.#owners.values()) {
      const key = identityKey(identity);
      const owner = found.get(key) ?? { identity, subFactors: [] };
      if (!owner.subFactors.includes(subFactor)) owner.subFactors.push(subFactor);
      found.set(key, owner);
    }
    for (const { subFactors } of found.values()) subFactors.sort((a, b) => a - b);
    return [...found.values()];
  }

  /** Sub-factors an identity has templates of, ascending. */
  async subFactors(identity: OwnerIdentity): Promise<readonly SubFactor[]> {
    const found = new Set((await this.#records({ identity })).map(({ subFactor }) => subFactor));
    return [...found].sort((a, b) => a - b);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#gallery?.[Symbol.dispose]();
    await this.#database.close();
  }

  /** Reads the database anew when a write ended without saying whether it happened. */
  async certain(): Promise<void> {
    if (!this.#uncertain) return;
    this.#reloading ??= this.#load().finally(() => {
      this.#reloading = undefined;
    });
    await this.#reloading;
  }

  async #writing<T>(write: () => Promise<T>): Promise<T> {
    try {
      return await write();
    } catch (thrown) {
      if (UNCERTAIN_WRITES.has(hresultOf(thrown))) this.#uncertain = true;
      throw thrown;
    }
  }

  async #readBack(recordId: RecordId, { identity, subFactor, template }: NewRecord): Promise<StoredRecord> {
    const found = await this.#records(selector(identity, subFactor));
    const stored = found.find((other) => other.recordId === recordId);
    if (stored !== undefined && sameBytes(stored.template, template)) return stored;
    throw new BiometricError('WINBIO_E_DATABASE_WRITE_ERROR', 'the record could not be read back');
  }

  /** Makes what is resident what is stored. */
  async #load(): Promise<void> {
    this.#uncertain = false;
    const gone = new Set(this.#owners.keys());
    try {
      for await (const batch of this.#database.query({})) {
        for (const record of await this.#trusted(batch)) {
          if (!gone.delete(record.recordId)) this.#remember(record);
        }
      }
    } catch (thrown) {
      this.#uncertain = true;
      throw thrown;
    }
    for (const recordId of gone) this.#forget(recordId);
  }

  #forget(recordId: RecordId): void {
    this.#owners.delete(recordId);
    this.#gallery?.remove(recordId);
  }

  #remember(record: StoredRecord): void {
    this.#gallery?.add(record.recordId, record.template);
    this.#owners.set(record.recordId, { identity: record.identity, subFactor: record.subFactor });
  }

  /** What is searched: the resident gallery, or one of the records that share a bucket with a probe. */
  async #searched(probe: Uint8Array | undefined): Promise<Searched> {
    await this.certain();
    if (this.#gallery !== undefined) return { of: this.#gallery, [Symbol.dispose]() {} };
    const indexVector = probe && this.#engine.indexVector?.(probe);
    const records = await this.#trusted(await this.#records(indexVector ? { indexVector } : {}));
    const gallery = this.#engine.createGallery();
    for (const { recordId, template } of records) gallery.add(recordId, template);
    return { of: gallery, [Symbol.dispose]: () => gallery[Symbol.dispose]() };
  }

  /** Of records on removable media those that were signed here. */
  async #trusted(records: readonly StoredRecord[]): Promise<readonly StoredRecord[]> {
    const signature = this.#signature;
    if (signature === undefined) return records;
    const good = await Promise.all(records.map((record) => signature.isGood(record)));
    return records.filter((_, i) => good[i]);
  }

  #found({ recordId, score, threshold }: Candidate): FoundReference | undefined {
    const owner = this.#owners.get(recordId);
    return owner && { ...owner, recordId, score, ...(threshold !== undefined && { threshold }) };
  }

  /** Records of an identity (any for a wildcard) and sub-factor that may be compared with. */
  async #recordsOf(identity: Identity, subFactor: SubFactor): Promise<readonly StoredRecord[]> {
    return await this.#trusted(await this.#records(selector(identity, subFactor)));
  }

  async #records(wanted: RecordSelector): Promise<StoredRecord[]> {
    const records: StoredRecord[] = [];
    for await (const batch of this.#database.query(wanted)) records.push(...batch);
    return records;
  }
}

function isIndexed({ info }: EngineAdapter): boolean {
  return (info.indexLength ?? 0) > 0;
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
