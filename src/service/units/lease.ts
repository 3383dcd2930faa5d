/** A hold on something shared that ends by itself when it is not used. */

import type { Clock } from '../../core/clock.ts';

/** How long something may be held without use, milliseconds. */
export interface LeasePolicy {
  /** An enrollment without a sample. */
  readonly enrollmentMs: number;
  /** A lock without an operation of its session. */
  readonly lockMs: number;
}

export class Lease implements Disposable {
  readonly #clock: Clock;
  readonly #idleMs: number | undefined;
  readonly #expired: () => void;
  #timer: Disposable | undefined;

  /** Begins it; without `idleMs` it never ends by itself. */
  constructor(clock: Clock, idleMs: number | undefined, expired: () => void) {
    this.#clock = clock;
    this.#idleMs = idleMs;
    this.#expired = expired;
    this.renew();
  }

  /** It was used. */
  renew(): void {
    this.#timer?.[Symbol.dispose]();
    if (this.#idleMs !== undefined) this.#timer = this.#clock.after(this.#idleMs, this.#expired);
  }

  /** It is given back; idempotent. */
  [Symbol.dispose](): void {
    this.#timer?.[Symbol.dispose]();
    this.#timer = undefined;
  }
}
