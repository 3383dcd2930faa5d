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
  /** -log10 FMR = intercept + slope * log-odds; the margin (SCORE_POLICY) is taken off afterwards. */
  intercept: 3.12526,
  slope: 0.931295,
  /** Log-odds of views without phase samples on the scale of those with: offset + scale * log-odds. */
  plainOffset: 0.517235,
  plainScale: 0.935346,
} as const;
