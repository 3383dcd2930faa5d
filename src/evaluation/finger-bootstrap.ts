/** Error rates of data sets whose fingers are resampled: how much a figure depends on these particular fingers. */

import { Random } from '../fingerprint/synthesis/random.ts';
import { type ErrorRates, errorRates } from './error-rates.ts';
import type { ScoredComparison } from './score-dataset.ts';

/** How often fingers are drawn. */
export const DRAWS = 200;

/** Rates of 200 draws. Fingers are drawn with replacement; a comparison counts as often as both of its fingers were. */
export function bootstrapRates(comparisons: readonly ScoredComparison[], seed: number): ErrorRates[] {
  const random = new Random(seed);
  const fingers = [...new Set(comparisons.flatMap(({ a, b }) => [a, b]))];
  return Array.from({ length: DRAWS }, () => {
    const times = drawFingers(fingers, random);
    const drawn: [mated: number[], nonMated: number[]] = [[], []];
    for (const { a, b, logOdds } of comparisons) {
      const weight = a === b ? (times.get(a) ?? 0) : (times.get(a) ?? 0) * (times.get(b) ?? 0);
      for (let k = 0; k < weight; k++) drawn[a === b ? 0 : 1].push(logOdds);
    }
    return errorRates(...drawn);
  });
}

/**
 * How often each finger was drawn, in as many draws as there are fingers; at least two different ones, for non-mated
 * pairs, so never call it with one finger.
 */
export function drawFingers(fingers: readonly string[], random: Random): Map<string, number> {
  const times = new Map<string, number>();
  do {
    times.clear();
    for (const _ of fingers) {
      const finger = fingers[Math.floor(random.uniform() * fingers.length)]!;
      times.set(finger, (times.get(finger) ?? 0) + 1);
    }
  } while (times.size < 2);
  return times;
}
