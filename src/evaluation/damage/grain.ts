/** Smooth random fields: where damage is strong and where it is weak. */

import { boxBlur } from './box-blur.ts';
import type { Plane } from './plane.ts';

/** A field of mean 0 and deviation 1, of spots about `sigmaPx` wide, made on a coarse grid. */
export function grain(widthPx: number, heightPx: number, sigmaPx: number, random: () => number): Float32Array {
  const step = Math.max(1, Math.floor(sigmaPx / 2));
  const columns = Math.ceil(widthPx / step) + 2;
  const rows = Math.ceil(heightPx / step) + 2;
  const values = Float32Array.from({ length: columns * rows }, () => random() + random() + random() - 1.5);
  const coarse: Plane = boxBlur({ widthPx: columns, heightPx: rows, values }, sigmaPx / step);
  const deviation = Math.sqrt(coarse.values.reduce((sum, value) => sum + value * value, 0) / values.length);
  const field = new Float32Array(widthPx * heightPx);
  for (let y = 0, pixel = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++, pixel++) field[pixel] = between(coarse, x / step, y / step) / deviation;
  }
  return field;
}

/** Bilinear. */
function between({ widthPx, values }: Plane, x: number, y: number): number {
  const [column, row] = [Math.floor(x), Math.floor(y)];
  const [u, v] = [x - column, y - row];
  const at = row * widthPx + column;
  const upper = values[at]! * (1 - u) + values[at + 1]! * u;
  const lower = values[at + widthPx]! * (1 - u) + values[at + widthPx + 1]! * u;
  return upper * (1 - v) + lower * v;
}
