/**
 * Tells whether one way of doing the same work is slower than another on a busy machine: both are timed in turn, so
 * that what disturbs one disturbs the other, and the ratios of neighbours are judged.
 */

import { Random } from '../fingerprint/synthesis/random.ts';
import { quantile } from './statistics.ts';

/** Median of the ratio second / first, and the interval that holds it in 95 % of resamplings. */
export interface PairedTrial {
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
}

/** Runs both `rounds` times in turn, alternating which goes first. */
export function pairedTrial(first: () => void, second: () => void, rounds: number, seed = 1): PairedTrial {
  const ratios = Array.from({ length: rounds }, (_, round) => {
    if (round % 2 === 0) {
      const a = timeOf(first);
      return timeOf(second) / a;
    }
    const b = timeOf(second);
    return b / timeOf(first);
  });
  const random = new Random(seed);
  const medians = Array.from({ length: 400 }, () => {
    return quantile(
      ratios.map(() => ratios[Math.floor(random.uniform() * ratios.length)]!),
      0.5,
    );
  });
  return { ratio: quantile(ratios, 0.5), low: quantile(medians, 0.025), high: quantile(medians, 0.975) };
}

function timeOf(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}
