/** What a comparison score means: -log10 of the false match rate. See docs/score.md. */

import { FUSION, SCORE_POLICY } from '../parameters.ts';
import { SCORE_MODEL } from './score-model.ts';

/** Default false match rate of a comparison: one in 100,000. */
export const DEFAULT_FMR = 1e-5;

/** Default chance of any false match in one search: one in 1,000. */
export const DEFAULT_FPIR = 1e-3;

/** Score of a comparison's log-odds; never negative. */
export function scoreOfLogOdds(logOdds: number): number {
  return Math.max(0, tailAt(logOdds) - SCORE_POLICY.margin);
}

/** -log10 of the share of non-mated comparisons with at least these log-odds: as measured, and straight on from there. */
function tailAt(logOdds: number): number {
  const { logOdds: places, first, step, slope } = SCORE_MODEL.tail;
  const last = places.length - 1;
  const above = places.findIndex((place) => logOdds <= place);
  if (above < 0) return first + step * last + slope * (logOdds - places[last]!);
  // Below the first place: on the way from there to the second, backwards.
  const from = Math.max(0, above - 1);
  return first + step * (from + (logOdds - places[from]!) / (places[from + 1]! - places[from]!));
}

/**
 * Score of a reference of several views: the best view's score and half of the second's, less what the choice among them
 * would give by chance (log10 of their number). What resembles one view of a finger resembles the next, so that a second
 * counts the less, the more the two score against each other (`likeness`).
 */
export function fuseViewScores(best: number, second: number, views: number, likeness: number): number {
  const share = FUSION.secondShare * (1 - Math.min(1, likeness / FUSION.alikeScore));
  return Math.max(0, best + share * second - Math.log10(views));
}

/**
 * Least score at which a comparison matches so that at most the share `maxFmr` of non-mated ones do. With `comparisons`
 * (1 when absent), so that any of that many reaches it with at most that probability. Throws TypeError for a rate that
 * is not above 0 and at most 1.
 *
 * @example
 * thresholdForFmr(1e-5); // 5
 * thresholdForFmr(1e-5, 100); // 7
 */
export function thresholdForFmr(maxFmr: number, comparisons = 1): number {
  if (!(maxFmr > 0 && maxFmr <= 1)) throw new TypeError('a false match rate is above 0 and at most 1');
  return -Math.log10(maxFmr) + Math.log10(Math.max(1, comparisons));
}

/**
 * Least score of a candidate of a search through `size` references: each comparison keeps to `maxFmr`, and all of them
 * together to `maxFpir`, the chance that a finger without a reference finds one. Throws TypeError for a rate that is
 * not above 0 and at most 1.
 *
 * @example
 * thresholdForSearch(10_000); // 7: max(5, 3 + 4)
 */
export function thresholdForSearch(size: number, maxFmr: number = DEFAULT_FMR, maxFpir: number = DEFAULT_FPIR): number {
  return Math.max(thresholdForFmr(maxFmr), thresholdForFmr(maxFpir, size));
}

/**
 * False match rate at a score. Never fails.
 *
 * @example
 * fmrOfScore(5); // 0.00001
 */
export function fmrOfScore(score: number): number {
  return 10 ** -score;
}
