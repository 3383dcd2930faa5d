/** A quantity that several takers share. */

export class Budget {
  readonly #limit: number;
  #held = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** What is taken. */
  get held(): number {
    return this.#held;
  }

  /** Takes some if there is as much; says whether there was. */
  take(amount: number): boolean {
    if (this.#held + amount > this.#limit) return false;
    this.#held += amount;
    return true;
  }

  give(amount: number): void {
    this.#held -= amount;
  }
}
