/** The orientation of the filter bank that is nearest to one given as a double-angle vector; without an arc tangent. */

import { GABOR } from '../parameters.ts';

/** Steps of the measure of angle, which goes from 0 to 4 over a turn. */
const STEPS = 1024;
/** Where each orientation but the first begins, in that measure. */
const BOUNDS = Float64Array.from({ length: GABOR.orientationCount + 1 }, (_, k) => {
  const angle = ((2 * k - 1) * Math.PI) / GABOR.orientationCount;
  return k === 0 ? 0 : measureOf(Math.cos(angle), Math.sin(angle));
});
/** The orientation at the beginning of each step. */
const AT_STEP = Uint8Array.from({ length: STEPS + 1 }, (_, step) => {
  return BOUNDS.findLastIndex((bound) => bound <= (4 * step) / STEPS);
});

/** Its number, from 0 to as many as there are: the last one is the first, half a turn on. */
export function nearestOrientation(cos2: number, sin2: number): number {
  const measure = measureOf(cos2, sin2);
  let orientation = AT_STEP[(measure * (STEPS / 4)) | 0]!;
  while (orientation < GABOR.orientationCount && measure >= BOUNDS[orientation + 1]!) orientation++;
  return orientation;
}

/** Rises with the angle of the vector, from 0 to 4. */
function measureOf(x: number, y: number): number {
  const share = y / (Math.abs(x) + Math.abs(y));
  if (x < 0) return 2 - share;
  return y < 0 ? 4 + share : share;
}
