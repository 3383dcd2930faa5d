/** Plain form of envelopeSmooth: the two-dimensional sum. */

import { ENVELOPE } from '../extraction/gabor-bank.ts';
import type { CellMask, NormalizedPlane } from '../extraction/planes.ts';
import { CELL_PX } from '../parameters.ts';

/** Image weighted by the envelope around the middle of each foreground cell. */
export function plainEnvelope({ values, stridePx, marginPx }: NormalizedPlane, { cells, columns }: CellMask) {
  return Float64Array.from(cells, (inside, cell) => {
    let sum = 0;
    const x = (cell % columns) * CELL_PX + 2 + marginPx;
    const y = Math.floor(cell / columns) * CELL_PX + 2 + marginPx;
    for (let dy = -7; dy <= 7; dy++) {
      for (let dx = -7; dx <= 7; dx++) {
        sum += ENVELOPE[Math.abs(dx)]! * ENVELOPE[Math.abs(dy)]! * values[(y + dy) * stridePx + x + dx]!;
      }
    }
    return inside * sum;
  });
}
