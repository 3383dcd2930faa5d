/** Plain form of normalize: box sums anew for each pixel. */

import type { CellMask, GreyPlane } from '../extraction/planes.ts';
import { NORMALIZATION } from '../parameters.ts';

/** (value - mean) / (deviation + softening), clipped, in the foreground; `widthPx` values a line. */
export function plainNormalize(image: GreyPlane, mask: CellMask): Float32Array {
  const { widthPx, heightPx, values } = image;
  const { radiusPx, softening, clip } = NORMALIZATION;
  return Float32Array.from(values, (grey, i) => {
    const x = i % widthPx;
    const y = (i - x) / widthPx;
    if (mask.cells[(y >> 2) * mask.columns + (x >> 2)] === 0) return 0;
    let [count, sum, square] = [0, 0, 0];
    for (let v = Math.max(0, y - radiusPx); v <= Math.min(heightPx - 1, y + radiusPx); v++) {
      for (let u = Math.max(0, x - radiusPx); u <= Math.min(widthPx - 1, x + radiusPx); u++) {
        count++;
        sum += values[v * widthPx + u]!;
        square += values[v * widthPx + u]! ** 2;
      }
    }
    const weight = 1 / count;
    const mean = sum * weight;
    const value = (grey - mean) / (Math.sqrt(Math.max(0, square * weight - mean * mean)) + softening);
    return Math.min(clip, Math.max(-clip, value));
  });
}
