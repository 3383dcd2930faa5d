/**
 * Which minutiae of an impression comparison uses. A finger shows one minutia in one place, so of those that coincide
 * the first stays, which is the best; a pair of heaps would otherwise count as many pairs.
 */

import { EVIDENCE } from '../parameters.ts';
import { type Impression, POSITION_STEPS_PER_PX } from '../template/impression.ts';

const COINCIDENT_STEPS = EVIDENCE.coincidentPx * POSITION_STEPS_PER_PX;

/** The minutiae of an impression without those that coincide with an earlier one. */
export interface DistinctMinutiae {
  /** Their numbers, ascending. */
  readonly numbers: Uint8Array;
  /**
   * Minutiae left out that point elsewhere than the one in their place. They are no repetition: where they belong is
   * lost, and they count as unpaired, so that heaping up what does not fit gains nothing.
   */
  readonly misplaced: number;
}

/** Finds them. */
export function distinctMinutiae({
  count,
  x,
  y,
  direction,
}: Pick<Impression, 'count' | 'x' | 'y' | 'direction'>): DistinctMinutiae {
  const numbers = new Uint8Array(count);
  let kept = 0;
  let misplaced = 0;
  for (let i = 0; i < count; i++) {
    const xi = x[i]!;
    const yi = y[i]!;
    let k = 0;
    for (; k < kept; k++) {
      const dx = x[numbers[k]!]! - xi;
      const dy = y[numbers[k]!]! - yi;
      if (dx * dx + dy * dy <= COINCIDENT_STEPS ** 2) break;
    }
    if (k === kept) numbers[kept++] = i;
    else if (direction[numbers[k]!] !== direction[i]) misplaced++;
  }
  return { numbers: numbers.subarray(0, kept), misplaced };
}
