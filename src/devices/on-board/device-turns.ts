/**
 * Who uses the device now: one at a time, in order. What waits for a finger steps aside for what does not, and waits
 * again afterwards; an enrollment keeps its turn until it ends.
 */

import type { AdapterOptions } from '../../adapters/sensor-adapter.ts';
import { throwIfAborted } from '../../adapters/sensor-adapter-base.ts';
import { BiometricError, hresultOf } from '../../core/biometric-error.ts';
import { WINBIO_E_CANCELED } from '../../core/result-constants.ts';

export class DeviceTurns {
  #last: Promise<unknown> = Promise.resolve();
  #stepAside: (() => void) | undefined;
  #enrolling = 0;

  /** Runs what waits for no person. Rejects with WINBIO_E_ENROLLMENT_IN_PROGRESS during an enrollment. */
  async briefly<T>(call: () => Promise<T>): Promise<T> {
    this.#requireNoEnrollment();
    const turn = this.#turn(call);
    this.#stepAside?.();
    return await turn;
  }

  /** Lets what waits for a finger begin anew: what it waits for is another thing now. */
  restart(): void {
    this.#stepAside?.();
  }

  /**
   * Waits for a finger, again each time it had to step aside. Rejects with WINBIO_E_ENROLLMENT_IN_PROGRESS during an
   * enrollment, and as the call does.
   */
  async waiting<T>(signal: AbortSignal, call: (options: AdapterOptions) => Promise<T>): Promise<T> {
    for (;;) {
      this.#requireNoEnrollment();
      const ended = await this.#waitInTurn(signal, call);
      if (ended !== undefined) return ended.answer;
    }
  }

  /** Keeps the device until the call ends; from the abort of `released` on, others need only wait for their turn. */
  async enrolling<T>(released: AbortSignal, call: () => Promise<T>): Promise<T> {
    let counted = true;
    this.#enrolling += 1;
    const over = () => {
      if (counted) this.#enrolling -= 1;
      counted = false;
    };
    released.addEventListener('abort', over, { once: true });
    try {
      return await this.#turn(call);
    } finally {
      over();
    }
  }

  /** Resolves when all that has a turn now has had it. */
  async idle(): Promise<void> {
    await this.#last.catch(() => {});
  }

  /** An abort ends at once what has not had its turn yet; what has one sees to it itself. */
  #waitInTurn<T>(signal: AbortSignal, call: (options: AdapterOptions) => Promise<T>) {
    let begun = false;
    const turn = this.#turn(() => {
      begun = true;
      return this.#wait(signal, call);
    });
    return new Promise<Awaited<typeof turn>>((resolve, reject) => {
      const leave = () => {
        if (!begun) reject(new BiometricError('WINBIO_E_CANCELED', undefined, { cause: signal.reason }));
      };
      signal.addEventListener('abort', leave, { once: true });
      turn.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
    });
  }

  async #wait<T>(signal: AbortSignal, call: (options: AdapterOptions) => Promise<T>) {
    throwIfAborted(signal);
    const own = new AbortController();
    this.#stepAside = () => own.abort('others need the device');
    try {
      return { answer: await call({ signal: AbortSignal.any([signal, own.signal]) }) };
    } catch (thrown) {
      const steppedAside = own.signal.aborted && !signal.aborted && hresultOf(thrown) === WINBIO_E_CANCELED;
      if (steppedAside) return undefined;
      throw thrown;
    } finally {
      this.#stepAside = undefined;
    }
  }

  #turn<T>(call: () => Promise<T>): Promise<T> {
    const run = this.#last.then(call);
    this.#last = run.catch(() => undefined);
    return run;
  }

  #requireNoEnrollment(): void {
    if (this.#enrolling > 0) throw new BiometricError('WINBIO_E_ENROLLMENT_IN_PROGRESS', 'the reader is enrolling');
  }
}
