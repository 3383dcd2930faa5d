/** The biometric service: units, pools, connections. It is handed its adapters and names none of them. */

import type { EngineAdapter } from '../adapters/engine-adapter.ts';
import type { PowerChange, SensorInfo, SensorSource } from '../adapters/sensor-adapter.ts';
import type { StorageAdapter } from '../adapters/storage-adapter.ts';
import { BiometricError, hresultOf } from '../core/biometric-error.ts';
import { type Clock, SYSTEM_CLOCK } from '../core/clock.ts';
import { normalizeGuid } from '../core/guid.ts';
import type { DatabaseId, SubFactor } from '../core/identifiers.ts';
import type { OwnerIdentity } from '../core/identity.ts';
import { type Logger, SILENT_LOGGER } from '../core/logger.ts';
import type { ProviderDescription } from '../core/operation-result.ts';
import type { TemplateOwner } from '../core/service-report.ts';
import { type AntiSpoofDecisions, AntiSpoofPolicies } from './access/anti-spoof.ts';
import { type Audit, NO_AUDIT } from './access/audit.ts';
import { Credentials } from './access/credentials.ts';
import { Focus } from './access/focus.ts';
import { DEFAULT_POLICY, type Policy } from './access/policy.ts';
import { type Accounts, NO_ACCOUNTS, NO_USER_SWITCH, type UserSwitch } from './access/ports.ts';
import type { Principal } from './access/principal.ts';
import { Connection, type ConnectionSink } from './connection.ts';
import { containEngine } from './containment/contain-engine.ts';
import { containStorage } from './containment/contain-storage.ts';
import type { ServiceContext } from './context.ts';
import { DEFAULT_LIMITS, type Limits } from './sessions/limits.ts';
import { type DatabaseRegistration, StoreRegistry } from './templates/store-registry.ts';
import type { TemplateStore } from './templates/template-store.ts';
import { SystemPools } from './units/system-pools.ts';
import type { UnitActivity, UnitConfiguration } from './units/unit.ts';
import { UnitRegistry } from './units/unit-registry.ts';

/** What a service is made of. */
export interface ServiceOptions {
  /** One engine per factor. */
  readonly engines: readonly EngineAdapter[];
  readonly providers: readonly ProviderDescription[];
  readonly databases: readonly DatabaseRegistration[];
  /** Where sensors come and go; closed with the service. */
  readonly sources: readonly SensorSource[];
  /** Which databases a sensor is configured for. */
  readonly configure: (sensor: SensorInfo) => UnitConfiguration;
  /** Signs records of removable databases; without it there can be none. */
  readonly payloadKey?: Uint8Array;
  readonly clock?: Clock;
  readonly logger?: Logger;
  readonly limits?: Limits;
  /** Asked at each use. */
  readonly policy?: () => Policy;
  /** Anti-spoofing as an administrator decided it. */
  readonly antiSpoof?: AntiSpoofDecisions;
  /** Accounts of the system; none unless given. */
  readonly accounts?: Accounts;
  /** Switches the console to another account; nobody unless given. */
  readonly userSwitch?: UserSwitch;
  /** Keeps the account of changes and exported samples; none unless given. */
  readonly audit?: Audit;
  /** Called after every enrollment that was stored, to keep the mark that outlives the service. */
  readonly enrollmentCommitted?: () => void;
}

export class Service implements AsyncDisposable {
  readonly #options: ServiceOptions;
  readonly #context: ServiceContext;
  readonly #engines: readonly EngineAdapter[];
  readonly #storages: ReadonlySet<StorageAdapter>;
  readonly #connections = new Set<Connection>();
  readonly #subscriptions: Disposable[] = [];
  readonly #arrivals = new Set<Promise<void>>();
  #closing: Promise<void> | undefined;

  private constructor(options: ServiceOptions) {
    this.#options = options;
    const { clock = SYSTEM_CLOCK, logger = SILENT_LOGGER } = options;
    this.#engines = options.engines.map((engine) => containEngine(engine, clock));
    const engines = this.#engines;
    const databases = containDatabases(options.databases, clock);
    this.#storages = new Set(databases.map(({ storage }) => storage));
    const focus = new Focus();
    const systemPools = new SystemPools(focus);
    const stores = new StoreRegistry(databases, options.payloadKey);
    const antiSpoof = new AntiSpoofPolicies(options.antiSpoof);
    const { configure, policy = () => DEFAULT_POLICY, accounts = NO_ACCOUNTS } = options;
    const isEnrolled = async (sid: string) => (await stores.enrolledFactors({ type: 'sid', sid })) !== 0;
    let lastHandle = 0;
    this.#context = {
      clock,
      logger,
      focus,
      systemPools,
      stores,
      limits: options.limits ?? DEFAULT_LIMITS,
      policy,
      antiSpoof,
      credentials: new Credentials({ accounts, policy, isEnrolled }),
      userSwitch: options.userSwitch ?? NO_USER_SWITCH,
      audit: options.audit ?? NO_AUDIT,
      enrollmentCommitted: options.enrollmentCommitted ?? (() => {}),
      providers: options.providers,
      units: new UnitRegistry({ engines, configure, systemPools, stores, antiSpoof, clock, logger }),
      nextHandle: () => {
        lastHandle += 1;
        return lastHandle;
      },
    };
  }

  /** Starts a service; resolves when every sensor that is present has its unit. */
  static async start(options: ServiceOptions): Promise<Service> {
    const service = new Service(options);
    for (const source of options.sources) service.#watch(source);
    await service.settled();
    return service;
  }

  /** A client process arrived; the returned connection is closed by whoever made it. */
  connect(principal: Principal, sink: ConnectionSink): Connection {
    const connection = new Connection(this.#context, principal, sink);
    this.#connections.add(connection);
    return connection;
  }

  /** The client is gone. */
  async disconnect(connection: Connection): Promise<void> {
    this.#connections.delete(connection);
    await connection.close();
  }

  /** Cancels what every client waits for, and resolves when all of it is reported; comes before {@link close}. */
  async cancelPending(): Promise<void> {
    await Promise.all([...this.#connections].map((connection) => connection.cancelPending()));
  }

  /** Told by the host: this process is in the foreground, or none that is connected. */
  setForeground(connection: Connection | undefined): void {
    this.#context.focus.setForeground(connection);
  }

  /** Told by the host before sleep and after wake. WBF: workflows 15. */
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
        this.#context.logger.warn('a sensor failed at a power change', { unitId, hresult: hresultOf(thrown) });
      }
    }
    if (change === 'resume') for (const unit of units.all) unit.pump.resume('asleep');
  }

  /** Resolves when every device that has arrived so far has its unit. */
  async settled(): Promise<void> {
    while (this.#arrivals.size > 0) await Promise.all(this.#arrivals);
    await this.#context.units.settled();
  }

  /** What each unit does now. */
  get activity(): readonly UnitActivity[] {
    return this.#context.units.all.map((unit) => unit.activity);
  }

  /** Who has templates in a database. Rejects with WINBIO_E_DATABASE_CANT_FIND. */
  async owners(databaseId: DatabaseId): Promise<readonly TemplateOwner[]> {
    return (await this.#store(databaseId)).owners;
  }

  /** Templates of an owner; of all fingers for WINBIO_SUBTYPE_ANY. Rejects with WINBIO_E_DATABASE_CANT_FIND. */
  async templates(databaseId: DatabaseId, owner: OwnerIdentity, subFactor: SubFactor): Promise<readonly Uint8Array[]> {
    return await (await this.#store(databaseId)).templates(owner, subFactor);
  }

  /** State of each unit's sensor. */
  get sensorStates(): readonly string[] {
    return this.#context.units.all.map(({ pump }) => pump.state);
  }

  /** True when no unit captures or works. */
  get idle(): boolean {
    return this.#context.units.all.every(({ pump, inUse }) => pump.state === 'idle' && !inUse);
  }

  /** Ends everything: connections, units, databases, adapters. Idempotent. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #store(databaseId: DatabaseId): Promise<TemplateStore> {
    const { stores } = this.#context;
    const factor = stores.describe().find((each) => each.databaseId === normalizeGuid(databaseId))?.factor;
    const engine = this.#engines.find(({ info }) => info.factor === factor);
    if (engine === undefined) throw new BiometricError('WINBIO_E_DATABASE_CANT_FIND');
    return await stores.store(databaseId, engine);
  }

  #watch(source: SensorSource): void {
    const { units } = this.#context;
    const subscription = source.watch({
      arrived: (sensor) => {
        const arrival = units.arrived(sensor).finally(() => this.#arrivals.delete(arrival));
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
      ...this.#options.sources.map((source) => () => source.close()),
      () => stores[Symbol.asyncDispose](),
      ...this.#engines.map((engine) => () => engine.close()),
      ...[...this.#storages].map((storage) => () => storage.close()),
    ];
    const faults: unknown[] = [];
    for (const closing of closings) await closing().catch((thrown: unknown) => faults.push(thrown));
    if (faults.length > 0) throw new AggregateError(faults, 'the service did not close cleanly');
  }
}

/** One contained storage for each adapter, however many databases it holds. */
function containDatabases(databases: readonly DatabaseRegistration[], clock: Clock): readonly DatabaseRegistration[] {
  const contained = new Map<StorageAdapter, StorageAdapter>();
  return databases.map((registration) => {
    const storage = contained.get(registration.storage) ?? containStorage(registration.storage, clock);
    contained.set(registration.storage, storage);
    return { ...registration, storage };
  });
}
