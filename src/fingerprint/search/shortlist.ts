/** The best of many slots by the score of the first stage. */

/** Slots and scores, best first, equal scores by slot. */
export interface Shortlist {
  /** Slots of the gallery. */
  readonly slots: Int32Array;
  /** Scores of the first stage, one per slot. */
  readonly scores: Float32Array;
}

/** Collects slots and keeps the best. */
export class ShortlistBuilder {
  readonly #keep: number;
  readonly #slots: Int32Array;
  readonly #scores: Float32Array;
  #count = 0;
  /** Slots that score less are not among the best. */
  #least = Number.NEGATIVE_INFINITY;

  constructor(keep: number) {
    this.#keep = keep;
    this.#slots = new Int32Array(3 * keep + 1);
    this.#scores = new Float32Array(3 * keep + 1);
  }

  /** Score from which on a slot can be among the best. */
  get least(): number {
    return this.#least;
  }

  /** Adds a slot; one that comes several times, one after the other, counts with its best score. */
  add(slot: number, score: number): void {
    if (score < this.#least) return;
    const last = this.#count - 1;
    if (last >= 0 && this.#slots[last] === slot) {
      if (score > this.#scores[last]!) this.#scores[last] = score;
      return;
    }
    if (this.#count === this.#slots.length) this.#shorten();
    this.#slots[this.#count] = slot;
    this.#scores[this.#count++] = score;
  }

  finish(): Shortlist {
    if (this.#count > this.#keep) this.#shorten();
    return this.#best();
  }

  /** The best slots so far. */
  #best(): Shortlist {
    const [slots, scores] = [this.#slots, this.#scores];
    const order = Array.from({ length: this.#count }, (_, i) => i);
    order.sort((i, j) => scores[j]! - scores[i]! || slots[i]! - slots[j]!);
    order.length = Math.min(order.length, this.#keep);
    return { slots: Int32Array.from(order, (i) => slots[i]!), scores: Float32Array.from(order, (i) => scores[i]!) };
  }

  /** Drops what scores less than as many others as are kept; of many that are equal, those with the greater slots. */
  #shorten(): void {
    const sorted = this.#scores.slice(0, this.#count).sort();
    this.#least = sorted[this.#count - this.#keep]!;
    let kept = 0;
    for (let i = 0; i < this.#count; i++) {
      if (this.#scores[i]! < this.#least) continue;
      this.#slots[kept] = this.#slots[i]!;
      this.#scores[kept++] = this.#scores[i]!;
    }
    this.#count = kept;
    if (kept < this.#slots.length) return;
    const best = this.#best();
    this.#slots.set(best.slots);
    this.#scores.set(best.scores);
    this.#count = best.slots.length;
  }
}

/** Slots of the best of several shortlists, best first, each once. */
export function mergeShortlists(lists: readonly Shortlist[], keep: number): Int32Array {
  const next = lists.map(() => 0);
  const merged = new Set<number>();
  while (merged.size < keep) {
    let from = -1;
    for (const [i, { slots, scores }] of lists.entries()) {
      const at = next[i]!;
      if (at === slots.length) continue;
      const before = from < 0 ? undefined : lists[from]!;
      const other = from < 0 ? 0 : next[from]!;
      const lead = before === undefined ? 1 : scores[at]! - before.scores[other]! || before.slots[other]! - slots[at]!;
      if (lead > 0) from = i;
    }
    if (from < 0) break;
    merged.add(lists[from]!.slots[next[from]!++]!);
  }
  return Int32Array.from(merged);
}
