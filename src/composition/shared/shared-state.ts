/** What a service shares with others, seen from the service: storages and logs behind the check of keys, and how it goes. */

import type { Position } from '../../adapters/shared-history.ts';
import type { LogEntry, NewLogEntry, PushOptions, SharedLog } from '../../adapters/shared-log.ts';
import type { StorageAdapter } from '../../adapters/storage-adapter.ts';
import { BiometricError, hresultOf, isBiometricError, toBiometricError } from '../../core/biometric-error.ts';
import { type Clock, SYSTEM_CLOCK } from '../../core/clock.ts';
import type { Logger } from '../../core/logger.ts';
import { WHORL_E_OFFLINE } from '../../core/result-constants.ts';
import type { SharedStatus } from '../../core/service-report.ts';
import { ReplicaStorageAdapter } from '../../storage/replica/replica-storage-adapter.ts';
import type { Keyring } from '../../storage/sealed/keyring.ts';
import type { SharedConfiguration } from '../configuration/service-configuration.ts';
import { requireSharedKey, tellSharedKey } from './shared-key.ts';
import type { SharedServer, SharedStream } from './shared-server.ts';

const DEFAULT_HOURS = 72;
const HOUR_MS = 3_600_000;

export class SharedState implements AsyncDisposable {
  /** Copies of the shared databases. */
  readonly storage: StorageAdapter;
  readonly #configuration: SharedConfiguration;
  readonly #server: SharedServer;
  readonly #keys: Keyring;
  readonly #logger: Logger;
  readonly #clock: Clock = SYSTEM_CLOCK;
  #checked: Promise<void> | undefined;
  readonly #live = new Map<string, boolean>();
  readonly #onReached = new Set<() => void>();
  #since: number | undefined;
  #cause: BiometricError | undefined;

  /** `server` becomes its own. */
  constructor(server: SharedServer, configuration: SharedConfiguration, keys: Keyring, logger: Logger) {
    this.#server = server;
    this.#configuration = configuration;
    this.#keys = keys;
    this.#logger = logger;
    this.storage = new ReplicaStorageAdapter(this.#behindCheck(server.storage), {
      clock: this.#clock,
      believedMs: HOUR_MS * (configuration.offline?.identifyForHours ?? DEFAULT_HOURS),
      onLive: (databaseId, live, cause) => this.note(databaseId, live, cause),
    });
  }

  /** Refuses keys that are not those of the others; a server that cannot be reached is asked when it can. */
  async begin(): Promise<void> {
    await this.#requireKey().catch((thrown: unknown) => {
      if (hresultOf(thrown) !== WHORL_E_OFFLINE) throw thrown;
      this.note('keys', false, thrown);
    });
  }

  /** A log that nobody reads or writes with other keys. */
  log(stream: SharedStream): SharedLog {
    return new CheckedLog(this.#server.log(stream), () => this.#requireKey());
  }

  /** Everything is sealed with the current key now. */
  async tellKey(): Promise<void> {
    await using log = this.#server.log('keys');
    await tellSharedKey(log, this.#keys.current);
  }

  /** Takes down whether a part is reached, and why it is not. */
  note(part: string, live: boolean, cause: unknown): void {
    const was = this.isLive;
    this.#live.set(part, live);
    if (!live) this.#cause = toBiometricError(cause, 'WHORL_E_OFFLINE');
    if (was === this.isLive) return;
    this.#since = this.#clock.nowMs();
    if (this.isLive) {
      this.#logger.info('the shared database is reached again', {});
      for (const listener of this.#onReached) listener();
    } else
      this.#logger.warn(`the shared database is not reached: ${this.#cause?.message}`, { code: this.#cause?.code });
  }

  /** Calls when everything is reached again. */
  onReached(listener: () => void): void {
    this.#onReached.add(listener);
  }

  /** True while every part is reached. */
  get isLive(): boolean {
    return [...this.#live.values()].every((live) => live);
  }

  /** What does not work. */
  get faults(): readonly BiometricError[] {
    if (this.isLive || this.#cause === undefined) return [];
    const text = `shared: ${this.#cause.message}`;
    return [new BiometricError(this.#cause.hresult, text, { cause: this.#cause })];
  }

  /** How it goes. `waiting` are lines of the journal that the others were not told of. */
  status(waiting: number): SharedStatus {
    const since = this.#since;
    return {
      site: this.#configuration.site,
      live: this.isLive,
      ...(since !== undefined && { sinceMs: since }),
      journalWaiting: waiting,
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.storage.close();
    await this.#server[Symbol.asyncDispose]();
  }

  /** Asked once, and again after it could not be answered. */
  async #requireKey(): Promise<void> {
    this.#checked ??= (async () => {
      await using log = this.#server.log('keys');
      await requireSharedKey(log, this.#keys);
      this.note('keys', true, undefined);
    })();
    try {
      await this.#checked;
    } catch (thrown) {
      this.#checked = undefined;
      if (isBiometricError(thrown)) this.note('keys', false, thrown);
      throw thrown;
    }
  }

  #behindCheck(inner: StorageAdapter): StorageAdapter {
    const requireKey = () => this.#requireKey();
    return {
      info: inner.info,
      async open(descriptor, options) {
        await requireKey();
        return await inner.open(descriptor, options);
      },
      async erase(descriptor) {
        await requireKey();
        await inner.erase(descriptor);
      },
      control: (...given) => inner.control(...given),
      close: () => inner.close(),
      [Symbol.asyncDispose]: () => inner.close(),
    };
  }
}

/** A log behind a check. */
class CheckedLog implements SharedLog {
  readonly #inner: SharedLog;
  readonly #check: () => Promise<void>;

  constructor(inner: SharedLog, check: () => Promise<void>) {
    this.#inner = inner;
    this.#check = check;
  }

  async position(): Promise<Position> {
    await this.#check();
    return await this.#inner.position();
  }

  async *since(after: Position): AsyncGenerator<readonly LogEntry[]> {
    await this.#check();
    yield* this.#inner.since(after);
  }

  async push(entries: readonly NewLogEntry[], options?: PushOptions): Promise<Position> {
    await this.#check();
    return await this.#inner.push(entries, options);
  }

  async trim(beforeMs: number): Promise<number> {
    await this.#check();
    return await this.#inner.trim(beforeMs);
  }

  watch(onHint: () => void): Disposable {
    return this.#inner.watch(onHint);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#inner[Symbol.asyncDispose]();
  }
}
