/** The process of a reader, from the service's side: its start, calls to it, and its end. */

import { type ChildProcess, fork } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { EnrollStage } from '../../adapters/matching-device.ts';
import { BiometricError, deserializeError } from '../../core/biometric-error.ts';
import type { Logger } from '../../core/logger.ts';
import { workerEntry } from '../../core/worker-entry.ts';
import type {
  FaultKind,
  FingerStatus,
  HelperFault,
  HelperMessage,
  HelperRequest,
  HelperStart,
  ReaderCalls,
  ReaderFacts,
  ReaderMethod,
} from './helper-messages.ts';

/** What a process needs beside its start. */
export interface HelperParts {
  readonly logger: Logger;
  /** Variable of the environment that holds the master key, which is no business of a driver. */
  readonly keyVariable?: string | undefined;
  readonly onFinger: (status: FingerStatus) => void;
  readonly onRemoved: () => void;
}

/** How a call is made. */
export interface HelperCallOptions {
  /** Aborting it aborts the call there. */
  readonly signal?: AbortSignal | undefined;
  readonly onStage?: ((stage: EnrollStage) => void) | undefined;
}

interface Waiting {
  readonly onStage: ((stage: EnrollStage) => void) | undefined;
  readonly resolve: (value: unknown) => void;
  readonly reject: (thrown: unknown) => void;
}

/** A fault of libfprint, with what can be done about it; `died` when its process ended. */
export class HelperError extends Error {
  readonly error: BiometricError;
  readonly kind: FaultKind | 'died' | undefined;

  constructor(error: BiometricError, kind?: FaultKind | 'died') {
    super(error.message, { cause: error });
    this.error = error;
    this.kind = kind;
  }
}

/** How long libfprint may take to find a reader, milliseconds: some are loaded with their firmware first. */
const START_MS = 30_000;
/** How long a process may take to release its reader and end. */
const END_MS = 3000;

/** Lines that say nothing: libusb looks for a device file that a player of recordings does not have. */
const NOISE = /^libusb: |cannot find handle for fd/;
const FAULTS = /CRITICAL|ERROR|assertion|Assertion/;

export class HelperProcess {
  readonly startedAtMs = performance.now();
  readonly #child: ChildProcess;
  readonly #parts: HelperParts;
  readonly #waiting = new Map<number, Waiting>();
  readonly #ready = Promise.withResolvers<ReaderFacts>();
  readonly #ended = Promise.withResolvers<void>();
  #lastId = 0;
  #running = true;
  #why: string | undefined;

  private constructor(start: HelperStart, parts: HelperParts) {
    this.#parts = parts;
    this.#child = fork(workerEntry('helper/fprint-helper', import.meta.url), [JSON.stringify(start)], {
      serialization: 'advanced',
      execArgv: [],
      env: environmentOf(start, parts.keyVariable),
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.#child.on('message', (message: HelperMessage) => this.#hear(message));
    this.#child.once('error', (thrown) => this.#end(`it cannot be started: ${thrown.message}`));
    this.#child.once('exit', (code, signal) => this.#end(`it ended with ${signal ?? code}`));
    this.#ready.promise.catch(() => undefined);
    this.#log();
  }

  /** Starts it and finds the reader. Rejects with a {@link HelperError}. */
  static async start(
    start: HelperStart,
    parts: HelperParts,
  ): Promise<{ readonly helper: HelperProcess; readonly facts: ReaderFacts }> {
    const helper = new HelperProcess(start, parts);
    const timer = setTimeout(() => helper.kill('libfprint does not find its readers'), START_MS);
    try {
      return { helper, facts: await helper.#ready.promise };
    } catch (thrown) {
      helper.kill('it found no reader');
      throw thrown;
    } finally {
      clearTimeout(timer);
    }
  }

  /** False once it has ended, or was told to. */
  get running(): boolean {
    return this.#running && this.#why === undefined;
  }

  /** Number of the process in the system. */
  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Resolves when it has ended. */
  get ended(): Promise<void> {
    return this.#ended.promise;
  }

  /** Calls a method there. Rejects with a {@link HelperError}. */
  async call<M extends ReaderMethod>(
    method: M,
    values: Parameters<ReaderCalls[M]>,
    { signal, onStage }: HelperCallOptions = {},
  ): Promise<ReturnType<ReaderCalls[M]>> {
    if (!this.running) throw this.#died();
    this.#lastId += 1;
    const id = this.#lastId;
    const { promise, ...waiting } = Promise.withResolvers<unknown>();
    this.#waiting.set(id, { ...waiting, onStage });
    this.#send({ type: 'call', id, method, values });
    const abort = () => this.#send({ type: 'abort', id });
    if (signal?.aborted === true) abort();
    signal?.addEventListener('abort', abort);
    try {
      return (await promise) as ReturnType<ReaderCalls[M]>;
    } finally {
      signal?.removeEventListener('abort', abort);
    }
  }

  /** Ends it at once; the kernel releases the reader. */
  kill(why: string): void {
    this.#why ??= why;
    this.#child.kill('SIGKILL');
  }

  /** Ends it, and waits until it has. */
  async end(): Promise<void> {
    if (!this.#running) return;
    if (this.#child.connected) this.#child.disconnect();
    const timer = setTimeout(() => this.kill('it does not end'), END_MS);
    await this.ended;
    clearTimeout(timer);
  }

  #send(message: HelperRequest): void {
    // Its end is told by its exit; a message that is lost then needs no fault of its own.
    if (this.#running && this.#child.connected) this.#child.send(message, () => {});
  }

  #hear(message: HelperMessage): void {
    switch (message.type) {
      case 'ready':
        this.#ready.resolve(message.facts);
        break;
      case 'failed':
        this.#ready.reject(errorOf(message.fault));
        break;
      case 'return':
        this.#take(message.id)?.resolve(message.value);
        break;
      case 'throw':
        this.#take(message.id)?.reject(errorOf(message.fault));
        break;
      case 'stage':
        this.#waiting.get(message.id)?.onStage?.(message.stage);
        break;
      case 'finger':
        this.#parts.onFinger(message.status);
        break;
      case 'removed':
        this.#parts.onRemoved();
        break;
      default:
        message satisfies never;
    }
  }

  #take(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    return waiting;
  }

  #end(why: string): void {
    if (!this.#running) return;
    this.#running = false;
    this.#why ??= why;
    this.#ready.reject(this.#died());
    for (const { reject } of this.#waiting.values()) reject(this.#died());
    this.#waiting.clear();
    this.#ended.resolve();
  }

  #died(): HelperError {
    const text = `the process of the reader ended: ${this.#why}`;
    return new HelperError(new BiometricError('WINBIO_E_DEVICE_FAILURE', text), 'died');
  }

  /** What GLib and libusb print is for the log, and never an answer. */
  #log(): void {
    const { stderr, pid } = this.#child;
    if (stderr === null) return;
    createInterface({ input: stderr }).on('line', (line) => {
      if (line === '' || NOISE.test(line)) return;
      const level = FAULTS.test(line) ? 'warn' : 'debug';
      this.#parts.logger[level]('the process of a reader says', { pid, line });
    });
  }
}

function errorOf({ error, kind }: HelperFault): HelperError {
  return new HelperError(deserializeError(error), kind);
}

/** Other drivers would talk to readers that other processes work with; under a player of recordings drivers leave out what none holds. */
function environmentOf({ drivers }: HelperStart, keyVariable = ''): NodeJS.ProcessEnv {
  const { [keyVariable]: _key, ...env } = process.env;
  const allowed = drivers.join(':');
  const emulated = env.UMOCKDEV_DIR === undefined ? {} : { FP_DEVICE_EMULATION: '1' };
  return { ...emulated, ...env, FP_DRIVERS_WHITELIST: allowed, FP_DRIVERS_ALLOWLIST: allowed };
}
