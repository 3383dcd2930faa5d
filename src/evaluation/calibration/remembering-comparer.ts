/** A comparer that remembers: templates of all subsets of a finger's views repeat the same comparisons of views. */

import { Comparer, type Thoroughness, UPRIGHT } from '../../fingerprint/comparison/comparer.ts';
import type { PreparedTemplate } from '../../fingerprint/comparison/prepared-template.ts';

/** Compares each two impressions once. Only log-odds are remembered: `motion`, `pairs` and the like are of another pair. */
export class RememberingComparer extends Comparer {
  readonly #impressions: number;
  /** By thoroughness: log-odds, NaN where nothing was compared yet. */
  readonly #known = new Map<Thoroughness, Float64Array>();
  readonly #numbers = new WeakMap<Int32Array, Map<number, number>>();

  /** For so many impressions, which have numbers from 0. */
  constructor(impressions: number) {
    super();
    this.#impressions = impressions;
  }

  /** Says which impressions the views of a template are. */
  know(template: PreparedTemplate, impressions: readonly number[]): void {
    this.#numbers.set(template.words, new Map(template.views.map((view, i) => [view, impressions[i]!])));
  }

  override compare(
    aWords: Int32Array,
    aView: number,
    bWords: Int32Array,
    bView: number,
    thoroughness: Thoroughness = UPRIGHT,
  ): number {
    const a = this.#numbers.get(aWords)?.get(aView);
    const b = this.#numbers.get(bWords)?.get(bView);
    if (a === undefined || b === undefined) return super.compare(aWords, aView, bWords, bView, thoroughness);
    const known = this.#knownFor(thoroughness);
    const at = a * this.#impressions + b;
    const before = known[at]!;
    if (!Number.isNaN(before)) return before;
    const logOdds = super.compare(aWords, aView, bWords, bView, thoroughness);
    known[at] = logOdds;
    return logOdds;
  }

  #knownFor(thoroughness: Thoroughness): Float64Array {
    let known = this.#known.get(thoroughness);
    if (known === undefined) {
      known = new Float64Array(this.#impressions ** 2).fill(Number.NaN);
      this.#known.set(thoroughness, known);
    }
    return known;
  }
}
