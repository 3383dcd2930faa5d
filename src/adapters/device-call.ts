/**
 * One operation of a matching device: the first of its answer, its deadline, the time an abort allows and the end of
 * the device ends it, and what comes after that is dropped.
 */

import { BiometricError, isBiometricError } from '../core/biometric-error.ts';
import type { Clock } from '../core/clock.ts';
import { MATCHING_DEVICE_CANCEL_MS } from './matching-device.ts';
import type { AdapterOptions } from './sensor-adapter.ts';

export class DeviceCall<T> {
  readonly #clock: Clock;
  readonly #what: string;
  readonly #own = new AbortController();
  readonly #ending = Promise.withResolvers<T>();
  #timer: Disposable | undefined;
  #hookEnded = false;
  #ended = false;

  /** `what` names the operation in errors. */
  constructor(clock: Clock, what: string) {
    this.#clock = clock;
    this.#what = what;
    // It may end before anybody waits for it.
    this.#ending.promise.catch(() => {});
  }

  /** True once it has its ending. */
  get ended(): boolean {
    return this.#ended;
  }

  /** True when it was ended although the driver still works on it. */
  get stuck(): boolean {
    return this.#ended && !this.#hookEnded;
  }

  /** Runs the driver's part; without `deadlineMs` it waits for a person. Call it once. */
  async run(
    hook: (options: AdapterOptions) => Promise<T>,
    signal: AbortSignal | undefined,
    deadlineMs: number | undefined,
  ): Promise<T> {
    if (deadlineMs !== undefined) {
      this.#timer = this.#clock.after(deadlineMs, () => this.#overdue(`${this.#what} did not end in time`));
    }
    const onAbort = () => this.cancel(signal?.reason);
    signal?.addEventListener('abort', onAbort, { once: true });
    void this.#attempt(hook);
    try {
      return await this.#ending.promise;
    } finally {
      signal?.removeEventListener('abort', onAbort);
      this.#timer?.[Symbol.dispose]();
    }
  }

  /** Asks the driver to end it, and ends it without the driver if that takes too long. */
  cancel(reason?: unknown): void {
    if (this.#ended || this.#own.signal.aborted) return;
    this.#timer?.[Symbol.dispose]();
    const late = () => this.#overdue(`${this.#what} did not end after it was canceled`);
    this.#timer = this.#clock.after(MATCHING_DEVICE_CANCEL_MS, late);
    this.#own.abort(reason);
  }

  /** Ends it now. */
  end(error: BiometricError): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#ending.reject(error);
    this.#own.abort(error);
  }

  /** Resolves when it has ended, however it did. */
  async settled(): Promise<void> {
    await this.#ending.promise.catch(() => {});
  }

  async #attempt(hook: (options: AdapterOptions) => Promise<T>): Promise<void> {
    const { signal } = this.#own;
    try {
      const answer = await hook({ signal });
      this.#hookEnded = true;
      if (this.#ended) return;
      this.#ended = true;
      this.#ending.resolve(answer);
    } catch (thrown) {
      this.#hookEnded = true;
      if (this.#ended) return;
      this.#ended = true;
      this.#ending.reject(this.#coded(thrown));
    }
  }

  /** What a driver throws once it was told to stop is the cancel, unless it says otherwise. */
  #coded(thrown: unknown): BiometricError {
    const { signal } = this.#own;
    if (isBiometricError(thrown) && thrown.code !== 'WINBIO_E_CANCELED') return thrown;
    if (signal.aborted) return new BiometricError('WINBIO_E_CANCELED', undefined, { cause: signal.reason });
    const text = isBiometricError(thrown) ? 'it canceled without being asked' : wordsOf(thrown);
    return new BiometricError('WINBIO_E_DEVICE_FAILURE', `${this.#what}: ${text}`, { cause: thrown });
  }

  #overdue(text: string): void {
    this.end(new BiometricError('WINBIO_E_DEVICE_FAILURE', text));
  }
}

function wordsOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
