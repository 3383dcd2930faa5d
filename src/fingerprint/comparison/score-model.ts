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
  tail: {
    /** Log-odds that one in 10^first, 10^(first + step), ... non-mated comparisons reach. */
    first: 1,
    step: 0.5,
    logOdds: [-2.90578, -1.9464, -1.26761, -0.678746, -0.102449, 0.42023, 0.816643],
    /** Powers of ten for each unit of log-odds beyond the last. */
    slope: 1.08803,
  },
  /** Log-odds of views without phase samples on the scale of those with: offset + scale * log-odds. */
  plainOffset: 0.51366,
  plainScale: 1.01893,
} as const;
