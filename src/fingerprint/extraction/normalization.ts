/** Local mean and deviation removed in one pass of running box sums. Runs anywhere. */

import { CELL_PX, GABOR, NORMALIZATION } from '../parameters.ts';
import type { CellMask, GreyPlane, NormalizedPlane } from './planes.ts';

/** (value - mean) / (deviation + 10) over 25 x 25 pixels, clipped to plus and minus 2, zero outside the mask. */
export function normalize(image: GreyPlane, mask: CellMask): NormalizedPlane {
  const { widthPx: w, heightPx: h, values } = image;
  const { radiusPx: radius, softening, clip } = NORMALIZATION;
  const marginPx = GABOR.radiusPx + 1;
  const stridePx = mask.columns * CELL_PX + 2 * marginPx;
  const out = new Float32Array(stridePx * (mask.rows * CELL_PX + 2 * marginPx));
  const sums = new Int32Array(w);
  const squares = new Int32Array(w);
  for (let y = 0; y < Math.min(radius, h); y++) addRow(values, y * w, w, 1, sums, squares);
  for (let y = 0; y < h; y++) {
    if (y + radius < h) addRow(values, (y + radius) * w, w, 1, sums, squares);
    if (y > radius) addRow(values, (y - radius - 1) * w, w, -1, sums, squares);
    const rowCount = Math.min(h - 1, y + radius) - Math.max(0, y - radius) + 1;
    const cellRow = (y >> 2) * mask.columns;
    const outRow = (y + marginPx) * stridePx + marginPx;
    let sum = 0;
    let square = 0;
    for (let x = 0; x < Math.min(radius, w); x++) {
      sum += sums[x]!;
      square += squares[x]!;
    }
    for (let x = 0; x < w; x++) {
      if (x + radius < w) {
        sum += sums[x + radius]!;
        square += squares[x + radius]!;
      }
      if (x > radius) {
        sum -= sums[x - radius - 1]!;
        square -= squares[x - radius - 1]!;
      }
      if (mask.cells[cellRow + (x >> 2)] === 0) continue;
      const columnCount = Math.min(w - 1, x + radius) - Math.max(0, x - radius) + 1;
      const weight = 1 / (rowCount * columnCount);
      const mean = sum * weight;
      const variance = square * weight - mean * mean;
      const value = (values[y * w + x]! - mean) / (Math.sqrt(Math.max(0, variance)) + softening);
      out[outRow + x] = Math.min(clip, Math.max(-clip, value));
    }
  }
  return { widthPx: w, heightPx: h, marginPx, stridePx, values: out };
}

function addRow(
  values: Uint8Array,
  start: number,
  width: number,
  sign: number,
  sums: Int32Array,
  squares: Int32Array,
): void {
  for (let x = 0; x < width; x++) {
    const value = values[start + x]!;
    sums[x]! += sign * value;
    squares[x]! += sign * value * value;
  }
}
