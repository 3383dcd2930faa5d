/** How many lines of the audit log an ordinary account may cause a minute: the log is no way to fill the disk. */

import { BiometricError } from '../../core/biometric-error.ts';
import type { Clock } from '../../core/clock.ts';
import { isPrivileged, type Principal } from './principal.ts';

/** Changes of an ordinary account a minute. */
export const CHANGES_PER_MINUTE = 60;
const MINUTE_MS = 60_000;

export class ChangeBudget {
  readonly #clock: Clock;
  #minute = Number.NEGATIVE_INFINITY;
  readonly #changes = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Counts a change. Throws E_OUTOFMEMORY when the account has made its changes of this minute. */
  spend(principal: Principal): void {
    if (isPrivileged(principal)) return;
    const minute = Math.floor(this.#clock.nowMs() / MINUTE_MS);
    if (minute !== this.#minute) this.#changes.clear();
    this.#minute = minute;
    const before = this.#changes.get(principal.sid) ?? 0;
    if (before >= CHANGES_PER_MINUTE) {
      const text = `an account may change ${CHANGES_PER_MINUTE} things a minute; go on in the next one`;
      throw new BiometricError('E_OUTOFMEMORY', text);
    }
    this.#changes.set(principal.sid, before + 1);
  }
}
