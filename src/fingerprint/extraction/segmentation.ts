/** Foreground by gradient strength on cells, cleaned by morphology. */

import type { Kernel } from '../kernel/kernel.ts';
import { CELL_PX, SEGMENTATION } from '../parameters.ts';
import { blurGrid } from './blur-grid.ts';
import { dilate, dropSmallComponents, erode, fillHoles } from './mask-morphology.ts';
import type { CellMask, GreyPlane } from './planes.ts';

/** Cells where a finger touches; none when the image has no contrast. */
export function segment(kernel: Kernel, image: GreyPlane): CellMask {
  const columns = Math.ceil(image.widthPx / CELL_PX);
  const rows = Math.ceil(image.heightPx / CELL_PX);
  const { strength, percentile } = gradientPerCell(kernel, image, columns, rows);
  const cells = new Uint8Array(columns * rows);
  if (percentile < SEGMENTATION.minGradient) return { columns, rows, cells };
  blurGrid(kernel, strength, columns, rows, SEGMENTATION.sigmaPx / CELL_PX);
  const threshold = SEGMENTATION.threshold * percentile;
  for (let i = 0; i < cells.length; i++) cells[i] = strength[i]! > threshold ? 1 : 0;
  const mask = { columns, rows, cells };
  const closed = fillHoles(erode(dilate(mask, SEGMENTATION.closeRadiusCells), SEGMENTATION.closeRadiusCells, true));
  const opened = dilate(erode(closed, SEGMENTATION.openRadiusCells, true), SEGMENTATION.openRadiusCells);
  return dropSmallComponents(opened, SEGMENTATION.minComponentShare);
}

/** Mean Sobel magnitude (grey levels a pixel) per cell, and its 95th percentile over the pixels. */
function gradientPerCell({ memory, functions }: Kernel, image: GreyPlane, columns: number, rows: number) {
  const strength = memory.float32(columns * rows);
  const histogram = memory.int32(256);
  functions.gradientCells(
    memory.addressOf(image.values),
    image.widthPx,
    image.heightPx,
    columns,
    strength.byteOffset,
    histogram.byteOffset,
  );
  return { strength, percentile: percentileOf(histogram, SEGMENTATION.percentile) };
}

function percentileOf(histogram: Int32Array, share: number): number {
  const total = histogram.reduce((sum, count) => sum + count, 0);
  let below = 0;
  for (let bin = 0; bin < histogram.length; bin++) {
    below += histogram[bin]!;
    if (below >= share * total) return total === 0 ? 0 : bin + 0.5;
  }
  return histogram.length;
}
