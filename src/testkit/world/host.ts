/**
 * A scripted world: readers, fingers, client processes with user, privilege, console and focus, policy and time. It
 * runs a real service in the calling thread over real message ports; only what lies outside the service is scripted.
 */

import type { StorageAdapter } from '../../adapters/storage-adapter.ts';
import { ServiceChannel } from '../../client/service-channel.ts';
import { WhorlService } from '../../client/whorl-service.ts';
import { FINGERPRINT_PROVIDER } from '../../composition/compose/provider.ts';
import { serveConnection } from '../../composition/connection/serve-connection.ts';
import {
  WINBIO_SENSOR_BASIC_MODE,
  WINBIO_TYPE_FACIAL_FEATURES,
  WINBIO_TYPE_FINGERPRINT,
} from '../../core/constants.ts';
import type { BiometricFactor, DatabaseId } from '../../core/identifiers.ts';
import type { Logger } from '../../core/logger.ts';
import { LOCAL_SYSTEM_SID } from '../../core/sid.ts';
import { VirtualReader } from '../../sensors/virtual/virtual-reader.ts';
import type { TouchOutcome } from '../../sensors/virtual/virtual-sensor-adapter.ts';
import { DEFAULT_POLICY, type Policy } from '../../service/access/policy.ts';
import type { Connection } from '../../service/connection.ts';
import { Service } from '../../service/service.ts';
import { DEFAULT_LIMITS, type Limits } from '../../service/sessions/limits.ts';
import { MemoryStorageAdapter } from '../../storage/memory/memory-storage-adapter.ts';
import { bindWinBio, type WinBio } from '../../winbio/bind-winbio.ts';
import type { WinBioOptions } from '../../winbio/winbio-process.ts';
import type { AdapterTap } from './adapter-tap.ts';
import { type HostLinks, MEMORY_LINKS, SocketLinks } from './host-links.ts';
import { ScriptedClock } from './scripted-clock.ts';
import { ScriptedEngine } from './scripted-engine.ts';
import { ScriptedFaceEngine, type ScriptedPerson, scriptedFrame } from './scripted-face-engine.ts';
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
  /** Adds a camera and a face engine; its unit comes after those of the readers. */
  readonly camera?: boolean;
  /** Good samples an engine says an enrollment needs at most; 0 says nothing. */
  readonly sampleHint?: number;
  /** Accounts of the system, by SID. */
  readonly accounts?: Readonly<Record<string, ScriptedAccount>>;
  /** Watches the calls of the service to its adapters. */
  readonly tap?: AdapterTap;
  /** The engine of the readers searches by index vectors. */
  readonly indexed?: boolean;
  /** What the service logs. */
  readonly logger?: Logger;
  /** Whether databases are made that do not exist; true. */
  readonly autoCreate?: boolean;
  /** Signs records of a removable database. */
  readonly payloadKey?: Uint8Array;
  /** How processes reach the service; `memory`, or what `$WHORL_TEST_TRANSPORT` says. */
  readonly transport?: 'memory' | 'socket';
  /** Further factors that have a provider, though no unit: `WINBIO_TYPE_*`. */
  readonly factors?: readonly BiometricFactor[];
}

/** Transport of worlds that name none, so that a whole suite can be run over another one. */
const DEFAULT_TRANSPORT = process.env.WHORL_TEST_TRANSPORT === 'socket' ? 'socket' : 'memory';

/** An account of the scripted system. */
export interface ScriptedAccount {
  readonly password: string;
  readonly domain?: string;
  /** Cannot be logged on. */
  readonly lockedOut?: boolean;
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
  /** true: sandboxed, below medium integrity. */
  readonly lowIntegrity?: boolean;
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
  /** Accounts the console was switched to. */
  readonly switchedTo: string[] = [];
  /** How often an enrollment was remembered. */
  enrollmentMarks = 0;
  /** Present with `camera`. */
  readonly camera: VirtualReader | undefined;
  readonly #options: HostOptions;
  readonly #processes: HostProcess[] = [];
  #service!: Service;
  #links: HostLinks = MEMORY_LINKS;
  /** Process that was brought to the foreground last. */
  #foreground: HostProcess | undefined;

  private constructor(options: HostOptions) {
    this.#options = options;
    const { samples = 3, sampleHint = samples, indexed = false } = options;
    this.engine = new ScriptedEngine({ samples, sampleHint, indexed });
    if (options.camera === true) {
      this.camera = new VirtualReader({ serialNumber: 'camera', factor: WINBIO_TYPE_FACIAL_FEATURES });
    }
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
    const user = options.localSystem === true ? LOCAL_SYSTEM_SID : (options.user ?? ORDINARY_USER);
    const { administrator = false, remote = false, mayEnroll = true, lowIntegrity = false } = options;
    const principal = { sid: user, administrator, remote, mayEnroll, lowIntegrity };
    let connection: Connection | undefined;
    let created: HostProcess | undefined;
    const end = this.#links.link((serviceEnd) => {
      const extensions = new Map([['settle', async () => undefined]]);
      connection = serveConnection(this.#service, serviceEnd, principal, { extensions });
      // One that was brought to the foreground before it arrived has the focus now.
      if (created !== undefined && this.#foreground === created) created.focus();
    });
    const service = new WhorlService(new ServiceChannel(end));
    const process: HostProcess = {
      winbio: bindWinBio(service, options),
      service,
      user,
      focus: () => {
        this.#foreground = process;
        if (connection !== undefined) this.#service.setForeground(connection);
      },
      end: () => service.channel.close(),
    };
    created = process;
    this.#processes.push(process);
    if (options.focus !== false) process.focus();
    return process;
  }

  /** No process has the focus. */
  dropFocus(): void {
    this.#foreground = undefined;
    this.#service.setForeground(undefined);
  }

  /** Puts a finger on a reader once everything asked so far has reached the service; tells what became of it. */
  async touch(finger: number, reader = 0): Promise<TouchOutcome> {
    await this.settle();
    const outcome = await this.reader(reader).touch(scriptedFinger(finger));
    await this.settle();
    return outcome;
  }

  /** Shows people to the camera; tells what became of the frame. */
  async show(people: readonly ScriptedPerson[]): Promise<TouchOutcome> {
    if (this.camera === undefined) throw new TypeError('there is no camera');
    await this.settle();
    const outcome = await this.camera.touch(scriptedFrame(people));
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
      await this.#links.settled();
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
    await this.#links[Symbol.asyncDispose]();
    await this.#service.close();
  }

  async #start(): Promise<void> {
    if ((this.#options.transport ?? DEFAULT_TRANSPORT) === 'socket') this.#links = await SocketLinks.open();
    const {
      recordLimit,
      limits,
      factors = [],
      accounts = {},
      autoCreate = true,
      tap,
      logger,
      payloadKey,
    } = this.#options;
    const inner = this.#options.storage ?? new MemoryStorageAdapter();
    const storage = tap?.storage(inner) ?? inner;
    const sources = [...this.readers, ...(this.camera ? [this.camera] : [])];
    const faces = new ScriptedFaceEngine();
    const faceDatabaseId: DatabaseId = 'E18B4C70-2D95-4F6A-83C1-5A7094BEDF26';
    const systemDatabaseId: DatabaseId = 'C4E87A90-5B13-4D2F-8E66-39A0F7C1D52B';
    const registration = (databaseId: DatabaseId) => ({
      descriptor: {
        databaseId,
        factor: WINBIO_TYPE_FINGERPRINT,
        templateFormat: this.engine.info.templateFormat,
        ...(recordLimit !== undefined && { recordLimit }),
      },
      storage,
      autoCreate,
    });
    const faceRegistration = {
      descriptor: {
        databaseId: faceDatabaseId,
        factor: WINBIO_TYPE_FACIAL_FEATURES,
        templateFormat: faces.info.templateFormat,
      },
      storage,
      autoCreate: true,
    };
    this.#service = await Service.start({
      engines: [this.engine, ...(this.camera ? [faces] : [])].map((engine) => tap?.engine(engine) ?? engine),
      providers: [
        FINGERPRINT_PROVIDER,
        ...[...factors, ...(this.camera ? [WINBIO_TYPE_FACIAL_FEATURES] : [])].map((factor) => ({
          ...FINGERPRINT_PROVIDER,
          factor,
        })),
      ],
      databases: [
        ...[systemDatabaseId, this.privateDatabaseId, this.foreignDatabaseId].map(registration),
        ...(this.camera ? [faceRegistration] : []),
      ],
      sources: sources.map((source) => tap?.source(source) ?? source),
      configure: ({ factor }) => ({
        systemDatabaseId: factor === WINBIO_TYPE_FACIAL_FEATURES ? faceDatabaseId : systemDatabaseId,
        privateDatabaseIds: [this.privateDatabaseId],
        sensorMode: WINBIO_SENSOR_BASIC_MODE,
      }),
      clock: this.clock,
      ...(logger && { logger }),
      ...(payloadKey && { payloadKey }),
      policy: () => this.policy,
      limits: { ...DEFAULT_LIMITS, ...limits },
      accounts: {
        exists: async (sid) => accounts[sid] !== undefined,
        domainOf: async (sid) => accounts[sid]?.domain,
        verifyPassword: async (sid, password) => accounts[sid]?.password === password,
      },
      userSwitch: {
        switchTo: async (sid) => {
          const account = accounts[sid];
          if (account === undefined || account.lockedOut === true) return false;
          this.switchedTo.push(sid);
          return true;
        },
      },
      enrollmentCommitted: () => {
        this.enrollmentMarks += 1;
      },
    });
  }
}

/** Makes a scripted world. */
export function createHost(options: HostOptions = {}): Promise<Host> {
  return Host.create(options);
}
