/** What a comparison score means: -log10 of the false match rate. See docs/score.md. */

import { SCORE_MODEL } from './score-model.ts';

/** False match rate asked for when nobody says otherwise: one comparison in 100,000. */
export const DEFAULT_FMR = 1e-5;

/** Chance of any false match in one search asked for when nobody says otherwise. */
export const DEFAULT_FPIR = 1e-3;

/** Score of a comparison's log-odds; never negative. */
export function scoreOfLogOdds(logOdds: number): number {
  return Math.max(0, SCORE_MODEL.intercept + SCORE_MODEL.slope * logOdds);
}

/**
 * Score of a reference of several views: the best view's score and half of the second's, less what the choice among
 * the views would give by chance (k ordered pairs of k views: 2 log10 k).
 */
export function fuseViewScores(best: number, second: number, views: number): number {
  return views === 1 ? best : Math.max(0, best + 0.5 * second - 2 * Math.log10(views));
}

/**
 * Least score at which a comparison matches so that at most `maxFmr` of non-mated ones do; with `comparisons`, so that
 * all of them together reach it with at most that probability. Rejects a rate outside 0..1 with a TypeError.
 */
export function thresholdForFmr(maxFmr: number, comparisons = 1): number {
  if (!(maxFmr > 0 && maxFmr <= 1)) throw new TypeError('a false match rate is above 0 and at most 1');
  return -Math.log10(maxFmr) + Math.log10(Math.max(1, comparisons));
}

/**
 * Least score of a candidate of a search: each comparison keeps to `maxFmr`, and all of them together to `maxFpir`, the
 * chance that a finger that is not enrolled finds anybody. Rejects rates outside 0..1 with a TypeError.
 */
export function thresholdForSearch(size: number, maxFmr: number = DEFAULT_FMR, maxFpir: number = DEFAULT_FPIR): number {
  return Math.max(thresholdForFmr(maxFmr), thresholdForFmr(maxFpir, size));
}

/** False match rate at a score. */
export function fmrOfScore(score: number): number {
  return 10 ** -score;
}
