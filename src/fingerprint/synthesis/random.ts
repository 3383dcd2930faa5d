/** Seeded random numbers: equal seeds give equal fingers everywhere. */

/** A stream of random numbers (sfc32 by Chris Doty-Humphrey). */
export class Random {
  readonly #state: Uint32Array;

  /** Any seeds; each order and number of them gives a stream of its own. */
  constructor(...seeds: readonly number[]) {
    this.#state = Uint32Array.of(0x9e3779b9, 0x243f6a88, 0xb7e15162, 1);
    for (const seed of seeds) {
      this.#state[0]! ^= seed >>> 0;
      this.#state[1]! ^= Math.floor(seed / 2 ** 32) >>> 0;
      for (let i = 0; i < 12; i++) this.#next();
    }
  }

  /**
   * Uniform from 0 (included) to 1 (excluded).
   *
   * @example
   * const share = new Random(7).uniform();
   */
  uniform(): number {
    return this.#next() / 2 ** 32;
  }

  /**
   * Uniform from `low` (included) to `high` (excluded).
   *
   * @example
   * const angle = new Random(7).between(-Math.PI, Math.PI);
   */
  between(low: number, high: number): number {
    return low + (high - low) * this.uniform();
  }

  /**
   * Normal with mean 0 and deviation 1 (Box and Muller).
   *
   * @example
   * const shiftPx = 14 * new Random(7).normal();
   */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    return radius * Math.cos(2 * Math.PI * this.uniform());
  }

  #next(): number {
    const s = this.#state;
    const result = (s[0]! + s[1]! + s[3]!) >>> 0;
    s[3]!++;
    s[0] = s[1]! ^ (s[1]! >>> 9);
    s[1] = s[2]! + (s[2]! << 3);
    s[2] = ((s[2]! << 21) | (s[2]! >>> 11)) + result;
    return result;
  }
}
