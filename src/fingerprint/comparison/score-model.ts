/**
 * Weights of the logistic comparison score and its calibration.
 * Written by tools/fit/score.ts; do not edit. See docs/score.md.
 */
export const SCORE_MODEL = {
  /** Development sets the weights were fitted on. */
  sets: ['fvc2002-db1b', 'fvc2002-db3b', 'fvc2004-db1b', 'fvc2004-db3b'],
  bias: -2.63878,
  /** Of logRelaxed, logPairs, pairShare, distanceError. */
  weights: [1.81181, 1.69958, 8.5777, -6.68161],
  /** score = -log10 FMR = intercept + slope * log-odds; a margin of a factor 2.6 is taken off. */
  intercept: 3.60796,
  slope: 1.08961,
  /** Log-odds of views without phase samples, on the scale of those with. */
  plainOffset: 0.232,
  plainScale: 0.915,
} as const;
