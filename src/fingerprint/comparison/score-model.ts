/**
 * Weights of the logistic comparison score and its calibration.
 * Written by tools/fit-score.ts; do not edit. See docs/score.md.
 */
export const SCORE_MODEL = {
  /** Development sets the weights were fitted on. */
  sets: ['fvc2002-db1b', 'fvc2002-db3b', 'fvc2004-db1b', 'fvc2004-db3b'],
  bias: -2.84963,
  /** Of relaxedUnique, logRelaxed, logPairs, pairShare, angleError, distanceError. */
  weights: [5.24093, 2.02388, 1.86147, 8.67764, -2.24691, -7.99333],
  /** score = -log10 FMR = intercept + slope * log-odds; a margin of a factor 2.6 is taken off. */
  intercept: 3.01036,
  slope: 0.949291,
} as const;
