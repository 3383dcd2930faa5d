/** Counts of what scores promise and what was measured, kept for each two fingers so that fingers can be drawn again. */

import { DEFAULT_FPIR, fmrOfScore, thresholdForSearch } from '../../fingerprint/comparison/score.ts';
import { Random } from '../../fingerprint/synthesis/random.ts';
import { DRAWS, drawFingers } from '../finger-bootstrap.ts';
import { quantile, round } from '../statistics.ts';

/** Scores whose promise is tested. */
export const PROMISED_SCORES = [2, 3, 4, 5] as const;

/** Sizes of galleries whose thresholds tell what is missed: one reference (5), 100,000 (8), 1,000,000 (9). */
export const MISS_SIZES = [1, 100_000, 1_000_000] as const;

/** A finger of a data set, by the numbers of both. */
export interface CountedFinger {
  readonly set: number;
  readonly name: string;
}

/** What a score promises, and how often it was reached. */
export interface PromiseKept {
  readonly score: number;
  /** Non-mated comparisons that reached the score. */
  readonly reached: number;
  /** Measured over promised FMR. */
  readonly ratio: number;
  /**
   * 95 % of drawings of fingers. Where none reached the score, what the rule of three allows: fewer than 3 among as many
   * comparisons as there are different pairs of images.
   */
  readonly interval: readonly [low: number, high: number];
}

/** Non-mated comparisons and how they keep the promises. */
export interface NonMatedFigures {
  readonly comparisons: number;
  readonly promises: readonly PromiseKept[];
}

/** Figures of a tally. */
export interface CalibrationFigures {
  readonly mated: number;
  /** Percent of mated comparisons below the thresholds for galleries of each size. */
  readonly fnmr: readonly {
    readonly score: number;
    readonly percent: number;
    readonly interval: readonly [number, number];
  }[];
  /** Of fingers of one data set. */
  readonly within: NonMatedFigures;
  /** Of fingers of different data sets; absent when there is one. */
  readonly across?: NonMatedFigures;
}

const THRESHOLDS: readonly number[] = PROMISED_SCORES;
const MISS_SCORES = MISS_SIZES.map((size) => thresholdForSearch(size, undefined, DEFAULT_FPIR));

/** Scores of probes against references, counted by fingers. */
export class CalibrationTally {
  readonly #fingers: readonly CountedFinger[];
  readonly #isLeftOut: (a: number, b: number) => boolean;
  /** Comparisons, then those that reached each score (non-mated) or missed each threshold (mated), by finger and finger. */
  readonly #counts: readonly Float64Array[];

  /** `isLeftOut` tells two names of one finger. */
  constructor(fingers: readonly CountedFinger[], isLeftOut: (a: number, b: number) => boolean) {
    this.#fingers = fingers;
    this.#isLeftOut = isLeftOut;
    this.#counts = Array.from(
      { length: 1 + Math.max(THRESHOLDS.length, MISS_SCORES.length) },
      () => new Float64Array(fingers.length ** 2),
    );
  }

  /** Counts a score of a finger's probe against a finger's reference. */
  add(probe: number, reference: number, score: number): void {
    const at = probe * this.#fingers.length + reference;
    this.#counts[0]![at]!++;
    if (probe === reference) {
      for (const [i, threshold] of MISS_SCORES.entries()) if (score < threshold) this.#counts[1 + i]![at]!++;
    } else {
      for (const [i, threshold] of THRESHOLDS.entries()) if (score >= threshold) this.#counts[1 + i]![at]!++;
    }
  }

  /** The figures; `imagePairs` is the number of different pairs of images within a set, and across sets. */
  figures(imagePairs: { readonly within: number; readonly across: number }, seed: number): CalibrationFigures {
    const fingers = this.#fingers.map((_, i) => i);
    const draws = this.#drawings(seed);
    const pairs = fingers
      .flatMap((a) => fingers.map((b) => [a, b] as const))
      .filter(([a, b]) => !this.#isLeftOut(a, b));
    const mated = fingers.map((a) => [a, a] as const);
    const within = pairs.filter(([a, b]) => a !== b && this.#setOf(a) === this.#setOf(b));
    const across = pairs.filter(([a, b]) => this.#setOf(a) !== this.#setOf(b));
    const total = this.#sum(mated, 0);
    return {
      mated: total,
      fnmr: MISS_SCORES.map((score, i) => ({
        score,
        percent: round((100 * this.#sum(mated, 1 + i)) / total, 2),
        interval: this.#interval(mated, 1 + i, draws, 100, 2),
      })),
      within: this.#nonMated(within, draws, imagePairs.within),
      ...(across.length > 0 && { across: this.#nonMated(across, draws, imagePairs.across) }),
    };
  }

  #setOf(finger: number): number {
    return this.#fingers[finger]!.set;
  }

  #nonMated(pairs: readonly Pair[], draws: readonly Float64Array[], imagePairs: number): NonMatedFigures {
    const comparisons = this.#sum(pairs, 0);
    const promises = THRESHOLDS.map((score, i) => {
      const promised = fmrOfScore(score);
      const reached = this.#sum(pairs, 1 + i);
      const interval: readonly [number, number] =
        reached === 0 ? [0, round(3 / imagePairs / promised)] : this.#interval(pairs, 1 + i, draws, 1 / promised, 2);
      return { score, reached, ratio: round(reached / comparisons / promised), interval };
    });
    return { comparisons, promises };
  }

  #sum(pairs: readonly Pair[], column: number, times?: Float64Array): number {
    const counts = this.#counts[column]!;
    let sum = 0;
    for (const [a, b] of pairs) {
      const weight = times === undefined ? 1 : a === b ? times[a]! : times[a]! * times[b]!;
      if (weight !== 0) sum += weight * counts[a * this.#fingers.length + b]!;
    }
    return sum;
  }

  #interval(pairs: readonly Pair[], column: number, draws: readonly Float64Array[], scale: number, digits: number) {
    const rates = draws.map((times) => (scale * this.#sum(pairs, column, times)) / this.#sum(pairs, 0, times));
    return [round(quantile(rates, 0.025), digits), round(quantile(rates, 0.975), digits)] as const;
  }

  /** How often each finger was drawn, set by set. */
  #drawings(seed: number): Float64Array[] {
    const random = new Random(seed);
    const names = this.#fingers.map((_, i) => String(i));
    const sets = [...Map.groupBy(names, (name) => this.#setOf(Number(name))).values()];
    return Array.from({ length: DRAWS }, () => {
      const times = new Float64Array(names.length);
      for (const set of sets) for (const [name, count] of drawFingers(set, random)) times[Number(name)] = count;
      return times;
    });
  }
}

type Pair = readonly [probe: number, reference: number];
