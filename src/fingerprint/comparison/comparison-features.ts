/** The numbers by which a comparison is judged. */

import type { AlignmentOutcome } from './alignment.ts';
import type { RelaxationOutcome } from './relaxation.ts';

/** Names of the four features, in the order of the weights. */
export const FEATURE_NAMES = ['logRelaxed', 'logPairs', 'pairShare', 'distanceError'] as const;

/** Writes the four features of the logistic score to `out`. */
export function writeFeatures(relaxation: RelaxationOutcome, alignment: AlignmentOutcome, out: Float64Array): void {
  const { pairs, distanceError, paired, unpairedA, unpairedB } = alignment;
  out[0] = Math.log(relaxation.relaxed + 0.02);
  out[1] = Math.log(pairs + 1);
  out[2] = paired / Math.sqrt((paired + unpairedA + 1) * (paired + unpairedB + 1));
  out[3] = distanceError / (pairs + 1);
}
