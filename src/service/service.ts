/** The biometric service: units, pools, connections. It is handed its adapters and names none of them. */

import type { EngineAdapter } from '../adapters/engine-adapter.ts';
import type { PowerChange, SensorSource } from '../adapters/sensor-adapter.ts';
import type { NewRecord, StorageAdapter, StoredRecord } from '../adapters/storage-adapter.ts';
import { BiometricError, hresultOf } from '../core/biometric-error.ts';
import { SYSTEM_CLOCK } from '../core/clock.ts';
import { codeEntry, codeName } from '../core/codes.ts';
import { normalizeGuid } from '../core/guid.ts';
import type { DatabaseId, SubFactor, UnitId } from '../core/identifiers.ts';
import type { OwnerIdentity } from '../core/identity.ts';
import type { UnitDescription } from '../core/operation-result.ts';
import type { AttemptLock, DatabaseLoading, SharedDatabaseStatus, TemplateOwner } from '../core/service-report.ts';
import type { ForegroundOrder } from './access/focus.ts';
import { requireEnabled } from './access/policy.ts';
import type { Principal } from './access/principal.ts';
import { Connection, type ConnectionSink } from './connection.ts';
import { containDatabases } from './containment/contain-databases.ts';
import { containEngine } from './containment/contain-engine.ts';
import type { ServiceContext } from './context.ts';
import { createContext } from './create-context.ts';
import type { EnrollmentShelf } from './enrollment-shelf.ts';
import type { Journal } from './journal/journal.ts';
import type { People } from './people/people.ts';
import type { Places } from './places/places.ts';
import type { OwnReaderNames, ServiceOptions } from './service-options.ts';
import { DatabaseFault } from './templates/database-fault.ts';
import { type ImportOptions, type ImportOutcome, importTemplates } from './templates/import-templates.ts';
import { PersonGallery } from './templates/person-gallery.ts';
import { mergedOwners } from './templates/record-owners.ts';
import type { TemplateStore } from './templates/template-store.ts';
import type { UnitActivity } from './units/unit.ts';
import type { UnitChange } from './units/unit-registry.ts';

const BY_ADMINISTRATOR = 'an administrator released the reader';

export class Service implements AsyncDisposable {
  readonly #sources: ReadonlyMap<string, SensorSource>;
  readonly #ownNames: OwnReaderNames | undefined;
  readonly #context: ServiceContext;
  readonly #engines: readonly EngineAdapter[];
  readonly #storages: ReadonlySet<StorageAdapter>;
  readonly #connections = new Set<Connection>();
  readonly #subscriptions: Disposable[] = [];
  readonly #arrivals = new Set<Promise<void>>();
  #closing: Promise<void> | undefined;

  private constructor(options: ServiceOptions) {
    const { clock = SYSTEM_CLOCK } = options;
    const engines = options.engines.map((engine) => containEngine(engine, clock));
    const databases = containDatabases(options.databases, clock);
    this.#sources = options.sources;
    this.#ownNames = options.ownNames;
    this.#engines = engines;
    this.#storages = new Set(databases.map(({ storage }) => storage));
    this.#context = createContext(options, { engines, databases });
  }

  /** Starts a service; resolves when every sensor that is present has its unit. */
  static async start(options: ServiceOptions): Promise<Service> {
    const service = new Service(options);
    for (const [name, source] of options.sources) service.#watch(name, source);
    await service.settled();
    service.#context.people?.resume();
    return service;
  }

  /** Connects a client process; the caller ends the connection with {@link disconnect}. */
  connect(principal: Principal, sink: ConnectionSink, shelf?: EnrollmentShelf): Connection {
    const connection = new Connection(this.#context, principal, sink, shelf);
    this.#connections.add(connection);
    return connection;
  }

  /** The client is gone. */
  async disconnect(connection: Connection): Promise<void> {
    this.#connections.delete(connection);
    await connection.close();
  }

  /** Cancels what clients wait for, and resolves when all of it is reported; comes before {@link close}. */
  async cancelPending(): Promise<void> {
    await Promise.all([...this.#connections].map((connection) => connection.cancelPending()));
  }

  /** The host says which connected process is in the foreground, if any. */
  setForeground(connection: Connection | undefined): void {
    this.#context.focus.setForeground(connection);
  }

  /** The host knows no foreground: those that wait at a reader take turns. */
  takeTurns(order: ForegroundOrder): void {
    this.#context.focus.takeTurns(order);
  }

  /** Whose turn it is may be another one now. */
  turned(): void {
    this.#context.focus.turned();
  }

  /** The host says that the machine is about to sleep, or awake again. WBF: workflows 15. */
  async notifyPower(change: PowerChange): Promise<void> {
    const { units } = this.#context;
    if (change === 'suspend') {
      for (const connection of this.#connections) for (const session of connection.sessions) session.suspend();
      await Promise.all(units.all.map((unit) => unit.pump.pause('asleep')));
    }
    for (const { sensor, unitId } of units.all) {
      try {
        sensor.notifyPower(change);
      } catch (thrown) {
        this.#context.logger.warn('a sensor failed at a power change', { unitId, code: codeName(hresultOf(thrown)) });
      }
    }
    if (change === 'resume') for (const unit of units.all) unit.pump.resume('asleep');
  }

  /** Resolves when every device that has arrived so far has its unit. */
  async settled(): Promise<void> {
    while (this.#arrivals.size > 0) await Promise.all(this.#arrivals);
    await this.#context.units.settled();
  }

  /** Calls back after each arrival, removal and change of status of a unit. */
  onUnitChange(listener: (change: UnitChange) => void): Disposable {
    return this.#context.units.onChange(listener);
  }

  /** Opens databases that are not open, and goes on with work on people: what is shared can be reached. Never rejects. */
  async goOn(): Promise<void> {
    await this.#context.openStores();
    await this.#context.people?.goOn();
  }

  /** How far databases are read that are still being read. */
  get loading(): readonly DatabaseLoading[] {
    return this.#context.stores.loading;
  }

  /** How far copies of shared databases are. */
  get copies(): readonly SharedDatabaseStatus[] {
    return this.#context.stores.copies;
  }

  /** Names of all readers, unplugged ones included. */
  get readerNames(): readonly string[] {
    return this.#context.readers();
  }

  /** What each unit is doing. */
  get activity(): readonly UnitActivity[] {
    return this.#context.units.all.map((unit) => unit.activity);
  }

  /** Why databases and units cannot be used; what the adapters said is the `cause` of each. */
  get faults(): readonly BiometricError[] {
    const { stores, units } = this.#context;
    const ofUnits = units.all.flatMap(({ unitId, name, creationFault: fault }) => {
      if (fault === undefined || fault instanceof DatabaseFault) return [];
      const text = `unit ${unitId} (${name}) cannot be used: ${codeEntry(fault.hresult)?.meaning}`;
      return new BiometricError(fault.hresult, text, { unitId, cause: fault });
    });
    const { people, journal } = this.#context;
    return [...stores.faults, ...ofUnits, ...(people?.faults ?? []), ...(journal?.faults ?? [])];
  }

  /** What is attached. */
  get unitDescriptions(): readonly UnitDescription[] {
    return this.#context.units.describe();
  }

  /** How many samples a template of a unit takes as a rule; undefined where the engine does not say. */
  samplesNeeded(unitId: UnitId): number | undefined {
    const hint = this.#context.units.get(unitId)?.engine.info.sampleHint ?? 0;
    return hint === 0 ? undefined : hint;
  }

  /** State of each unit's sensor. */
  get sensorStates(): readonly string[] {
    return this.#context.units.all.map(({ pump }) => pump.state);
  }

  /** True while no unit captures or works. */
  get idle(): boolean {
    return this.#context.units.all.every(({ pump, inUse }) => pump.state === 'idle' && !inUse);
  }

  /** The directory of people. Throws E_NOTIMPL where there is none. */
  get people(): People {
    const { people } = this.#context;
    if (people === undefined) throw new BiometricError('E_NOTIMPL', 'the service keeps no directory of people');
    return people;
  }

  /** The journal. Throws E_NOTIMPL where none is kept. */
  get journal(): Journal {
    const { journal } = this.#context;
    if (journal === undefined) throw new BiometricError('E_NOTIMPL', 'the service keeps no journal');
    return journal;
  }

  /** The journal; undefined where none is kept. */
  get keptJournal(): Journal | undefined {
    return this.#context.journal;
  }

  /** Names and places of readers. */
  get places(): Places {
    return this.#context.places;
  }

  /** Names of all readers, unplugged ones included. */
  get readers(): readonly string[] {
    return this.#context.readers();
  }

  /** What failed attempts have locked. */
  get attemptLocks(): readonly AttemptLock[] {
    return this.#context.attempts.locks;
  }

  /** Failed attempts that a reader has left before it is locked; undefined where nothing is counted. */
  attemptsLeft(reader: string): number | undefined {
    return this.#context.attempts.left({ kind: 'reader', name: reader });
  }

  /** Opens what failed attempts have locked, of one name or all of it; returns what was. */
  unlockAttempts(name?: string): readonly AttemptLock[] {
    return this.#context.attempts.unlock(name);
  }

  /** Takes a unit from who enrolls on it or has locked it; says what was taken. Throws WINBIO_E_INVALID_UNIT. */
  releaseUnit(unitId: UnitId): { readonly enrollment: boolean; readonly lock: boolean } {
    const unit = this.#context.units.get(unitId);
    if (unit === undefined) throw new BiometricError('WINBIO_E_INVALID_UNIT', undefined, { unitId });
    const taken = { enrollment: unit.enrollment !== undefined, lock: unit.lock.owner !== undefined };
    for (const session of [...this.#connections].flatMap(({ sessions }) => sessions)) {
      if (session.enrollment !== undefined && session.enrollment === unit.enrollment)
        session.takeEnrollment(BY_ADMINISTRATOR);
      if (session.lockedUnit === unit) session.takeLock(BY_ADMINISTRATOR);
    }
    return taken;
  }

  /**
   * Owners of the templates in a database, and in those of readers that match inside in place of it. Rejects with
   * WINBIO_E_DATABASE_CANT_FIND.
   */
  async owners(databaseId: DatabaseId): Promise<readonly TemplateOwner[]> {
    const own = await this.#store(databaseId);
    const onBoard = await Promise.all(this.#standIns(databaseId).map((id) => this.#store(id).catch(() => undefined)));
    const stores = [own, ...onBoard.filter((store) => store !== undefined)];
    await Promise.all(stores.map((store) => store.loaded()));
    return mergedOwners(stores.flatMap(({ owners }) => owners));
  }

  /** Every record of a database, also those that are not used. Rejects with WINBIO_E_DATABASE_CANT_FIND. */
  async records(databaseId: DatabaseId): Promise<readonly StoredRecord[]> {
    return await (await this.#store(databaseId)).all();
  }

  /** Deletes the record of a finger of an owner. Rejects with WINBIO_E_DATABASE_CANT_FIND, _NO_SUCH_RECORD. */
  async deleteRecord(databaseId: DatabaseId, owner: OwnerIdentity, subFactor: SubFactor): Promise<void> {
    const deleted = await (await this.#store(databaseId)).delete(owner, subFactor);
    if (deleted === 0) throw new BiometricError('WINBIO_E_DATABASE_NO_SUCH_RECORD');
  }

  /** Templates of an owner; of all fingers for WINBIO_SUBTYPE_ANY. Rejects with WINBIO_E_DATABASE_CANT_FIND. */
  async templates(databaseId: DatabaseId, owner: OwnerIdentity, subFactor: SubFactor): Promise<readonly Uint8Array[]> {
    return await (await this.#store(databaseId)).templates(owner, subFactor);
  }

  /**
   * Stores templates that were made elsewhere, in order, and says what became of each. Rejects with
   * WINBIO_E_DATABASE_CANT_FIND, WINBIO_E_DISABLED, and with what leaves open what is stored.
   */
  async importTemplates(
    databaseId: DatabaseId,
    records: readonly NewRecord[],
    options: ImportOptions,
  ): Promise<readonly ImportOutcome[]> {
    requireEnabled(this.#context.policy());
    const outcomes = await importTemplates(await this.#store(databaseId), records, options);
    if (outcomes.some(({ kind }) => kind === 'stored')) this.#context.enrollmentCommitted();
    return outcomes;
  }

  /** People of a database with their fingers. Rejects with WINBIO_E_DATABASE_CANT_FIND, WINBIO_E_DISABLED. */
  async personGallery(databaseId: DatabaseId): Promise<PersonGallery> {
    requireEnabled(this.#context.policy());
    const engine = this.#engineOf(databaseId);
    return new PersonGallery(await this.#store(databaseId), engine, () => this.#context.enrollmentCommitted());
  }

  /** Ends everything: connections, units, databases, adapters. Idempotent. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** Databases of readers that match inside, in place of a configured one. */
  #standIns(databaseId: DatabaseId): readonly DatabaseId[] {
    return this.#context.units.all.flatMap(({ configuration: { ownDatabases } }) => {
      return ownDatabases?.get(normalizeGuid(databaseId)) ?? [];
    });
  }

  async #store(databaseId: DatabaseId): Promise<TemplateStore> {
    return await this.#context.stores.store(databaseId, this.#engineOf(databaseId));
  }

  /** The engine that reads a database. Throws WINBIO_E_DATABASE_CANT_FIND. */
  #engineOf(databaseId: DatabaseId): EngineAdapter {
    const { stores } = this.#context;
    const own = stores.engineOf(databaseId);
    const factor = stores.describe().find((each) => each.databaseId === normalizeGuid(databaseId))?.factor;
    const engine = own ?? this.#engines.find(({ info }) => info.factor === factor);
    if (engine === undefined) throw new BiometricError('WINBIO_E_DATABASE_CANT_FIND');
    return engine;
  }

  #watch(name: string, source: SensorSource): void {
    const { units } = this.#context;
    const subscription = source.watch({
      arrived: (sensor) => {
        const arrival = units
          .arrived(sensor, this.#ownNames?.nameOf(sensor) ?? name)
          .finally(() => this.#arrivals.delete(arrival));
        this.#arrivals.add(arrival);
      },
      removed: (sensor) => units.removed(sensor),
    });
    this.#subscriptions.push(subscription);
  }

  async #close(): Promise<void> {
    for (const connection of [...this.#connections]) await this.disconnect(connection);
    await this.settled();
    for (const subscription of this.#subscriptions.splice(0)) subscription[Symbol.dispose]();
    const { units, stores } = this.#context;
    await Promise.all(units.all.map((unit) => unit.pump.pause('closing')));
    const closings = [
      ...[...this.#sources.values()].map((source) => () => source.close()),
      async () => this.#context.people?.close(),
      async () => this.#context.journal?.close(),
      async () => this.#context.places.flush(),
      () => stores[Symbol.asyncDispose](),
      ...this.#engines.map((engine) => () => engine.close()),
      ...[...this.#storages].map((storage) => () => storage.close()),
    ];
    const faults: unknown[] = [];
    for (const closing of closings) await closing().catch((thrown: unknown) => faults.push(thrown));
    if (faults.length > 0) throw new AggregateError(faults, 'the service did not close cleanly');
  }
}
