/** Plain form of findLoops. */

import type { CellMask, ResponsePlane } from '../extraction/planes.ts';

/**
 * Loops in the foreground and between the edges whose parts change their sign, the imaginary one where cells are flat.
 */
export function plainLoops(
  { even, odd, width }: ResponsePlane,
  { cells, columns }: CellMask,
  flat: Uint8Array,
  [left, top, right, bottom]: readonly [number, number, number, number],
): number[] {
  const found: number[] = [];
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const cell = (y >> 2) * columns + (x >> 2);
      if (cells[cell] === 0) continue;
      const loop = [0, 1, width, width + 1].map((step) => y * width + x + step);
      const positive = loop.filter((p) => even[p]! > 0).length;
      const upper = loop.filter((p) => odd[p]! >= 0).length;
      if (positive % 4 !== 0 && (flat[cell] === 0 || upper % 4 !== 0)) found.push(y * width + x);
    }
  }
  return found;
}
