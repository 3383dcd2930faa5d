/** The best of many slots by the score of the first stage. Runs anywhere. */

/** Slots and scores, best first, equal scores by slot. */
export interface Shortlist {
  readonly slots: Int32Array;
  readonly scores: Float32Array;
}

/** Collects slots and keeps the best. */
export class ShortlistBuilder {
  readonly #keep: number;
  #slots: Int32Array;
  #scores: Float32Array;
  #count = 0;
  #least = Number.NEGATIVE_INFINITY;

  constructor(keep: number) {
    this.#keep = keep;
    this.#slots = new Int32Array(2 * keep);
    this.#scores = new Float32Array(2 * keep);
  }

  add(slot: number, score: number): void {
    if (score < this.#least) return;
    this.#slots[this.#count] = slot;
    this.#scores[this.#count++] = score;
    if (this.#count === 2 * this.#keep) this.#shorten();
  }

  /** What was kept; a slot of several views counts with its best. */
  finish(): Shortlist {
    this.#shorten();
    return { slots: this.#slots.slice(0, this.#count), scores: this.#scores.slice(0, this.#count) };
  }

  /** Drops all but the best. */
  #shorten(): void {
    const [slots, scores] = [this.#slots, this.#scores];
    const order = Array.from({ length: this.#count }, (_, i) => i);
    order.sort((i, j) => scores[j]! - scores[i]! || slots[i]! - slots[j]!);
    const seen = new Set<number>();
    const best: number[] = [];
    for (const i of order) {
      if (best.length === this.#keep) break;
      if (seen.has(slots[i]!)) continue;
      seen.add(slots[i]!);
      best.push(i);
    }
    this.#slots = new Int32Array(2 * this.#keep);
    this.#scores = new Float32Array(2 * this.#keep);
    best.forEach((i, at) => {
      this.#slots[at] = slots[i]!;
      this.#scores[at] = scores[i]!;
    });
    this.#count = best.length;
    if (best.length === this.#keep) this.#least = this.#scores[this.#keep - 1]!;
  }
}

/** The best of several shortlists, as slots. */
export function mergeShortlists(lists: readonly Shortlist[], keep: number): Int32Array {
  const merged = new ShortlistBuilder(keep);
  for (const { slots, scores } of lists) for (const [i, slot] of slots.entries()) merged.add(slot, scores[i]!);
  return merged.finish().slots;
}
