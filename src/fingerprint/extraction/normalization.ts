/** Local mean and deviation removed in one pass of running box sums. */

import type { Kernel } from '../kernel/kernel.ts';
import { CELL_PX, GABOR, NORMALIZATION } from '../parameters.ts';
import type { CellMask, GreyPlane, NormalizedPlane } from './planes.ts';

/** (value - mean) / (deviation + 10) over 25 x 25 pixels, clipped to plus and minus 2, zero outside the mask. */
export function normalize({ memory, functions }: Kernel, image: GreyPlane, mask: CellMask): NormalizedPlane {
  const { widthPx, heightPx } = image;
  const { radiusPx, softening, clip } = NORMALIZATION;
  const marginPx = GABOR.radiusPx + 1;
  const stridePx = mask.columns * CELL_PX + 2 * marginPx;
  const values = memory.float32(stridePx * (mask.rows * CELL_PX + 2 * marginPx));
  memory.scope(() => {
    functions.normalize(
      memory.addressOf(image.values),
      widthPx,
      heightPx,
      memory.addressOf(mask.cells),
      mask.columns,
      radiusPx,
      softening,
      clip,
      values.byteOffset + 4 * marginPx * (stridePx + 1),
      stridePx,
      memory.int32(6 * (widthPx + 8)).byteOffset,
    );
  });
  return { widthPx, heightPx, marginPx, stridePx, values };
}
