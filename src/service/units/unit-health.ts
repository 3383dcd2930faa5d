/** Decides when a unit that keeps failing is set up again, and when it is given up. WBF: service 16. */

/** Faults in a row that call for a measure. */
const MAX_FAULTS = 3;

/** The measure that repeated faults call for. */
export type UnitFailure = 'set-up-again' | 'give-up';

/** What to do after a fault. */
export type HealthVerdict = 'go-on' | UnitFailure;

export class UnitHealth {
  #faults = 0;
  #setUpAgain = false;

  /** The adapters of the unit did their work. */
  noteSuccess(): void {
    this.#faults = 0;
    this.#setUpAgain = false;
  }

  /** An adapter of the unit failed. */
  noteFault(): HealthVerdict {
    this.#faults += 1;
    if (this.#faults < MAX_FAULTS) return 'go-on';
    this.#faults = 0;
    if (this.#setUpAgain) return 'give-up';
    this.#setUpAgain = true;
    return 'set-up-again';
  }
}
