/** An open database and what is searched of it; the two never differ. */

import type {
  Candidate,
  EngineAdapter,
  Gallery,
  PresentPerson,
  VerificationOutcome,
} from '../../adapters/engine-adapter.ts';
import type { RemoteProbe } from '../../adapters/remote-search.ts';
import type { AdapterOptions } from '../../adapters/sensor-adapter.ts';
import type { Freshness, Position } from '../../adapters/shared-history.ts';
import type {
  DatabaseDescriptor,
  NewRecord,
  RecordChange,
  RecordSelector,
  StorageAdapter,
  StoredRecord,
  TemplateDatabase,
} from '../../adapters/storage-adapter.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import { type Clock, SYSTEM_CLOCK } from '../../core/clock.ts';
import { WINBIO_DATABASE_FLAG_REMOVABLE } from '../../core/constants.ts';
import type { RecordId, SubFactor } from '../../core/identifiers.ts';
import { type Identity, identityKey, type OwnerIdentity } from '../../core/identity.ts';
import type { TemplateOwner } from '../../core/service-report.ts';
import type { FoundReference } from './found-reference.ts';
import { GalleryLoading, type LoadProgress } from './gallery-loading.ts';
import { indexVectorOf, isIndexed } from './index-vector.ts';
import { IndexedGallery } from './indexed-gallery.ts';
import { readBack, sameBytes } from './read-back.ts';
import { RecordOwners } from './record-owners.ts';
import { selector } from './record-selector.ts';
import { RecordSignature } from './record-signature.ts';
import { RemoteGallery, type RemotePolicy } from './remote-gallery.ts';
import { ResidentGallery } from './resident-gallery.ts';
import type { LentGallery, SearchGallery } from './search-gallery.ts';
import { requireFresh, SharedChanges } from './shared-changes.ts';
import { asRefusal, type RefusalListener, refusalOf } from './template-refusal.ts';
import { TrustedRecords } from './trusted-records.ts';
import { WriteCertainty } from './write-certainty.ts';

/** How to open a store. */
export interface OpenStoreOptions {
  /** Create the database if it does not exist. */
  readonly create: boolean;
  readonly engine: EngineAdapter;
  /** Signs the records of removable databases. */
  readonly payloadKey?: Uint8Array | undefined;
  /** Told once of each record that the engine refuses; the others are used. Default: nobody is told. */
  readonly onRefused?: RefusalListener | undefined;
  /** Told whose records came or went. Default: nobody is told. */
  readonly onOwner?: ((owner: OwnerIdentity) => void) | undefined;
  /** Who holds the gallery of a shared database. Default: it is held here. */
  readonly remote?: RemotePolicy | undefined;
  /** Default: that of the system. */
  readonly clock?: Clock | undefined;
  /** Told why the database cannot be read to its end, when it is open already; `undefined` once it was. */
  readonly onFault?: ((fault: unknown) => void) | undefined;
}

/** Opening a database waits for as many records: more are read while it is used. */
const READ_BEFORE_OPEN = 2000;

export class TemplateStore implements AsyncDisposable {
  readonly storage: StorageAdapter;
  readonly #database: TemplateDatabase;
  readonly #engine: EngineAdapter;
  readonly #records: TrustedRecords;
  readonly #owners = new RecordOwners();
  readonly #references: SearchGallery;
  /** Undefined where the gallery is held here. */
  readonly #remote: RemoteGallery | undefined;
  readonly #onRefused: RefusalListener;
  readonly #onOwner: (owner: OwnerIdentity) => void;
  readonly #onFault: (fault: unknown) => void;
  readonly #loading = new GalleryLoading();
  readonly #certainty = new WriteCertainty((underway) => this.#load(underway));
  /** Undefined where no other service changes the database. */
  readonly #changes: SharedChanges | undefined;
  /** Up to which change was looked for a duplicate; undefined when nobody did. */
  #searched: Position | undefined;
  /** Whether records that are known are read again. */
  #anew = false;
  #lastExclusive: Promise<unknown> = Promise.resolve();

  private constructor(
    storage: StorageAdapter,
    database: TemplateDatabase,
    engine: EngineAdapter,
    signature: RecordSignature | undefined,
    { onRefused = () => {}, onOwner = () => {}, onFault = () => {}, clock = SYSTEM_CLOCK, remote }: OpenStoreOptions,
  ) {
    this.storage = storage;
    this.#database = database;
    this.#engine = engine;
    this.#onRefused = onRefused;
    this.#onOwner = onOwner;
    this.#onFault = onFault;
    this.#records = new TrustedRecords(database, signature);
    if (storage.info.shared === true) {
      const inStep = { apply: (change: RecordChange) => this.#apply(change), reload: () => this.#reload() };
      this.#changes = new SharedChanges(database, inStep, clock);
    }
    if (remote !== undefined) {
      const numbered = async (recordIds: readonly RecordId[]) => (await database.numbered?.(recordIds)) ?? [];
      this.#remote = new RemoteGallery(engine, remote, { numbered, size: () => this.#owners.size });
    }
    const here = () => (isIndexed(engine) ? new IndexedGallery(engine, this.#records) : new ResidentGallery(engine));
    this.#references = this.#remote ?? here();
  }

  /**
   * Opens the database and begins to load its gallery; resolves when a small one is loaded. Rejects with the codes of {@link StorageAdapter.open}, and with
   * WINBIO_E_CONFIGURATION_FAILURE when engine and database do not fit.
   */
  static async open(
    storage: StorageAdapter,
    descriptor: DatabaseDescriptor,
    options: OpenStoreOptions,
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
      const store = new TemplateStore(storage, database, engine, signature, options);
      await store.#begin();
      return store;
    } catch (thrown) {
      await database.close();
      throw thrown;
    }
  }

  get descriptor(): DatabaseDescriptor {
    return this.#database.descriptor;
  }

  /** How far a copy of a shared database is; undefined where there is none. */
  get freshness(): Freshness | undefined {
    return this.#database.freshness;
  }

  /** Rejects with WHORL_E_OFFLINE where nothing can be stored now. */
  async requireWritable(): Promise<void> {
    if (this.#database.freshness?.live === false) await this.#changes?.catchUp();
  }

  /** Runs a check and the write that relies on it, one at a time, as {@link undisturbed} does. */
  async inTurn<T>(attempt: () => Promise<T>): Promise<T> {
    return await this.exclusively(() => this.undisturbed(attempt));
  }

  /**
   * Runs a check and the write that relies on it; where other services write too, again after they were quicker. Rejects as
   * it does, and with WHORL_E_OFFLINE.
   */
  async undisturbed<T>(attempt: () => Promise<T>): Promise<T> {
    return await (this.#changes?.inTurn(attempt) ?? attempt());
  }

  /** How far the database is read; undefined once it is. */
  get loading(): LoadProgress | undefined {
    return this.#loading.progress;
  }

  /** Resolves when all templates can be found. Rejects as reading does, and with WINBIO_E_CANCELED. */
  async loaded(signal?: AbortSignal): Promise<void> {
    await this.#loading.ended(signal).catch(async (thrown: unknown) => {
      if (signal?.aborted === true) throw thrown;
      // The next use tries again.
      await this.certain();
    });
  }

  /** True when the owner, or anyone at all if undefined, has a template here. */
  hasOwner(owner: Identity | undefined): boolean {
    return this.#owners.has(owner);
  }

  /** Owner of a record. */
  ownerOf(recordId: RecordId | undefined): OwnerIdentity | undefined {
    return recordId === undefined ? undefined : this.#owners.of(recordId)?.identity;
  }

  /** True unless the owner has templates here that belong to another account than this one, or to none. */
  async belongsTo(owner: Identity, account: string): Promise<boolean> {
    await this.loaded();
    return this.#owners.allOf(owner, account);
  }

  /** Every owner of a template here, with its sub-factors in ascending order. */
  get owners(): readonly TemplateOwner[] {
    return this.#owners.list();
  }

  /** Sub-factors of the templates of an owner, ascending, without asking the storage. */
  subFactorsOf(owner: OwnerIdentity): readonly SubFactor[] {
    return this.#owners.subFactorsOf(owner);
  }

  /**
   * Gives the templates of one owner to another, one after the other; what was given before an interruption is not given
   * again. Returns how many. Rejects as {@link add} and {@link delete} do.
   */
  async give(from: OwnerIdentity, into: OwnerIdentity): Promise<number> {
    await this.loaded();
    await this.certain();
    const records = await this.#records.trusted({ identity: from });
    for (const { subFactor, template, payload } of records) {
      if (this.recordOf({ identity: into, subFactor }) === undefined) {
        const plain = this.#records.areSigned ? RecordSignature.unsigned(payload) : payload;
        await this.add({ identity: into, subFactor, template, payload: plain });
      }
      await this.delete(from, subFactor);
    }
    return records.length;
  }

  /** Everyone in a frame. Rejects with E_NOTIMPL when the engine cannot monitor presence. */
  async identifyAll(sample: Uint8Array, options: AdapterOptions): Promise<readonly PresentPerson[]> {
    if (this.#engine.identifyAll === undefined) throw new BiometricError('E_NOTIMPL');
    requireFresh(this.#database.freshness);
    await this.loaded(options.signal);
    using lent = await this.#lend(undefined);
    return await this.#engine.identifyAll(sample, lent.gallery, options);
  }

  /**
   * Best reference that matches the features; undefined when none does. While the database is read, one that is there
   * is found at once, and that there is none is said when all are there.
   */
  async identify(features: Uint8Array, options: AdapterOptions): Promise<FoundReference | undefined> {
    requireFresh(this.#database.freshness);
    return await this.#search('identify', features, options);
  }

  /** Best reference that holds the same finger as a finished template; waits as {@link identify} does. */
  async findDuplicate(template: Uint8Array, options: AdapterOptions): Promise<FoundReference | undefined> {
    if (this.#changes !== undefined) await this.loaded(options.signal);
    this.#searched = this.#changes?.position;
    return await this.#search('duplicates', template, options);
  }

  /** All references with the finger of a template, best first, among all stored by now; as {@link findDuplicate}. */
  async findAll(template: Uint8Array, { signal }: AdapterOptions): Promise<readonly FoundReference[]> {
    requireFresh(this.#database.freshness);
    await this.#changes?.catchUp();
    await this.loaded(signal);
    return (await this.#candidates('duplicates', template, signal)).flatMap((one) => this.#best([one]) ?? []);
  }

  /** Compares with one identity's references; an identity without any does not match (D-32). */
  async verify(
    features: Uint8Array,
    claim: { readonly identity: OwnerIdentity; readonly subFactor: SubFactor },
    options: AdapterOptions,
  ): Promise<VerificationOutcome & { readonly recordId?: RecordId }> {
    requireFresh(this.#database.freshness);
    const records = await this.#records.trusted(selector(claim.identity, claim.subFactor));
    const templates = records.map(({ template }) => template);
    if (templates.length === 0) return { match: false, score: 0 };
    const answer = await this.#engine.verify(features, templates, options);
    const [only] = records.length === 1 ? records : [];
    return { ...answer, ...(only && { recordId: only.recordId }) };
  }

  /**
   * Adds to a record what the features that matched it show; says whether anything was added. Only where the engine
   * learns, and never to signed or indexed records: their signature and index vector stand for the template as it was.
   * `changing` makes the change, once it is accounted for.
   */
  async learn(
    recordId: RecordId,
    features: Uint8Array,
    options: AdapterOptions,
    changing: (replace: () => Promise<void>) => Promise<void>,
  ): Promise<boolean> {
    const engine = this.#engine;
    if (engine.updateTemplate === undefined || this.#records.areSigned || isIndexed(engine)) return false;
    if (this.#database.freshness?.live === false) return false;
    return await this.exclusively(async () => {
      const owner = this.#owners.of(recordId);
      const records = owner === undefined ? [] : await this.#records.all(owner);
      const stored = records.find((record) => record.recordId === recordId);
      const template = stored && (await engine.updateTemplate?.(stored.template, features, options));
      if (stored === undefined || template === undefined) return false;
      const searchCodes = await this.#codesOf(template);
      await changing(() => this.#certainty.write(() => this.#database.replace(stored, template, searchCodes)));
      this.#loading.noteChange(recordId);
      this.#references.add({ recordId, template, ...(searchCodes && { searchCodes }) });
      return true;
    });
  }

  /**
   * Stores a record and reads it back; only then can it be found. Rejects as {@link TemplateDatabase.add} does, and
   * with the code of the engine for a template that it refuses.
   */
  async add(record: NewRecord): Promise<void> {
    await this.certain();
    await this.#requireUsable(record.template);
    const entry = await this.#entryOf(record);
    const recordId = await this.#certainty.write(() => this.#store(entry));
    await this.#certainty.check(async () => this.#rememberNew(await this.#readBack(recordId, record)));
    await this.#changes?.takeIn();
  }

  /**
   * Stores several records in one step, all or none, and reads them back. Rejects as {@link TemplateDatabase.add} does,
   * and with E_NOTIMPL where the storage stores one record at a time.
   */
  async addAll(records: readonly NewRecord[]): Promise<void> {
    const database = this.#database;
    if (database.addAll === undefined) throw new BiometricError('E_NOTIMPL', 'this storage stores one at a time');
    await this.certain();
    for (const { template } of records) await this.#requireUsable(template);
    const codes = await this.#codesOfAll(records.map(({ template }) => template));
    const entries = await Promise.all(records.map((record, i) => this.#entryOf(record, codes[i])));
    const recordIds = (await this.#certainty.write(async () => await database.addAll?.(entries))) ?? [];
    await this.#certainty.check(async () => {
      // The fingers of a person are read back together.
      const found = new Map<string, readonly StoredRecord[]>();
      for (const [i, record] of records.entries()) {
        const key = identityKey(record.identity);
        const ofOwner = found.get(key) ?? (await this.#records.all({ identity: record.identity }));
        found.set(key, ofOwner);
        this.#rememberNew(readBack(ofOwner, recordIds[i] as RecordId, record));
      }
    });
  }

  /** Every reference, for a sensor that matches inside; undefined where they are not kept in memory. */
  get gallery(): Gallery | undefined {
    return this.#references.resident;
  }

  /** Numbers of the records of an owner, of all fingers for WINBIO_SUBTYPE_ANY. */
  recordsOf(claim: Pick<NewRecord, 'identity' | 'subFactor'>): readonly RecordId[] {
    return this.#owners.recordsOf(claim);
  }

  /** Number of the record of this finger of this owner; undefined when there is none. */
  recordOf(owner: Pick<NewRecord, 'identity' | 'subFactor'>): RecordId | undefined {
    return this.#owners.recordOf(owner);
  }

  /**
   * Puts another template into a record; says whether it was another. Rejects as {@link TemplateDatabase.replace} does,
   * and with E_NOTIMPL for signed and indexed records: their signature and index vector stand for the template as it
   * was.
   */
  async replace({ template, ...owner }: NewRecord): Promise<boolean> {
    if (this.#records.areSigned || isIndexed(this.#engine)) {
      throw new BiometricError('E_NOTIMPL', 'templates of this database are not replaced');
    }
    await this.certain();
    await this.#requireUsable(template);
    const [stored] = await this.#records.all(selector(owner.identity, owner.subFactor));
    if (stored === undefined) throw new BiometricError('WINBIO_E_DATABASE_NO_SUCH_RECORD');
    if (sameBytes(stored.template, template)) return false;
    const searchCodes = await this.#codesOf(template);
    await this.#certainty.write(() => this.#database.replace(stored, template, searchCodes));
    const { searchCodes: _old, ...rest } = stored;
    this.#rememberNew({ ...rest, template, ...(searchCodes && { searchCodes }) });
    return true;
  }

  /** Deletes the records of an identity (all identities for a wildcard) and sub-factor; says how many were deleted. */
  async delete(identity: Identity, subFactor: SubFactor): Promise<number> {
    await this.certain();
    const deleted = await this.#certainty.write(() => this.#database.delete(selector(identity, subFactor)));
    for (const recordId of deleted) {
      this.#loading.noteChange(recordId);
      this.#forget(recordId);
      this.#records.forget(recordId);
    }
    return deleted.length;
  }

  /** Runs one action at a time, so that a duplicate check and the write after it see the same records. */
  exclusively<T>(action: () => Promise<T>): Promise<T> {
    const run = this.#lastExclusive.then(() => {
      this.#searched = undefined;
      return action();
    });
    this.#lastExclusive = run.catch(() => undefined);
    return run;
  }

  /** Templates of an identity, of all its fingers for WINBIO_SUBTYPE_ANY; empty when it has none. */
  async templates(identity: Identity, subFactor: SubFactor): Promise<readonly Uint8Array[]> {
    return (await this.#records.trusted(selector(identity, subFactor))).map(({ template }) => template);
  }

  /** Every record, or every one of an owner, also those that are not used. */
  async all(of: Pick<RecordSelector, 'identity'> = {}): Promise<readonly StoredRecord[]> {
    return await this.#records.all(of);
  }

  /** Sub-factors an identity has templates of, ascending. */
  async subFactors(identity: OwnerIdentity): Promise<readonly SubFactor[]> {
    const found = new Set((await this.#records.all({ identity })).map(({ subFactor }) => subFactor));
    return [...found].sort((a, b) => a - b);
  }

  /** Why the engine refuses a template, if it does. */
  refusal(template: Uint8Array): Promise<BiometricError | undefined> {
    return refusalOf(this.#engine, template);
  }

  /** Reads the database again if the outcome of a write is unknown. */
  certain(): Promise<void> {
    return this.#certainty.restore();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#changes?.[Symbol.asyncDispose]();
    await this.#loading.close();
    this.#references[Symbol.dispose]();
    await this.#database.close();
  }

  async #lend(probe: Uint8Array | undefined): Promise<LentGallery> {
    await this.certain();
    return await this.#references.lend(probe);
  }

  #best([best]: readonly Candidate[]): FoundReference | undefined {
    if (best === undefined) return undefined;
    const { recordId, score, threshold } = best;
    const owner = this.#owners.of(recordId);
    return owner && { ...owner, recordId, score, ...(threshold !== undefined && { threshold }) };
  }

  async #entryOf(record: NewRecord, known?: Uint8Array): Promise<NewRecord> {
    const payload = await this.#records.payloadOf(record);
    const indexVector = await indexVectorOf(this.#engine, record.template);
    const searchCodes = known ?? (await this.#codesOf(record.template));
    return { ...record, ...payload, ...(indexVector && { indexVector }), ...(searchCodes && { searchCodes }) };
  }

  async #codesOf(template: Uint8Array): Promise<Uint8Array | undefined> {
    const [codes] = await this.#codesOfAll([template]);
    return codes;
  }

  /** None where the engine makes none, or cannot now: it does without. */
  async #codesOfAll(templates: readonly Uint8Array[]): Promise<readonly (Uint8Array | undefined)[]> {
    const { signal } = new AbortController();
    return (await this.#engine.searchCodes?.(templates, { signal }).catch(() => undefined)) ?? [];
  }

  /** Searches what is there; what is not found is searched for again when all are there. */
  async #search(
    kind: RemoteProbe['kind'],
    probe: Uint8Array,
    { signal }: AdapterOptions,
  ): Promise<FoundReference | undefined> {
    for (;;) {
      const all = this.#loading.progress === undefined || this.#references.resident === undefined;
      const found = this.#best(await this.#candidates(kind, probe, signal));
      if (found !== undefined || all) return found;
      await this.loaded(signal);
    }
  }

  async #candidates(kind: RemoteProbe['kind'], probe: Uint8Array, signal: AbortSignal): Promise<readonly Candidate[]> {
    if (this.#remote !== undefined && this.#changes !== undefined) {
      await this.loaded(signal);
      return await this.#remote.search({ kind, probe, through: this.#changes.position, signal });
    }
    using lent = await this.#lend(probe);
    if (lent.gallery.size === 0) return [];
    const search = kind === 'identify' ? 'identify' : 'findDuplicates';
    return await this.#engine[search](probe, lent.gallery, { signal });
  }

  /** Reads the database; resolves after the first records, and goes on. */
  async #begin(): Promise<void> {
    await this.#changes?.mark();
    const { promise: underway, resolve } = Promise.withResolvers<void>();
    const whole = this.#certainty.reload(resolve);
    whole.catch(() => undefined);
    await Promise.race([whole, underway]);
    whole.catch((thrown: unknown) => this.#onFault(thrown));
    this.#changes?.start();
  }

  /** Refused where somebody else has stored something since a duplicate was looked for. */
  async #store(entry: NewRecord): Promise<RecordId> {
    const searched = this.#searched;
    if (searched === undefined) return await this.#database.add(entry);
    const written = await this.#database.addChecked?.([entry], searched);
    return written?.recordIds[0] as RecordId;
  }

  /** What another service has changed; what this one has is known. */
  async #apply({ kind, recordId, record }: RecordChange): Promise<void> {
    const isKnown = this.#owners.of(recordId) !== undefined;
    if (kind === 'deleted') {
      this.#loading.noteChange(recordId);
      this.#forget(recordId);
      this.#records.forget(recordId);
    } else if (record !== undefined && !(kind === 'stored' && isKnown)) {
      this.#loading.noteChange(recordId);
      this.#records.forget(recordId);
      await this.#rememberOrTell(record);
    }
  }

  /** The history is another one: every record is read again. */
  async #reload(): Promise<void> {
    this.#anew = true;
    try {
      await this.#certainty.reload();
    } finally {
      this.#anew = false;
    }
  }

  async #readBack(recordId: RecordId, record: NewRecord): Promise<StoredRecord> {
    return readBack(await this.#records.all(selector(record.identity, record.subFactor)), recordId, record);
  }

  /** Makes what is in memory what is stored; calls `underway` once it has read some. */
  async #load(underway: () => void): Promise<void> {
    await this.#loading.read(
      () => this.#database.count(),
      async (loaded) => {
        const deleted = new Set(this.#owners.recordIds);
        let total = 0;
        for await (const batch of this.#records.batches()) {
          // A copy that is made for the first time: nobody waits for it to open the store.
          if (batch.length === 0) underway();
          else if (total === 0) await this.#changes?.mark();
          for (const record of batch) {
            const isKnown = deleted.delete(record.recordId) && !this.#anew;
            if (isKnown || this.#loading.isOld(record.recordId)) continue;
            await this.#rememberOrTell(record);
          }
          loaded(batch.length);
          total += batch.length;
          this.#references.expect(this.#loading.progress?.total ?? 0);
          if (total >= READ_BEFORE_OPEN) underway();
        }
        for (const recordId of deleted) if (!this.#loading.isOld(recordId)) this.#forget(recordId);
        this.#references.expect(0);
        this.#onFault(undefined);
      },
    );
  }

  /** A record that the engine refuses is left out, as one that does not open is; the others are used. */
  async #rememberOrTell(record: StoredRecord): Promise<void> {
    const refusal = (await this.refusal(record.template)) ?? this.#refusedBySearch(record);
    if (refusal === undefined || !this.#records.refuse(record.recordId)) return;
    this.#onRefused(this.descriptor.databaseId, record.recordId, refusal);
  }

  #refusedBySearch(record: StoredRecord): BiometricError | undefined {
    try {
      this.#remember(record);
      return undefined;
    } catch (thrown) {
      return asRefusal(thrown);
    }
  }

  async #requireUsable(template: Uint8Array): Promise<void> {
    const refusal = await this.refusal(template);
    if (refusal !== undefined) throw refusal;
  }

  #rememberNew(record: StoredRecord): void {
    this.#loading.noteChange(record.recordId);
    this.#remember(record);
  }

  #remember(record: StoredRecord): void {
    this.#references.add(record);
    this.#owners.add({ ...record, account: this.#records.accountOf(record) });
    this.#onOwner(record.identity);
  }

  #forget(recordId: RecordId): void {
    const owner = this.#owners.of(recordId);
    this.#owners.remove(recordId);
    this.#references.remove(recordId);
    if (owner !== undefined) this.#onOwner(owner.identity);
  }
}
