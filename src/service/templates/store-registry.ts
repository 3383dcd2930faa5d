/** The installed databases; each is opened once, at first use, and shared by the units that need it. */

import type { EngineAdapter } from '../../adapters/engine-adapter.ts';
import type { DatabaseDescriptor, StorageAdapter } from '../../adapters/storage-adapter.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import { normalizeGuid } from '../../core/guid.ts';
import type { BiometricFactor, DatabaseId } from '../../core/identifiers.ts';
import type { Identity, OwnerIdentity } from '../../core/identity.ts';
import type { DatabaseDescription } from '../../core/operation-result.ts';
import type { PersonFinger } from '../../core/person.ts';
import type { DatabaseLoading, SharedDatabaseStatus } from '../../core/service-report.ts';
import { DatabaseFault } from './database-fault.ts';
import type { RemotePolicy } from './remote-gallery.ts';
import type { RefusalListener } from './template-refusal.ts';
import { TemplateStore } from './template-store.ts';

/** An installed database. */
export interface DatabaseRegistration {
  readonly descriptor: DatabaseDescriptor;
  readonly storage: StorageAdapter;
  /** Create the database if it does not exist. */
  readonly autoCreate: boolean;
  /** The engine of a device that keeps it. Default: that of its factor. */
  readonly engine?: EngineAdapter;
  /** Who holds the gallery of a shared database. Default: it is held here. */
  readonly remote?: RemotePolicy | undefined;
}

export class StoreRegistry implements AsyncDisposable {
  readonly #registrations: Map<DatabaseId, DatabaseRegistration>;
  readonly #system = new Map<DatabaseId, EngineAdapter>();
  readonly #open = new Map<DatabaseId, Promise<TemplateStore>>();
  /** Those that are open by now. */
  readonly #stores = new Map<DatabaseId, TemplateStore>();
  readonly #ownerListeners = new Set<(owner: OwnerIdentity) => void>();
  readonly #faults = new Map<DatabaseId, DatabaseFault>();
  readonly #payloadKey: Uint8Array | undefined;
  readonly #onRefused: RefusalListener | undefined;

  /** Throws WINBIO_E_DATABASE_ALREADY_EXISTS when an id is registered twice. */
  constructor(registrations: readonly DatabaseRegistration[], payloadKey?: Uint8Array, onRefused?: RefusalListener) {
    this.#payloadKey = payloadKey;
    this.#onRefused = onRefused;
    const ids = registrations.map(({ descriptor }) => normalizeGuid(descriptor.databaseId));
    if (new Set(ids).size < ids.length) {
      throw new BiometricError('WINBIO_E_DATABASE_ALREADY_EXISTS', 'a database is registered twice');
    }
    this.#registrations = new Map(registrations.map((entry) => [normalizeGuid(entry.descriptor.databaseId), entry]));
  }

  /** Installs the databases of a device that arrived. */
  install(registrations: readonly DatabaseRegistration[]): void {
    for (const entry of registrations) this.#registrations.set(normalizeGuid(entry.descriptor.databaseId), entry);
  }

  /** The device is gone: closes its databases, unless those of another object are installed by now. Never rejects. */
  async withdraw(storage: StorageAdapter): Promise<void> {
    for (const [id, registration] of [...this.#registrations]) {
      if (registration.storage !== storage) continue;
      this.#registrations.delete(id);
      this.#system.delete(id);
      this.#faults.delete(id);
      const store = this.#open.get(id);
      this.#open.delete(id);
      const owners = this.#stores.get(id)?.owners ?? [];
      this.#stores.delete(id);
      for (const { identity } of owners) this.#reportOwner(identity);
      await store?.then((open) => open[Symbol.asyncDispose]()).catch(() => {});
    }
  }

  /** The engine that reads a database; undefined for that of its factor. */
  engineOf(databaseId: DatabaseId): EngineAdapter | undefined {
    return this.#registrations.get(normalizeGuid(databaseId))?.engine;
  }

  /** All installed databases. WBF: structures 4.3. */
  describe(): readonly DatabaseDescription[] {
    return [...this.#registrations.values()].map(({ descriptor, storage }) => ({
      factor: descriptor.factor,
      databaseId: normalizeGuid(descriptor.databaseId),
      dataFormat: descriptor.templateFormat,
      attributes: storage.info.attributes,
      filePath: descriptor.path ?? '',
      connectionString: descriptor.connectionString ?? '',
    }));
  }

  has(databaseId: DatabaseId): boolean {
    return this.#registrations.has(normalizeGuid(databaseId));
  }

  /** Databases that could not be opened when they were needed last. */
  get faults(): readonly DatabaseFault[] {
    return [...this.#faults.values()];
  }

  /**
   * The open store of a database. Rejects with WINBIO_E_DATABASE_CANT_FIND when the database is not installed, and with
   * a {@link DatabaseFault} when it cannot be opened.
   */
  async store(databaseId: DatabaseId, engine: EngineAdapter): Promise<TemplateStore> {
    const id = normalizeGuid(databaseId);
    const registration = this.#registrations.get(id);
    if (registration === undefined) throw new BiometricError('WINBIO_E_DATABASE_CANT_FIND');
    let store = this.#open.get(id);
    if (store === undefined) {
      store = this.#opened(registration, engine);
      this.#open.set(id, store);
      // After a failure the next use tries again.
      store.catch(() => this.#open.delete(id));
    }
    return await store;
  }

  async #opened({ storage, descriptor, autoCreate, remote }: DatabaseRegistration, engine: EngineAdapter) {
    const id = normalizeGuid(descriptor.databaseId);
    const options = {
      create: autoCreate,
      engine,
      remote,
      payloadKey: this.#payloadKey,
      onRefused: this.#onRefused,
      onOwner: (owner: OwnerIdentity) => this.#reportOwner(owner),
      onFault: (thrown: unknown) => {
        if (thrown === undefined || !this.#open.has(id)) this.#faults.delete(id);
        else this.#faults.set(id, new DatabaseFault(descriptor, thrown));
      },
    };
    try {
      const store = await TemplateStore.open(storage, descriptor, options);
      this.#faults.delete(id);
      this.#stores.set(id, store);
      return store;
    } catch (thrown) {
      const fault = new DatabaseFault(descriptor, thrown);
      this.#faults.set(id, fault);
      throw fault;
    }
  }

  /** Opens and reads every installed database; one that cannot be used is among the {@link faults}. */
  async openAll(engineOf: (factor: BiometricFactor) => EngineAdapter | undefined): Promise<void> {
    await Promise.all(
      [...this.#registrations].map(async ([id, { descriptor, engine = engineOf(descriptor.factor) }]) => {
        if (engine !== undefined)
          await this.store(id, engine)
            .then((store) => store.loaded())
            .catch(() => undefined);
      }),
    );
  }

  /** Open databases, with whether a device keeps them. */
  get opened(): readonly {
    readonly databaseId: DatabaseId;
    readonly store: TemplateStore;
    readonly ofDevice: boolean;
  }[] {
    return [...this.#stores].map(([databaseId, store]) => {
      return { databaseId, store, ofDevice: this.engineOf(databaseId) !== undefined };
    });
  }

  /** How far databases are read that are still being read. */
  get loading(): readonly DatabaseLoading[] {
    return [...this.#stores].flatMap(([databaseId, { loading }]) => (loading ? { databaseId, ...loading } : []));
  }

  /** How far copies of shared databases are. */
  get copies(): readonly SharedDatabaseStatus[] {
    return [...this.#stores].flatMap(([databaseId, { freshness }]) => {
      if (freshness === undefined) return [];
      const { position, reachedMs, isTooOld } = freshness;
      const reached = reachedMs === undefined ? {} : { reachedMs };
      return [{ databaseId, change: position.change, ...reached, tooOld: isTooOld }];
    });
  }

  /** Enrolled fingers of an owner, in all databases that are open. */
  fingersOf(owner: OwnerIdentity): readonly PersonFinger[] {
    return [...this.#stores].flatMap(([databaseId, store]) =>
      store.subFactorsOf(owner).map((subFactor) => ({ databaseId, subFactor })),
    );
  }

  /** Calls back with each owner whose templates come or go. */
  onOwner(listener: (owner: OwnerIdentity) => void): Disposable {
    this.#ownerListeners.add(listener);
    return { [Symbol.dispose]: () => this.#ownerListeners.delete(listener) };
  }

  #reportOwner(owner: OwnerIdentity): void {
    for (const listener of this.#ownerListeners) listener(owner);
  }

  /** Notes that a database serves the system pool: its enrollments count as those of accounts. */
  serveSystemPool(databaseId: DatabaseId | undefined, engine: EngineAdapter): void {
    if (databaseId !== undefined) this.#system.set(normalizeGuid(databaseId), engine);
  }

  /** Factors of which the owner, or anyone at all if undefined, has templates in the system pool. */
  async enrolledFactors(owner: Identity | undefined): Promise<BiometricFactor> {
    let factors = 0;
    for (const [databaseId, engine] of this.#system) {
      const store = await this.store(databaseId, engine);
      await store.certain();
      if (!store.hasOwner(owner)) await store.loaded();
      if (store.hasOwner(owner)) factors |= engine.info.factor;
    }
    return factors >>> 0;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const stores = await Promise.allSettled(this.#open.values());
    this.#open.clear();
    this.#stores.clear();
    for (const store of stores) if (store.status === 'fulfilled') await store.value[Symbol.asyncDispose]();
  }
}
