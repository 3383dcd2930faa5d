/** A connection to a service, for applications: open sessions, see what is there. */

import { checkOpenArguments } from '../core/argument-rules.ts';
import { BiometricError } from '../core/biometric-error.ts';
import {
  WINBIO_FLAG_MAINTENANCE,
  WINBIO_FLAG_RAW,
  WINBIO_FRAMEWORK_CHANGE_UNIT,
  WINBIO_POOL_PRIVATE,
  WINBIO_POOL_SYSTEM,
  WINBIO_TYPE_ANY,
  WINBIO_TYPE_FINGERPRINT,
} from '../core/constants.ts';
import { FAILED } from '../core/hresult.ts';
import type { DatabaseId, UnitId } from '../core/identifiers.ts';
import type { OpenFrameworkRequest, OpenSessionRequest } from '../core/operation-request.ts';
import type {
  DatabaseDescription,
  OperationValues,
  ProviderDescription,
  UnitDescription,
} from '../core/operation-result.ts';
import type { ServiceCall, SettingName } from '../core/service-call.ts';
import { AdministrationClient } from './administration-client.ts';
import { HandleClient } from './handle-client.ts';
import { type MonitorOptions, monitorStream } from './monitor-stream.ts';
import type { ServiceChannel } from './service-channel.ts';
import { Session } from './session.ts';
import { VirtualReaderClient } from './virtual-reader-client.ts';

/** A unit that came or went. */
export type UnitChange = { readonly kind: 'unit-arrival' | 'unit-removal'; readonly unitId: UnitId };

/** Which pool a session works on. */
export type SessionOptions = {
  /** Rights asked for; both need an administrator. */
  readonly access?: readonly ('raw' | 'maintenance')[];
} & (
  | { readonly pool?: 'system' }
  | {
      readonly pool: 'private';
      /** GUID of an installed database. */
      readonly databaseId: DatabaseId;
      /** Units to take, by default all there are. */
      readonly unitIds?: readonly UnitId[];
    }
);

export class WhorlService implements AsyncDisposable {
  /** What the other face of the client stands on. */
  readonly channel: ServiceChannel;
  readonly #sessions = new Set<Session>();
  readonly #closeService: () => Promise<void>;
  #closing: Promise<void> | undefined;

  /** Made by `connect()`; `closeService` ends what the connection brought with it. */
  constructor(channel: ServiceChannel, closeService: () => Promise<void> = async () => {}) {
    this.channel = channel;
    this.#closeService = closeService;
  }

  /** Opens a session. Throws E_ACCESSDENIED, WINBIO_E_DISABLED, WINBIO_E_NOT_ACTIVE_CONSOLE, WINBIO_E_SENSOR_UNAVAILABLE, ... */
  async openSession(options: SessionOptions = {}): Promise<Session> {
    const { access = [] } = options;
    const flags =
      (access.includes('raw') ? WINBIO_FLAG_RAW : 0) | (access.includes('maintenance') ? WINBIO_FLAG_MAINTENANCE : 0);
    const isPrivate = options.pool === 'private';
    const units = isPrivate ? (options.unitIds ?? (await this.units()).map(({ unitId }) => unitId)) : null;
    const request: OpenSessionRequest = {
      kind: 'open-session',
      handleKind: 'asynchronous',
      factor: WINBIO_TYPE_FINGERPRINT,
      poolType: isPrivate ? WINBIO_POOL_PRIVATE : WINBIO_POOL_SYSTEM,
      flags,
      units,
      unitCount: units?.length ?? 0,
      database: isPrivate ? { databaseId: options.databaseId } : null,
    };
    const checked = checkOpenArguments(request);
    if (FAILED(checked)) throw new BiometricError(checked, undefined, { operation: 'open-session' });
    const number = await this.#open(request);
    const handle = new HandleClient(this.channel, number, 'asynchronous', request.poolType);
    const unitOfPool = () => this.#unitOfPool(request.poolType, units);
    const session = new Session(handle, unitOfPool, (closed) => this.#sessions.delete(closed));
    this.#sessions.add(session);
    return session;
  }

  /** Units that are attached, in whatever pool. */
  async units(): Promise<readonly UnitDescription[]> {
    return (await this.#call({ kind: 'enum-biometric-units', factor: WINBIO_TYPE_ANY })).units ?? [];
  }

  /** Databases that are installed; that of the system pool, when there is one, comes first. */
  async databases(): Promise<readonly DatabaseDescription[]> {
    return (await this.#call({ kind: 'enum-databases', factor: WINBIO_TYPE_ANY })).databases ?? [];
  }

  /** Whether the framework is enabled and people may log on with a finger, and who says so. */
  async settings(): Promise<Readonly<Record<SettingName, { readonly value: boolean; readonly source: number }>>> {
    const read = async (setting: SettingName) =>
      (await this.#call({ kind: 'get-setting', setting })).setting ?? { value: false, source: 0 };
    return { enabled: await read('enabled'), logon: await read('logon'), domainLogon: await read('domainLogon') };
  }

  /** Units that come and go, from now on. Leaving the loop ends the monitor. */
  async *unitChanges(options: MonitorOptions = {}): AsyncGenerator<UnitChange, void, void> {
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

  /** Service providers. */
  async providers(): Promise<readonly ProviderDescription[]> {
    return (await this.#call({ kind: 'enum-service-providers', factor: WINBIO_TYPE_ANY })).providers ?? [];
  }

  /** What administrators ask. */
  get administration(): AdministrationClient {
    return new AdministrationClient(this.channel);
  }

  /** The script of a virtual reader, by its name; needs an administrator. */
  virtualReader(name = 'virtual'): VirtualReaderClient {
    return new VirtualReaderClient(this.channel, name);
  }

  /** Closes the sessions and the connection, and an embedded service with them. Idempotent. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #close(): Promise<void> {
    for (const session of [...this.#sessions]) await session.close();
    this.channel.close();
    await this.#closeService();
  }

  async #unitOfPool(poolType: number, own: readonly UnitId[] | null): Promise<UnitId> {
    const units = (await this.units()).filter((unit) => unit.poolType === poolType);
    const unit = own === null ? units[0] : units.find(({ unitId }) => own.includes(unitId));
    if (unit === undefined) throw new BiometricError('WINBIO_E_SENSOR_UNAVAILABLE', 'the pool has no unit');
    return unit.unitId;
  }

  #open(request: OpenSessionRequest | OpenFrameworkRequest): Promise<number> {
    return new Promise<number>((resolve, reject) => {
      this.channel.openHandle(request, ({ hresult, unitId }, handle) => {
        if (FAILED(hresult)) reject(new BiometricError(hresult, undefined, { operation: request.kind, unitId }));
        else resolve(handle);
      });
    });
  }

  #call(call: ServiceCall): Promise<OperationValues> {
    return new Promise((resolve, reject) => {
      this.channel.call(call, ({ hresult, values }) => {
        if (FAILED(hresult)) reject(new BiometricError(hresult, undefined, { operation: call.kind }));
        else resolve(values);
      });
    });
  }
}
