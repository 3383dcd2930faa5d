/**
 * Weights of the logistic comparison score and its calibration.
 * Written by tools/fit-score.ts; do not edit. See docs/score.md.
 */
export const SCORE_MODEL = {
  /** Development sets the weights were fitted on. */
  sets: ['fvc2002-db1b', 'fvc2002-db3b', 'fvc2004-db1b', 'fvc2004-db3b'],
  bias: -2.49881,
  /** Of relaxedUnique, logRelaxed, logPairs, pairShare, angleError, distanceError. */
  weights: [5.39782, 2.08618, 1.82061, 8.40991, -2.43689, -7.41209],
  /** score = -log10 FMR = intercept + slope * log-odds; a margin of a factor 2.6 is taken off. */
  intercept: 2.8381,
  slope: 0.818359,
} as const;
