/** Waits for a finger by asking again and again, because a module does not tell by itself. */

import type { Clock } from '../../core/clock.ts';
import type { RejectDetail } from '../../core/identifiers.ts';
import { throwIfCanceled, waitBriefly } from '../waiting/wait-briefly.ts';
import type { FingerImager } from './finger-imager.ts';

/** While nobody looks a finger may leave and another come: after this time it is taken for another, milliseconds. */
const SAME_FINGER_MS = 1000;

/** Pause between two questions, milliseconds. */
const PAUSE_MS = 40;

/** One module, and whether the finger on it has been used. */
export class FingerWait {
  readonly #module: Pick<FingerImager, 'takePicture'>;
  readonly #clock: Clock;
  readonly #finger: (present: boolean) => void;
  #present = false;
  /** A finger that was used must leave before it counts again: looked at last at this moment. */
  #usedAtMs: number | undefined;

  /** `finger` hears it come and go, as far as it is seen. */
  constructor(module: Pick<FingerImager, 'takePicture'>, clock: Clock, finger: (present: boolean) => void = () => {}) {
    this.#module = module;
    this.#clock = clock;
    this.#finger = finger;
  }

  /**
   * Resolves when the module has a picture of a finger that was not used: with 0, or the reject detail of a bad touch.
   * Rejects with WINBIO_E_CANCELED when aborted, between two questions, and with the fault of the module.
   */
  async next(signal: AbortSignal): Promise<RejectDetail | 0> {
    for (;;) {
      const detail = await this.#module.takePicture();
      this.#see(detail !== undefined);
      throwIfCanceled(signal);
      if (detail !== undefined && !this.#wasUsed()) {
        // A bad touch is answered once, a good one when its features or its picture were fetched.
        if (detail !== 0) this.used();
        return detail;
      }
      await waitBriefly(this.#clock, PAUSE_MS, signal);
    }
  }

  /** The finger has served. */
  used(): void {
    this.#usedAtMs = this.#clock.nowMs();
  }

  #wasUsed(): boolean {
    const isSame = this.#usedAtMs !== undefined && this.#clock.nowMs() - this.#usedAtMs < SAME_FINGER_MS;
    if (isSame) this.used();
    return isSame;
  }

  #see(present: boolean): void {
    if (!present) this.#usedAtMs = undefined;
    if (present === this.#present) return;
    this.#present = present;
    this.#finger(present);
  }
}
