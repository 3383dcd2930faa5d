/** The local mean that Gabor kernels must not see. */

import { extractionKernel } from './extraction-kernel.ts';
import { ENVELOPE } from './gabor-bank.ts';
import type { CellMask, NormalizedPlane } from './planes.ts';

/**
 * Image weighted by the envelope alone, at the middle of each cell; serves both filter passes. Smooth as it is, one value
 * a cell is enough to take the mean out of the even part.
 */
export function envelopeSmooth(image: NormalizedPlane, { cells, columns, rows }: CellMask): Float32Array {
  const { memory, functions } = extractionKernel();
  const { stridePx, marginPx } = image;
  return memory.scope(() => {
    const out = memory.float32(cells.length);
    functions.envelopeSmooth(
      memory.addressOf(image.values) + 4 * marginPx * (stridePx + 1),
      stridePx,
      memory.addressOf(Float32Array.from(ENVELOPE)),
      memory.addressOf(cells),
      columns,
      rows,
      out.byteOffset,
      memory.float32(stridePx + 4).byteOffset,
    );
    return out.slice();
  });
}
