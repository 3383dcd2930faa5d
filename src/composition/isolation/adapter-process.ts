/** One run of the process of an adapter: calls to it, and its end. */

import { type ChildProcess, fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { EnrollStage } from '../../adapters/matching-device.ts';
import { BiometricError, deserializeError } from '../../core/biometric-error.ts';
import type { CodeName } from '../../core/codes.ts';
import { workerEntry } from '../../core/worker-entry.ts';
import type { HostCall, HostMessage, HostRequest, HostStart, ObjectFacts } from './host-messages.ts';

/** How far an adapter may go before its process is ended. */
export interface ProcessLimits {
  /** Most memory it may hold, MB. */
  readonly memoryMb: number;
  /** How long its event loop may stand still, milliseconds. */
  readonly hangMs: number;
  /** How long it may take to make its adapter, milliseconds. */
  readonly startMs: number;
}

/** A sensor or a device came or went, or a device told something. */
export type SensorMessage = Extract<HostMessage, { type: 'arrived' | 'removed' | 'finger' | 'status' }>;

/** What a run of a process needs. */
export interface ProcessParts {
  readonly start: HostStart;
  readonly limits: ProcessLimits;
  /** Variable of the environment that holds the master key, which is no business of the module. */
  readonly keyVariable?: string | undefined;
  /** Code of what the end of the process ends. */
  readonly endCode: CodeName;
  /** Sensors that come and go. */
  readonly onSensor?: (message: SensorMessage, process: AdapterProcess) => void;
}

/** How a call is made. */
export interface RemoteCallOptions {
  /** Aborting it aborts the call there. */
  readonly signal?: AbortSignal;
  /** The result stays there, under this number. */
  readonly keep?: number;
  /** Told of stages while it runs. */
  readonly onStage?: (stage: EnrollStage) => void;
  /** Objects there that follow the arguments, by number. */
  readonly objects?: readonly number[];
}

interface Waiting {
  readonly onStage?: ((stage: EnrollStage) => void) | undefined;
  readonly resolve: (value: unknown) => void;
  readonly reject: (thrown: unknown) => void;
}

const PING_MS = 1000;
const MB = 1 << 20;

export class AdapterProcess {
  readonly #child: ChildProcess;
  readonly #parts: ProcessParts;
  readonly #waiting = new Map<number, Waiting>();
  readonly #made = Promise.withResolvers<ObjectFacts>();
  readonly #ended = Promise.withResolvers<string>();
  #watchdog: NodeJS.Timeout | undefined;
  #lastSignOfLife = performance.now();
  #lastId = 0;
  #why: string | undefined;
  #running = true;

  private constructor(parts: ProcessParts) {
    this.#parts = parts;
    const { start, limits, keyVariable = '' } = parts;
    const { [keyVariable]: _key, ...env } = process.env;
    this.#child = fork(workerEntry('adapter-host', import.meta.url), [JSON.stringify(start)], {
      serialization: 'advanced',
      env,
      execArgv: [`--max-old-space-size=${limits.memoryMb}`],
      // What it prints is no line of the log, and no answer of a command.
      stdio: ['ignore', 2, 2, 'ipc'],
    });
    this.#child.on('message', (message: HostMessage) => this.#hear(message));
    this.#child.once('error', (thrown) => this.#end(`it cannot be started: ${thrown.message}`));
    this.#child.once('exit', (code, signal) => this.#end(`it ended with ${signal ?? code}`));
    this.#made.promise.catch(() => undefined);
  }

  /** Starts it and makes the adapter. Rejects as the adapter does, and with WHORL_E_CONFIGURATION. */
  static async start(parts: ProcessParts): Promise<{ readonly process: AdapterProcess; readonly facts: ObjectFacts }> {
    const process = new AdapterProcess(parts);
    const timer = setTimeout(() => process.kill('it does not answer'), parts.limits.startMs);
    try {
      const facts = await process.#made.promise;
      process.#watch();
      return { process, facts };
    } finally {
      clearTimeout(timer);
    }
  }

  /** False once it has ended. */
  get running(): boolean {
    return this.#running;
  }

  /** Number of the process in the system. */
  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Resolves with the reason when it has ended. */
  get ended(): Promise<string> {
    return this.#ended.promise;
  }

  /** Calls a method there. Rejects as the method does, and with the code of the end when the process ends meanwhile. */
  async call<T>(object: number, method: string, args: readonly unknown[], options: RemoteCallOptions = {}): Promise<T> {
    const { signal, keep, objects, onStage } = options;
    if (!this.#running) throw this.#endError();
    this.#lastId += 1;
    const id = this.#lastId;
    const { promise, ...waiting } = Promise.withResolvers<unknown>();
    this.#waiting.set(id, { ...waiting, onStage });
    this.#send({
      ...request(object, method, args, keep),
      id,
      ...(objects && { objects }),
      ...(onStage && { stages: true }),
      ...(signal && { signal: true }),
    });
    const abort = () => this.#send({ type: 'abort', id });
    if (signal?.aborted === true) abort();
    signal?.addEventListener('abort', abort);
    try {
      return (await promise) as T;
    } finally {
      signal?.removeEventListener('abort', abort);
    }
  }

  /** Calls a method that answers nothing. */
  tell(object: number, method: string, args: readonly unknown[], keep?: number): void {
    this.#send(request(object, method, args, keep));
  }

  /** An object is no longer needed: it is disposed of. */
  release(object: number): void {
    this.#send({ type: 'release', object });
  }

  /** Ends it at once. */
  kill(why: string): void {
    this.#why ??= why;
    this.#child.kill('SIGKILL');
  }

  /** Lets it end by itself, and sees to it that it does. */
  async disconnect(patienceMs: number): Promise<void> {
    if (!this.#running) return;
    this.#child.disconnect();
    const timer = setTimeout(() => this.kill('it does not end'), patienceMs);
    await this.ended;
    clearTimeout(timer);
  }

  #send(message: HostRequest): void {
    // Its end is told by its exit; a message that is lost then needs no fault of its own.
    if (this.#running && this.#child.connected) this.#child.send(message, () => {});
  }

  #hear(message: HostMessage): void {
    this.#lastSignOfLife = performance.now();
    switch (message.type) {
      case 'made':
        this.#made.resolve(message.facts);
        break;
      case 'return':
        this.#take(message.id)?.resolve(message.value);
        break;
      case 'throw': {
        const error = deserializeError(message.error);
        if (message.id === undefined) this.#made.reject(error);
        else this.#take(message.id)?.reject(error);
        break;
      }
      case 'stage':
        this.#waiting.get(message.id)?.onStage?.(message.stage);
        break;
      case 'pong':
        this.#checkMemory(message.residentBytes);
        break;
      case 'arrived':
      case 'removed':
      case 'finger':
      case 'status':
        this.#parts.onSensor?.(message, this);
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

  /** Asks each second for a sign of life. Memory is read from the system too, since who computes does not answer. */
  #watch(): void {
    this.#lastSignOfLife = performance.now();
    this.#watchdog = setInterval(() => {
      if (performance.now() - this.#lastSignOfLife > this.#parts.limits.hangMs) this.kill('it stands still');
      this.#checkMemory(residentBytesOf(this.pid));
      this.#send({ type: 'ping' });
    }, PING_MS).unref();
  }

  #checkMemory(residentBytes: number): void {
    const { memoryMb } = this.#parts.limits;
    if (residentBytes > memoryMb * MB) this.kill(`it holds more than ${memoryMb} MB`);
  }

  #end(reason: string): void {
    if (!this.#running) return;
    this.#running = false;
    clearInterval(this.#watchdog);
    this.#why ??= reason;
    this.#made.reject(new BiometricError('WHORL_E_CONFIGURATION', this.#why));
    const error = this.#endError();
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
    this.#ended.resolve(this.#why);
  }

  #endError(): BiometricError {
    return new BiometricError(this.#parts.endCode, `the process of the adapter is gone: ${this.#why}`);
  }
}

function request(object: number, method: string, args: readonly unknown[], keep: number | undefined): HostCall {
  return { type: 'call', object, method, arguments: args, ...(keep !== undefined && { keep }) };
}

/** Memory of a process, bytes; 0 where the system does not tell. */
function residentBytesOf(pid: number | undefined): number {
  try {
    const [, kilobytes = '0'] = /^VmRSS:\s*(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return Number(kilobytes) * 1024;
  } catch {
    return 0;
  }
}
