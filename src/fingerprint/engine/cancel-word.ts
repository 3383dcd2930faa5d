/** A shared word that says "stop": a computing thread cannot see an AbortSignal. */

import { BiometricError } from '../../core/biometric-error.ts';

/** A word that is set when the signal aborts; dispose it when the work has ended. */
export class CancelWord implements Disposable {
  readonly buffer = new SharedArrayBuffer(4);
  readonly #signal: AbortSignal;
  readonly #set = (): void => {
    Atomics.store(new Int32Array(this.buffer), 0, 1);
  };

  constructor(signal: AbortSignal) {
    this.#signal = signal;
    if (signal.aborted) this.#set();
    else signal.addEventListener('abort', this.#set, { once: true });
  }

  [Symbol.dispose](): void {
    this.#signal.removeEventListener('abort', this.#set);
  }
}

/** Throws WINBIO_E_CANCELED when the word is set. */
export function throwIfCanceled(cancel: Int32Array): void {
  if (Atomics.load(cancel, 0) !== 0) throw new BiometricError('WINBIO_E_CANCELED');
}
