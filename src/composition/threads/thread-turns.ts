/** Who may use one of the engine's threads now: in order of asking, and no one who has given up. */

import { BiometricError } from '../../core/biometric-error.ts';

export class ThreadTurns {
  readonly #limit: number;
  readonly #waiting = new Set<() => void>();
  #free: number;

  /** Turns at the same time, and how many may wait for one. */
  constructor(turns: number, limit: number) {
    this.#free = turns;
    this.#limit = limit;
  }

  /** How many wait. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /**
   * Runs the work at its turn. Rejects with WINBIO_E_DEVICE_BUSY when too many wait, with WINBIO_E_CANCELED as soon as the
   * signal aborts before the turn has come; then the work is never begun.
   */
  async run<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    if (signal?.aborted) throw canceled(signal);
    if (this.#free > 0) this.#free--;
    else await this.#turn(signal);
    try {
      return await work();
    } finally {
      this.#pass();
    }
  }

  async #turn(signal: AbortSignal | undefined): Promise<void> {
    if (this.#waiting.size >= this.#limit) throw new BiometricError('WINBIO_E_DEVICE_BUSY', 'too many engine tasks');
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const giveUp = (): void => {
      this.#waiting.delete(resolve);
      reject(canceled(signal));
    };
    this.#waiting.add(resolve);
    signal?.addEventListener('abort', giveUp, { once: true });
    try {
      await promise;
    } finally {
      signal?.removeEventListener('abort', giveUp);
    }
  }

  #pass(): void {
    const [next] = this.#waiting;
    if (next === undefined) {
      this.#free++;
      return;
    }
    this.#waiting.delete(next);
    next();
  }
}

function canceled(signal: AbortSignal | undefined): BiometricError {
  return new BiometricError('WINBIO_E_CANCELED', undefined, { cause: signal?.reason });
}
