/** The local mean that Gabor kernels must not see. Runs anywhere. */

import { CELL_PX } from '../parameters.ts';
import { ENVELOPE } from './gabor-bank.ts';
import type { CellMask, NormalizedPlane } from './planes.ts';

const [E0, E1, E2, E3, E4, E5, E6, E7] = ENVELOPE as readonly [
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
];

/**
 * Image weighted by the envelope alone, at the middle of each cell; serves both filter passes. Smooth as it is, one value
 * a cell is enough to take the mean out of the even part.
 */
export function envelopeSmooth(image: NormalizedPlane, mask: CellMask): Float32Array {
  const { values, stridePx, marginPx } = image;
  const { columns, rows } = mask;
  const lineCount = rows * CELL_PX + 2 * marginPx;
  const lines = new Float32Array(lineCount * columns);
  const out = new Float32Array(columns * rows);
  for (let line = 0; line < lineCount; line++) {
    for (let column = 0; column < columns; column++) {
      lines[line * columns + column] = foldedSum(values, line * stridePx + column * CELL_PX + marginPx + 2, 1);
    }
  }
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const cell = row * columns + column;
      if (mask.cells[cell] === 1)
        out[cell] = foldedSum(lines, (row * CELL_PX + marginPx + 2) * columns + column, columns);
    }
  }
  return out;
}

/** Envelope-weighted sum of 15 values around `p`, `step` apart. */
function foldedSum(v: Float32Array, p: number, step: number): number {
  let sum = E0 * v[p]!;
  sum += E1 * (v[p + step]! + v[p - step]!) + E2 * (v[p + 2 * step]! + v[p - 2 * step]!);
  sum += E3 * (v[p + 3 * step]! + v[p - 3 * step]!) + E4 * (v[p + 4 * step]! + v[p - 4 * step]!);
  sum += E5 * (v[p + 5 * step]! + v[p - 5 * step]!) + E6 * (v[p + 6 * step]! + v[p - 6 * step]!);
  return sum + E7 * (v[p + 7 * step]! + v[p - 7 * step]!);
}
