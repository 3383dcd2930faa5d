/** When a unit that fails again and again is set up anew, and when it is given up. WBF: service 16. */

/** Faults in a row before something is done. */
const MAX_FAULTS = 3;

/** What is to be done after a fault. */
export type HealthVerdict = 'go-on' | 'set-up-again' | 'give-up';

export class UnitHealth {
  #faults = 0;
  #setUpAgain = false;

  /** The adapters of the unit did their work. */
  noteSuccess(): void {
    this.#faults = 0;
    this.#setUpAgain = false;
  }

  /** They did not. */
  noteFault(): HealthVerdict {
    this.#faults += 1;
    if (this.#faults < MAX_FAULTS) return 'go-on';
    this.#faults = 0;
    if (this.#setUpAgain) return 'give-up';
    this.#setUpAgain = true;
    return 'set-up-again';
  }
}
