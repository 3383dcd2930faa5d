/** An adapter whose process is started again when it ends, later each time. */

import { BiometricError, hresultOf } from '../../core/biometric-error.ts';
import { codeName } from '../../core/codes.ts';
import type { Logger } from '../../core/logger.ts';
import { AdapterProcess, type ProcessParts, type RemoteCallOptions } from './adapter-process.ts';
import { ADAPTER_OBJECT, type ObjectFacts } from './host-messages.ts';

/** What is supervised. */
export interface SupervisionParts extends ProcessParts {
  /** Name of the module, for the log. */
  readonly name: string;
  readonly logger: Logger;
  /** Called when a process ended. */
  readonly onEnd?: () => void;
}

/** What every isolated adapter is started with; the rest follows from its kind. */
export type IsolationParts = Omit<SupervisionParts, 'endCode' | 'onSensor' | 'onEnd'>;

/** The first wait before a new start, milliseconds; each further one is twice as long. */
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 60_000;
/** Who has run so long starts again with the first wait. */
const STEADY_MS = 60_000;
/** How long closing the adapter, and then the end of its process, may take. WBF: service 13. */
const CLOSE_MS = 5000;

export class SupervisedAdapter {
  readonly facts: ObjectFacts;
  readonly #parts: SupervisionParts;
  readonly #closed = new AbortController();
  #process: AdapterProcess;
  #next: Promise<AdapterProcess> | undefined;
  #lastObject = ADAPTER_OBJECT;
  #waitMs = FIRST_WAIT_MS;
  #startedAtMs = performance.now();
  #closing: Promise<void> | undefined;

  private constructor(parts: SupervisionParts, process: AdapterProcess, facts: ObjectFacts) {
    this.#parts = parts;
    this.#process = process;
    this.facts = facts;
    void this.#supervise(process);
  }

  /** Rejects with the code of the adapter, or WHORL_E_CONFIGURATION. */
  static async start(parts: SupervisionParts): Promise<SupervisedAdapter> {
    const { process, facts } = await AdapterProcess.start(parts);
    return new SupervisedAdapter(parts, process, facts);
  }

  /** The process that runs now, or ended last. */
  get current(): AdapterProcess {
    return this.#process;
  }

  /** A number for an object that stays in the process. */
  nextObject(): number {
    this.#lastObject += 1;
    return this.#lastObject;
  }

  /** The process that runs, or the next one. Rejects with WINBIO_E_INVALID_DEVICE_STATE once closed. */
  async running(signal?: AbortSignal): Promise<AdapterProcess> {
    if (this.#closing !== undefined) throw closedError();
    if (this.#process.running || this.#next === undefined) return this.#process;
    return await aborted(this.#next, signal);
  }

  /** Calls a method of the adapter itself, waiting for its process if that is being started again. */
  async call<T>(method: string, args: readonly unknown[], options: RemoteCallOptions = {}): Promise<T> {
    const process = await this.running(options.signal);
    return await process.call<T>(ADAPTER_OBJECT, method, args, options);
  }

  /** Closes the adapter and ends its process; idempotent. Rejects as the adapter does. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.#closed.abort();
    const process = this.#process;
    if (!process.running) return;
    const timer = setTimeout(() => process.kill('it does not close'), CLOSE_MS);
    try {
      await process.call(ADAPTER_OBJECT, 'close', []);
    } finally {
      clearTimeout(timer);
      await process.disconnect(CLOSE_MS);
    }
  }

  async #supervise(process: AdapterProcess): Promise<void> {
    const why = await process.ended;
    if (this.#closing !== undefined) return;
    const { name, logger, onEnd } = this.#parts;
    if (performance.now() - this.#startedAtMs > STEADY_MS) this.#waitMs = FIRST_WAIT_MS;
    logger.error('the process of an adapter ended and is started again', { adapter: name, why, waitMs: this.#waitMs });
    this.#next = this.#startAgain();
    this.#next.catch(() => undefined);
    onEnd?.();
  }

  async #startAgain(): Promise<AdapterProcess> {
    for (;;) {
      await sleep(this.#waitMs, this.#closed.signal);
      if (this.#closing !== undefined) throw closedError();
      this.#waitMs = Math.min(LONGEST_WAIT_MS, 2 * this.#waitMs);
      try {
        const { process } = await AdapterProcess.start(this.#parts);
        this.#process = process;
        this.#startedAtMs = performance.now();
        this.#next = undefined;
        if (this.#closed.signal.aborted) process.kill('the service is closed');
        else void this.#supervise(process);
        return process;
      } catch (thrown) {
        // What an adapter says stays out of the log.
        const code = codeName(hresultOf(thrown));
        this.#parts.logger.error('the process of an adapter cannot be started', { adapter: this.#parts.name, code });
      }
    }
  }
}

function closedError(): BiometricError {
  return new BiometricError('WINBIO_E_INVALID_DEVICE_STATE', 'the adapter is closed');
}

/** Ends early when the signal aborts, and keeps no process alive. */
function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms).unref();
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** Rejects with WINBIO_E_CANCELED as soon as the signal aborts. */
async function aborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return await promise;
  const { promise: end, reject } = Promise.withResolvers<never>();
  const cancel = () => reject(new BiometricError('WINBIO_E_CANCELED', undefined, { cause: signal.reason }));
  if (signal.aborted) cancel();
  signal.addEventListener('abort', cancel);
  try {
    return await Promise.race([promise, end]);
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}
