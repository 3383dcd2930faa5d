/** LZ77: finds where bytes repeat what stands at most 32 KiB before them. RFC 1951 4. */

const WINDOW_BYTES = 32_768;
const HASH_BITS = 15;
const LEAST_LENGTH = 3;
const GREATEST_LENGTH = 258;
/** Earlier places looked at per byte: looking at more shrinks prints by less than a percent. */
const MAX_CHAIN = 8;
/** A repeat this long is taken without looking for a longer one. */
const GOOD_LENGTH = 64;
/** A repeat of three bytes from further away costs more bits than three literals. */
const FAR_BYTES = 1024;

/** Turns bytes into tokens: a literal is the byte itself, a repeat is its length << 16 | its distance. */
export class RepeatFinder {
  readonly #data: Uint8Array;
  /** Last place of each hash of three bytes, plus one. */
  readonly #heads = new Int32Array(1 << HASH_BITS);
  /** The place before with the same hash, plus one, by place modulo the window. */
  readonly #previous = new Int32Array(WINDOW_BYTES);
  #at = 0;

  constructor(data: Uint8Array) {
    this.#data = data;
  }

  /** True when every byte has become part of a token. */
  get isDone(): boolean {
    return this.#at === this.#data.length;
  }

  /** Fills `tokens` as far as the data goes. Returns how many were written. */
  fill(tokens: Uint32Array): number {
    let written = 0;
    while (written < tokens.length && !this.isDone) {
      const repeat = this.#longestRepeat();
      const length = repeat === 0 ? 1 : repeat >> 16;
      tokens[written++] = repeat === 0 ? this.#data[this.#at]! : repeat;
      for (const end = this.#at + length; this.#at < end; this.#at++) this.#remember();
    }
    return written;
  }

  /** The longest repeat that starts here, the nearest of several, as a token; 0 when none pays. */
  #longestRepeat(): number {
    const data = this.#data;
    const at = this.#at;
    const limit = Math.min(GREATEST_LENGTH, data.length - at);
    if (limit < LEAST_LENGTH) return 0;
    let best = LEAST_LENGTH - 1;
    let distance = 0;
    let from = this.#heads[this.#hash(at)]! - 1;
    for (let tries = MAX_CHAIN; from >= 0 && at - from <= WINDOW_BYTES && tries > 0; tries--) {
      if (data[from + best] === data[at + best]) {
        let length = 0;
        while (length < limit && data[from + length] === data[at + length]) length++;
        if (length > best) {
          best = length;
          distance = at - from;
          if (length >= GOOD_LENGTH || length === limit) break;
        }
      }
      from = this.#previous[from & (WINDOW_BYTES - 1)]! - 1;
    }
    const pays = best > LEAST_LENGTH || (best === LEAST_LENGTH && distance <= FAR_BYTES);
    return pays ? (best << 16) | distance : 0;
  }

  #remember(): void {
    if (this.#at + LEAST_LENGTH > this.#data.length) return;
    const hash = this.#hash(this.#at);
    this.#previous[this.#at & (WINDOW_BYTES - 1)] = this.#heads[hash]!;
    this.#heads[hash] = this.#at + 1;
  }

  #hash(at: number): number {
    const three = this.#data[at]! | (this.#data[at + 1]! << 8) | (this.#data[at + 2]! << 16);
    return Math.imul(three, 0x9e37_79b1) >>> (32 - HASH_BITS);
  }
}
