/** The minutiae of a stored impression, in pixels and radians. */

import type { Minutia } from '../minutia.ts';
import type { Impression } from './impression.ts';

import { POSITION_STEPS_PER_PX } from './impression.ts';

/**
 * Minutiae of an impression in pixels at 500 ppi and radians, best quality first. Never fails.
 *
 * @example
 * const [impression] = decodeTemplate(template);
 * const minutiae = decodeMinutiae(impression);
 */
export function decodeMinutiae(impression: Impression): Minutia[] {
  return Array.from({ length: impression.count }, (_, i) => ({
    xPx: impression.x[i]! / POSITION_STEPS_PER_PX,
    yPx: impression.y[i]! / POSITION_STEPS_PER_PX,
    directionRad: (impression.direction[i]! * Math.PI) / 128,
    type: impression.bifurcation[i] === 1 ? 'bifurcation' : 'ending',
    quality: impression.minutiaQuality[i]! / 127,
  }));
}
