/**
 * Weights of the logistic comparison score and its calibration.
 * Written by tools/fit/score.ts; do not edit. See docs/score.md.
 */
export const SCORE_MODEL = {
  /** Development sets the weights were fitted on. */
  sets: ['fvc2002-db1b', 'fvc2002-db3b', 'fvc2004-db1b', 'fvc2004-db3b'],
  bias: -2.63764,
  /** Of logRelaxed, logPairs, pairShare, distanceError. */
  weights: [1.81204, 1.69929, 8.57772, -6.68022],
  tail: {
    /** Log-odds that one in 10^first, 10^(first + step), ... non-mated comparisons reach. */
    first: 1,
    step: 0.5,
    logOdds: [-2.90562, -1.9464, -1.26761, -0.678801, -0.102449, 0.420424, 0.816643],
    /** Powers of ten for each unit of log-odds beyond the last. */
    slope: 1.08803,
  },
  /** Log-odds of views without phase samples on the scale of those with: offset + scale * log-odds. */
  plainOffset: 0.51371,
  plainScale: 1.01894,
} as const;
