/** The numbers a comparison is judged by. Runs anywhere. */

import type { AlignmentOutcome } from './alignment.ts';
import type { RelaxationOutcome } from './relaxation.ts';

/** Names of the six features, in the order of the weights. */
export const FEATURE_NAMES = [
  'relaxedUnique',
  'logRelaxed',
  'logPairs',
  'pairShare',
  'angleError',
  'distanceError',
] as const;

/** Writes the six features of the logistic score to `out`. */
export function writeFeatures(relaxation: RelaxationOutcome, alignment: AlignmentOutcome, out: Float64Array): void {
  const { pairs: n, unpairedA, unpairedB } = alignment;
  out[0] = relaxation.relaxedUnique;
  out[1] = Math.log(relaxation.relaxed + 0.02);
  out[2] = Math.log(n + 1);
  out[3] = n / Math.sqrt((n + unpairedA + 1) * (n + unpairedB + 1));
  out[4] = alignment.angleError / (n + 1);
  out[5] = alignment.distanceError / (n + 1);
}
