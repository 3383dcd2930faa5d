/**
 * Contains the faults of adapters: a call that takes too long, throws something without a code, or breaks its contract
 * ends with WINBIO_E_DEVICE_FAILURE. An answer after that is dropped. WBF: service 16.
 */

import type { AdapterOptions } from '../../adapters/sensor-adapter.ts';
import { BiometricError, toBiometricError } from '../../core/biometric-error.ts';
import type { Clock } from '../../core/clock.ts';

/** How long a call to an adapter may take, milliseconds. Captures have no deadline: they wait for a person. */
export const ADAPTER_DEADLINE_MS = 60_000;
/** How long a canceled call, a reset or a close may take, milliseconds. WBF: service 13. */
export const FINISH_AFTER_CANCEL_MS = 5000;

/** True for an answer that the contract allows. */
export type AnswerCheck = (answer: unknown) => boolean;

export class CallGuard {
  readonly #clock: Clock;
  /** `a sensor`, `an engine` or `a storage`, for error messages. */
  readonly #adapter: string;

  constructor(clock: Clock, adapter: string) {
    this.#clock = clock;
    this.#adapter = adapter;
  }

  /** A call with a deadline; its signal aborts with the given one, and at the deadline. */
  async withDeadline<T>(
    name: string,
    call: (options: AdapterOptions) => Promise<T> | T,
    check: AnswerCheck,
    options: { readonly signal?: AbortSignal; readonly deadlineMs?: number } = {},
  ): Promise<T> {
    const { signal, deadlineMs = ADAPTER_DEADLINE_MS } = options;
    const own = new AbortController();
    const { promise: overdue, reject } = Promise.withResolvers<never>();
    const expire = () => {
      own.abort();
      reject(this.#failure(`${name} did not end in time`));
    };
    let timer = this.#clock.after(deadlineMs, expire);
    const canceled = () => {
      own.abort();
      timer[Symbol.dispose]();
      timer = this.#clock.after(FINISH_AFTER_CANCEL_MS, expire);
    };
    if (signal?.aborted === true) canceled();
    signal?.addEventListener('abort', canceled);
    try {
      return await Promise.race([this.endless(name, async () => await call({ signal: own.signal }), check), overdue]);
    } finally {
      signal?.removeEventListener('abort', canceled);
      timer[Symbol.dispose]();
    }
  }

  /** A call that may wait for a person. */
  async endless<T>(name: string, call: () => Promise<T>, check: AnswerCheck): Promise<T> {
    let answer: T;
    try {
      answer = await call();
    } catch (thrown) {
      throw toBiometricError(thrown, 'WINBIO_E_DEVICE_FAILURE');
    }
    if (!check(answer)) throw this.#failure(`${name} gave an answer that its contract does not allow`);
    return answer;
  }

  /** A call that answers at once. */
  now<T>(name: string, call: () => T, check: AnswerCheck): T {
    let answer: T;
    try {
      answer = call();
    } catch (thrown) {
      throw toBiometricError(thrown, 'WINBIO_E_DEVICE_FAILURE');
    }
    if (!check(answer)) throw this.#failure(`${name} gave an answer that its contract does not allow`);
    return answer;
  }

  #failure(what: string): BiometricError {
    return new BiometricError('WINBIO_E_DEVICE_FAILURE', `${this.#adapter} failed: ${what}`);
  }
}
