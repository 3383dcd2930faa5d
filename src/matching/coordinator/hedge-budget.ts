/** How many requests may be repeated because an answer takes long: repeating without bounds doubles the load where it is high. */

/** Repetitions saved up at most. */
const MOST = 10;

/** Saves up a share of each request. */
export class HedgeBudget {
  readonly #share: number;
  #saved = 1;

  /** `share` of 0.05: one of twenty requests may be repeated. */
  constructor(share: number) {
    this.#share = share;
    if (share === 0) this.#saved = 0;
  }

  /** Notes a request. */
  earn(): void {
    this.#saved = Math.min(MOST, this.#saved + this.#share);
  }

  /** Whether a request may be repeated; it is then taken off. */
  spend(): boolean {
    if (this.#saved < 1) return false;
    this.#saved -= 1;
    return true;
  }
}
