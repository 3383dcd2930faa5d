/**
 * Weights of the logistic comparison score and its calibration.
 * Written by tools/fit-score.ts; do not edit. See docs/score.md.
 */
export const SCORE_MODEL = {
  /** Development sets the weights were fitted on. */
  sets: ['fvc2002-db1b', 'fvc2002-db3b', 'fvc2004-db1b', 'fvc2004-db3b'],
  bias: -2.86057,
  /** Of relaxedUnique, logRelaxed, logPairs, pairShare, angleError, distanceError. */
  weights: [5.67257, 2.09211, 1.87002, 8.72143, -1.87495, -7.67018],
  /** score = -log10 FMR = intercept + slope * log-odds; a margin of a factor 2.6 is taken off. */
  intercept: 2.90471,
  slope: 0.878971,
} as const;
