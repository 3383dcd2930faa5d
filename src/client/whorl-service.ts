/** Connections to a service, for applications. */

import { checkOpenArguments } from '../core/argument-rules.ts';
import { BiometricError } from '../core/biometric-error.ts';
import {
  WINBIO_FLAG_MAINTENANCE,
  WINBIO_FLAG_RAW,
  WINBIO_FRAMEWORK_CHANGE_UNIT,
  WINBIO_POOL_PRIVATE,
  WINBIO_POOL_SYSTEM,
  WINBIO_POOL_UNASSIGNED,
  WINBIO_TYPE_ANY,
  WINBIO_TYPE_FINGERPRINT,
} from '../core/constants.ts';
import { FAILED } from '../core/hresult.ts';
import type { DatabaseId, UnitId } from '../core/identifiers.ts';
import { isNamed, type ReaderReference, requireReaders } from '../core/named-readers.ts';
import type { OpenFrameworkRequest, OpenSessionRequest } from '../core/operation-request.ts';
import type {
  DatabaseDescription,
  OperationValues,
  ProviderDescription,
  UnitDescription,
} from '../core/operation-result.ts';
import {
  checkOptions,
  databaseGuid,
  either,
  listOf,
  type OptionTable,
  oneOf,
  someOf,
  text,
  unitNumber,
} from '../core/option-rules.ts';
import type { ServiceCall, SettingName } from '../core/service-call.ts';
import { AdministrationClient } from './administration-client.ts';
import { DoorsClient } from './doors-client.ts';
import { HandleClient } from './handle-client.ts';
import { JournalClient } from './journal-client.ts';
import { KeptEnrollmentsClient } from './kept-enrollments-client.ts';
import { MONITOR_OPTIONS, type MonitorOptions, monitorStream } from './monitor-stream.ts';
import { PeopleClient } from './people-client.ts';
import { PlacesClient } from './places-client.ts';
import type { ServiceChannel } from './service-channel.ts';
import { Session } from './session.ts';
import { UpkeepClient } from './upkeep-client.ts';
import { VirtualReaderClient } from './virtual-reader-client.ts';

/** A unit that was attached or detached. */
export type UnitChange = {
  /** Which of the two. */
  readonly kind: 'unit-arrival' | 'unit-removal';
  /** The unit. */
  readonly unitId: UnitId;
};

/** The pool a session works on, and the rights it asks for. */
export type SessionOptions = {
  /** `raw`: export samples. `maintenance`: privileged vendor commands. Both need an administrator. Default: neither. */
  readonly access?: readonly ('raw' | 'maintenance')[];
  /**
   * Readers to use, each by its name in the configuration or by the number of its unit. No other reader ever answers an
   * operation of the session. Operations reject with WINBIO_E_SENSOR_UNAVAILABLE while none of them is attached; one that
   * is plugged in again serves again under its name, but has a new unit number. Default: all.
   */
  readonly readers?: readonly ReaderReference[];
} & (
  | {
      /** The units all sessions share; templates belong to accounts. The default. */
      readonly pool?: 'system';
    }
  | {
      /** Units of its own, taken from the system pool until it closes; templates belong to GUIDs. */
      readonly pool: 'private';
      /** GUID of an installed database, such as `PRIVATE_DATABASE_ID`. */
      readonly databaseId: DatabaseId;
      /** Units to take, unless `readers` names them. Default: all that are attached. */
      readonly unitIds?: readonly UnitId[];
    }
);

const SESSION_OPTIONS: OptionTable<SessionOptions> = {
  access: listOf(oneOf('raw', 'maintenance')),
  pool: oneOf('system', 'private'),
  databaseId: databaseGuid,
  unitIds: listOf(unitNumber),
  readers: someOf(either(text, unitNumber)),
};

/**
 * A connection to a service, from `connect()`: opens sessions, lists what is attached and installed. Closing it closes
 * its sessions and, when the service is embedded, the service. An idle connection does not keep the process alive.
 *
 * ```ts
 * await using service = await connect();
 * await using session = await service.openSession();
 * ```
 */
export class WhorlService implements AsyncDisposable {
  /** The connection underneath, which `bindWinBio` shares. */
  readonly channel: ServiceChannel;
  readonly #sessions = new Set<Session>();
  readonly #closeService: () => Promise<void>;
  #closing: Promise<void> | undefined;

  /** Made by `connect()`; `closeService` ends the service when it is embedded. */
  constructor(channel: ServiceChannel, closeService: () => Promise<void> = async () => {}) {
    this.channel = channel;
    this.#closeService = closeService;
  }

  /**
   * Opens a session on the system pool, or on a private one; with `readers`, on these readers of it only. An unknown reader
   * is refused at once. WBF: sessions 3 and 4.
   *
   * Rejects with E_ACCESSDENIED, E_INVALIDARG, E_OUTOFMEMORY, WINBIO_E_DISABLED, WINBIO_E_UNSUPPORTED_FACTOR,
   * WINBIO_E_NOT_ACTIVE_CONSOLE, WINBIO_E_INVALID_UNIT, WINBIO_E_SENSOR_UNAVAILABLE, WINBIO_E_DATABASE_CANT_FIND,
   * WINBIO_E_CONFIGURATION_FAILURE, WHORL_E_CONNECTION_LOST.
   *
   * @example
   * ```ts
   * await using shared = await service.openSession();
   * await using door = await service.openSession({ readers: ['front door'] });
   * await using own = await service.openSession({ pool: 'private', databaseId: PRIVATE_DATABASE_ID });
   * ```
   */
  async openSession(options: SessionOptions = {}): Promise<Session> {
    checkOptions('openSession', options, SESSION_OPTIONS);
    checkPool(options);
    const { access = [], readers } = options;
    const flags =
      (access.includes('raw') ? WINBIO_FLAG_RAW : 0) | (access.includes('maintenance') ? WINBIO_FLAG_MAINTENANCE : 0);
    const isPrivate = options.pool === 'private';
    const units = isPrivate ? (options.unitIds ?? (await this.#unitsOf(readers))) : null;
    const request: OpenSessionRequest = {
      kind: 'open-session',
      handleKind: 'asynchronous',
      factor: WINBIO_TYPE_FINGERPRINT,
      poolType: isPrivate ? WINBIO_POOL_PRIVATE : WINBIO_POOL_SYSTEM,
      flags,
      units,
      unitCount: units?.length ?? 0,
      database: isPrivate ? { databaseId: options.databaseId } : null,
      ...(readers !== undefined && !isPrivate && { readers }),
    };
    const checked = checkOpenArguments(request);
    if (FAILED(checked)) throw new BiometricError(checked, undefined, { operation: 'open-session' });
    const number = await this.#open(request);
    const handle = new HandleClient(this.channel, number, 'asynchronous', request.poolType);
    const unitOfPool = () => this.#unitOfPool(request.poolType, units ?? readers);
    const session = new Session(handle, unitOfPool, (closed) => this.#sessions.delete(closed));
    this.#sessions.add(session);
    return session;
  }

  /**
   * All attached units, whatever pool they are in. WBF: framework 4. Rejects with WINBIO_E_DISABLED,
   * WHORL_E_CONNECTION_LOST.
   *
   * @example
   * ```ts
   * for (const { unitId, description } of await service.units()) console.log(unitId, description);
   * ```
   */
  async units(): Promise<readonly UnitDescription[]> {
    return (await this.#call({ kind: 'enum-biometric-units', factor: WINBIO_TYPE_ANY })).units ?? [];
  }

  /**
   * All installed databases, that of the system pool first when there is one. WBF: framework 4. Rejects with
   * WHORL_E_CONNECTION_LOST.
   *
   * @example
   * ```ts
   * const [systemDatabase] = await service.databases();
   * ```
   */
  async databases(): Promise<readonly DatabaseDescription[]> {
    return (await this.#call({ kind: 'enum-databases', factor: WINBIO_TYPE_ANY })).databases ?? [];
  }

  /**
   * Whether the framework is enabled, and whether a finger may log on to accounts (`logon`) and to domain accounts
   * (`domainLogon`); `source` is a `WINBIO_SETTING_SOURCE_*`. WBF: operations 11. Rejects with WHORL_E_CONNECTION_LOST.
   *
   * @example
   * ```ts
   * if (!(await service.settings()).enabled.value) show('An administrator has disabled fingerprints.');
   * ```
   */
  async settings(): Promise<Readonly<Record<SettingName, { readonly value: boolean; readonly source: number }>>> {
    const read = async (setting: SettingName) =>
      (await this.#call({ kind: 'get-setting', setting })).setting ?? { value: false, source: 0 };
    return { enabled: await read('enabled'), logon: await read('logon'), domainLogon: await read('domainLogon') };
  }

  /**
   * Units that are attached and detached from now on. Leaving the loop ends the monitor. WBF: framework 5.
   *
   * The loop rejects with WINBIO_E_CANCELED, E_OUTOFMEMORY, WHORL_E_CONNECTION_LOST.
   *
   * @example
   * ```ts
   * for await (const { kind, unitId } of service.unitChanges()) console.log(kind, unitId);
   * ```
   */
  async *unitChanges(options: MonitorOptions = {}): AsyncGenerator<UnitChange, void, void> {
    checkOptions('unitChanges', options, MONITOR_OPTIONS);
    const number = await this.#open({ kind: 'open-framework' });
    const handle = new HandleClient(this.channel, number, 'framework', 0);
    const request = { kind: 'monitor-framework-changes', changeTypes: WINBIO_FRAMEWORK_CHANGE_UNIT } as const;
    try {
      yield* monitorStream(handle, request, options, (event) =>
        event.kind === 'unit-arrival' || event.kind === 'unit-removal' ? event : undefined,
      );
    } finally {
      if (handle.state === 'open')
        await new Promise<void>((resolve) => handle.submit({ kind: 'close' }, () => resolve()));
    }
  }

  /**
   * The service providers, one for each factor served. WBF: framework 4. Rejects with WHORL_E_CONNECTION_LOST.
   *
   * @example
   * ```ts
   * const [{ vendor }] = await service.providers();
   * ```
   */
  async providers(): Promise<readonly ProviderDescription[]> {
    return (await this.#call({ kind: 'enum-service-providers', factor: WINBIO_TYPE_ANY })).providers ?? [];
  }

  /** The administrative side of this connection. */
  get administration(): AdministrationClient {
    return new AdministrationClient(this.channel);
  }

  /** The people it knows. */
  get people(): PeopleClient {
    return new PeopleClient(this.channel);
  }

  /** Its readers, as people know them. */
  get places(): PlacesClient {
    return new PlacesClient(this.channel);
  }

  /** Who was where, and what came of it. */
  get journal(): JournalClient {
    return new JournalClient(this.channel);
  }

  /** The doors it watches. */
  get doors(): DoorsClient {
    return new DoorsClient(this.channel);
  }

  /** Enrollments of people that it keeps. */
  get enrollments(): KeptEnrollmentsClient {
    return new KeptEnrollmentsClient(this.channel);
  }

  /** What those who run it do: settings, pairings, backups, keys, audit log, health. */
  get upkeep(): UpkeepClient {
    return new UpkeepClient(this.channel);
  }

  /**
   * Drives a virtual reader, by its name in the configuration (default: `virtual`); administrators only.
   *
   * @example
   * ```ts
   * await service.virtualReader().touch({ person: 1, finger: 'right-index' });
   * ```
   */
  virtualReader(name = 'virtual'): VirtualReaderClient {
    return new VirtualReaderClient(this.channel, name);
  }

  /**
   * Closes the sessions, the connection and, when it is embedded, the service. Idempotent. Rejects with what does not
   * close cleanly: the codes of `Session.close`, WINBIO_E_DATABASE_CANT_CLOSE, WHORL_E_CONNECTION_LOST.
   *
   * @example
   * ```ts
   * await service.close(); // or declare it with: await using service
   * ```
   */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  /** {@link close}. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #close(): Promise<void> {
    for (const session of [...this.#sessions]) await session.close();
    this.channel.close();
    await this.#closeService();
  }

  /** Units that are attached now, of all readers or of these. Rejects with WINBIO_E_INVALID_UNIT. */
  async #unitsOf(readers: readonly ReaderReference[] | undefined): Promise<readonly UnitId[]> {
    const units = await this.units();
    if (readers !== undefined) requireReaders(readers, units);
    return units.filter((unit) => readers === undefined || isNamed(unit, readers)).map(({ unitId }) => unitId);
  }

  async #unitOfPool(poolType: number, own: readonly ReaderReference[] | undefined): Promise<UnitId> {
    const units = (await this.units()).filter((each) => own === undefined || isNamed(each, own));
    // The service says why one is in no pool.
    const unit = [poolType, WINBIO_POOL_UNASSIGNED].flatMap((pool) =>
      units.filter((each) => each.poolType === pool),
    )[0];
    if (unit === undefined) throw new BiometricError('WINBIO_E_SENSOR_UNAVAILABLE', 'the pool has no unit');
    return unit.unitId;
  }

  #open(request: OpenSessionRequest | OpenFrameworkRequest): Promise<number> {
    return new Promise<number>((resolve, reject) => {
      this.channel.openHandle(request, ({ hresult, reason = hresult, unitId, message }, handle) => {
        if (FAILED(hresult)) reject(new BiometricError(reason, message, { operation: request.kind, unitId }));
        else resolve(handle);
      });
    });
  }

  #call(call: ServiceCall): Promise<OperationValues> {
    return new Promise((resolve, reject) => {
      this.channel.call(call, ({ hresult, reason = hresult, values, message }) => {
        if (FAILED(hresult)) reject(new BiometricError(reason, message, { operation: call.kind }));
        else resolve(values);
      });
    });
  }
}

/** Refuses what only the other pool takes, and two ways to say the same. */
function checkPool(options: SessionOptions): void {
  const given = (name: string) => (options as Readonly<Record<string, unknown>>)[name] !== undefined;
  const refuse = (message: string) => new BiometricError('E_INVALIDARG', `openSession: ${message}`);
  if (options.pool === 'private') {
    if (given('unitIds') && given('readers')) throw refuse('give readers or unitIds, not both');
    return;
  }
  if (given('unitIds')) throw refuse("unitIds is for pool: 'private'; give readers");
  if (given('databaseId')) throw refuse("databaseId is for pool: 'private'");
}
