/**
 * A scripted world: readers, fingers, client processes with user, privilege, console and focus, policy and time. It
 * runs a real service in the calling thread over real message ports; only what lies outside the service is scripted.
 */

import type { StorageAdapter } from '../adapters/storage-adapter.ts';
import { ServiceChannel } from '../client/service-channel.ts';
import { WhorlService } from '../client/whorl-service.ts';
import { WINBIO_SENSOR_BASIC_MODE, WINBIO_TYPE_FINGERPRINT } from '../core/constants.ts';
import type { BiometricFactor, DatabaseId } from '../core/identifiers.ts';
import { LOCAL_SYSTEM_SID } from '../core/sid.ts';
import { FINGERPRINT_PROVIDER } from '../daemon/provider.ts';
import { serveConnection } from '../daemon/serve-connection.ts';
import { messagePortTransport } from '../protocol/message-port-transport.ts';
import type { ClientMessage, ServiceMessage } from '../protocol/messages.ts';
import { VirtualReader } from '../sensors/virtual/virtual-reader.ts';
import type { TouchOutcome } from '../sensors/virtual/virtual-sensor-adapter.ts';
import type { Connection } from '../service/connection.ts';
import { DEFAULT_LIMITS, type Limits } from '../service/limits.ts';
import { DEFAULT_POLICY, type Policy } from '../service/policy.ts';
import { Service } from '../service/service.ts';
import { MemoryStorageAdapter } from '../storage/memory/memory-storage-adapter.ts';
import { bindWinBio, type WinBio } from '../winbio/bind-winbio.ts';
import type { WinBioOptions } from '../winbio/winbio-process.ts';
import { ScriptedClock } from './scripted-clock.ts';
import { ScriptedEngine } from './scripted-engine.ts';
import { scriptedFinger } from './scripted-fingers.ts';

/** What the world begins with. */
export interface HostOptions {
  /** Readers; 1. Unit n is reader n. */
  readonly readers?: number;
  /** Good samples an enrollment needs; 3. */
  readonly samples?: number;
  /** Where templates are kept; in memory unless a test brings a storage that fails. */
  readonly storage?: StorageAdapter;
  /** Most records of each database. */
  readonly recordLimit?: number;
  readonly limits?: Partial<Limits>;
  /** `WINBIO_CAPABILITY_*` bits the readers have beside those of a virtual sensor. */
  readonly capabilities?: number;
  /** Further factors that have a provider, though no unit: `WINBIO_TYPE_*`. */
  readonly factors?: readonly BiometricFactor[];
}

/** Who a process runs for. */
export interface ProcessOptions extends WinBioOptions {
  /** SID; an ordinary account. */
  readonly user?: string;
  /** true: an administrator, elevated. */
  readonly administrator?: boolean;
  /** true: runs under Local System. */
  readonly localSystem?: boolean;
  readonly remote?: boolean;
  readonly mayEnroll?: boolean;
  /** Takes the focus at once; true. */
  readonly focus?: boolean;
}

/** A client process of the world. */
export interface HostProcess {
  /** The functions of winbio.h. */
  readonly winbio: WinBio;
  /** The idiomatic interface. */
  readonly service: WhorlService;
  /** SID it runs for. */
  readonly user: string;
  /** Brings its window to the foreground. */
  focus(): void;
  /** The process ends, without closing anything itself. */
  end(): void;
}

const ORDINARY_USER = 'S-1-5-21-1000-1000-1000-1001';

export class Host implements AsyncDisposable {
  /** A database private pools may use. */
  readonly privateDatabaseId: DatabaseId = '0D6B7E11-94C2-4E0A-AB5C-62F1D8E3A904';
  /** An installed database that no unit has a configuration for. */
  readonly foreignDatabaseId: DatabaseId = '77A1C3E5-08D2-4A6B-9F30-B1E4C7D2A586';
  readonly readers: readonly VirtualReader[];
  readonly engine: ScriptedEngine;
  readonly clock = new ScriptedClock();
  /** What an administrator decided; may be replaced at any time. */
  policy: Policy = DEFAULT_POLICY;
  readonly #options: HostOptions;
  readonly #processes: HostProcess[] = [];
  #service!: Service;

  private constructor(options: HostOptions) {
    this.#options = options;
    this.engine = new ScriptedEngine({ samples: options.samples ?? 3 });
    this.readers = Array.from(
      { length: options.readers ?? 1 },
      (_, i) => new VirtualReader({ serialNumber: String(i + 1), capabilities: options.capabilities ?? 0 }),
    );
  }

  /** Makes a world. */
  static async create(options: HostOptions = {}): Promise<Host> {
    const host = new Host(options);
    await host.#start();
    return host;
  }

  /** True when no unit captures, works or is held. */
  get idle(): boolean {
    return this.#service.idle;
  }

  /** A new client process; it has the focus unless told otherwise. */
  process(options: ProcessOptions = {}): HostProcess {
    const { port1, port2 } = new MessageChannel();
    const user = options.localSystem === true ? LOCAL_SYSTEM_SID : (options.user ?? ORDINARY_USER);
    const { administrator = false, remote = false, mayEnroll = true } = options;
    const principal = { sid: user, administrator, remote, mayEnroll };
    const connection: Connection = serveConnection(
      this.#service,
      messagePortTransport<ServiceMessage, ClientMessage>(port2),
      principal,
      new Map([['settle', async () => undefined]]),
    );
    const service = new WhorlService(new ServiceChannel(messagePortTransport(port1)));
    const process: HostProcess = {
      winbio: bindWinBio(service, options),
      service,
      user,
      focus: () => this.#service.setForeground(connection),
      end: () => service.channel.close(),
    };
    this.#processes.push(process);
    if (options.focus !== false) process.focus();
    return process;
  }

  /** No process has the focus. */
  dropFocus(): void {
    this.#service.setForeground(undefined);
  }

  /** Puts a finger on a reader once everything asked so far has reached the service; tells what became of it. */
  async touch(finger: number, reader = 0): Promise<TouchOutcome> {
    await this.settle();
    const outcome = await this.reader(reader).touch(scriptedFinger(finger));
    await this.settle();
    return outcome;
  }

  /** Puts a finger badly on a reader: the capture is rejected with this detail. Says whether anything captured. */
  async touchBadly(detail: number, reader = 0): Promise<boolean> {
    await this.settle();
    const captured = this.reader(reader).presentRejected(detail);
    await this.settle();
    return captured;
  }

  reader(index: number): VirtualReader {
    const reader = this.readers[index];
    if (reader === undefined) throw new TypeError(`there is no reader ${index}`);
    return reader;
  }

  async suspend(): Promise<void> {
    await this.settle();
    await this.#service.notifyPower('suspend');
    await this.settle();
  }

  async resume(): Promise<void> {
    await this.#service.notifyPower('resume');
    await this.settle();
  }

  /** Resolves when all that was asked has reached the service, and all it has answered has reached the clients. */
  async settle(): Promise<void> {
    for (let round = 0; round < 3; round++) {
      const open = this.#processes.filter(({ service }) => service.channel.open);
      await Promise.all(open.map(({ service }) => service.channel.ask('settle', undefined).catch(() => undefined)));
      await this.#service.settled();
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.engine.release();
    for (const reader of this.readers) reader.release();
    for (const process of this.#processes) process.service.channel.close();
    await this.#service.close();
  }

  async #start(): Promise<void> {
    const { storage = new MemoryStorageAdapter(), recordLimit, limits, factors = [] } = this.#options;
    const systemDatabaseId: DatabaseId = 'C4E87A90-5B13-4D2F-8E66-39A0F7C1D52B';
    const registration = (databaseId: DatabaseId) => ({
      descriptor: {
        databaseId,
        factor: WINBIO_TYPE_FINGERPRINT,
        templateFormat: this.engine.info.templateFormat,
        ...(recordLimit !== undefined && { recordLimit }),
      },
      storage,
      autoCreate: true,
    });
    this.#service = await Service.start({
      engines: [this.engine],
      providers: [FINGERPRINT_PROVIDER, ...factors.map((factor) => ({ ...FINGERPRINT_PROVIDER, factor }))],
      databases: [systemDatabaseId, this.privateDatabaseId, this.foreignDatabaseId].map(registration),
      sources: this.readers,
      configure: () => ({
        systemDatabaseId,
        privateDatabaseIds: [this.privateDatabaseId],
        sensorMode: WINBIO_SENSOR_BASIC_MODE,
      }),
      clock: this.clock,
      policy: () => this.policy,
      limits: { ...DEFAULT_LIMITS, ...limits },
    });
  }
}

/** Makes a scripted world. */
export function createHost(options: HostOptions = {}): Promise<Host> {
  return Host.create(options);
}
