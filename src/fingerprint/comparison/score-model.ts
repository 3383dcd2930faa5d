/**
 * Weights of the logistic comparison score and its calibration.
 * Written by tools/fit-score.ts; do not edit. See docs/score.md.
 */
export const SCORE_MODEL = {
  /** Development sets the weights were fitted on. */
  sets: ['fvc2002-db1b', 'fvc2002-db3b', 'fvc2004-db1b', 'fvc2004-db3b'],
  bias: -2.76579,
  /** Of relaxedUnique, logRelaxed, logPairs, pairShare, angleError, distanceError. */
  weights: [5.32728, 2.04828, 1.82214, 8.66973, -2.07518, -7.65416],
  /** score = -log10 FMR = intercept + slope * log-odds; a margin of a factor 2.6 is taken off. */
  intercept: 2.89728,
  slope: 0.902215,
} as const;
