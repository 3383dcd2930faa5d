/**
 * How long a reader has waited for fingers. libfprint lets one rest that it takes for too hot, which it computes from that
 * time; fprintd calls the end of such a wait, and all that follow until it has cooled, an unknown error.
 */

import type { Clock } from '../../core/clock.ts';

/** libfprint 1.94.5 ends a wait of three minutes, and then refuses others for three and a half; earlier waits count, too. */
const TOO_LONG_MS = 150_000;
const COOLING_MS = 5 * 60_000;

/** The waits of the last minutes. */
export class WaitingTime {
  readonly #clock: Clock;
  #waits: { readonly fromMs: number; readonly toMs: number }[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A wait begins; it ends when what is returned is disposed of. */
  begin(): Disposable {
    const fromMs = this.#clock.nowMs();
    return { [Symbol.dispose]: () => void this.#waits.push({ fromMs, toMs: this.#clock.nowMs() }) };
  }

  /** True when the reader may need a rest. */
  get isLong(): boolean {
    this.#waits = this.#waits.filter(({ toMs }) => this.#clock.nowMs() - toMs < COOLING_MS);
    return this.#waits.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0) >= TOO_LONG_MS;
  }
}
