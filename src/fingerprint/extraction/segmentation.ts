/** Foreground by gradient strength on cells, cleaned by morphology. Runs anywhere. */

import { CELL_PX, SEGMENTATION } from '../parameters.ts';
import { blurGrid } from './blur-grid.ts';
import { dilate, dropSmallComponents, erode, fillHoles } from './mask-morphology.ts';
import type { CellMask, GreyPlane } from './planes.ts';

/** Cells where a finger touches. Empty when the image has no contrast anywhere. */
export function segment(image: GreyPlane): CellMask {
  const columns = Math.ceil(image.widthPx / CELL_PX);
  const rows = Math.ceil(image.heightPx / CELL_PX);
  const { strength, percentile } = gradientPerCell(image, columns, rows);
  const cells = new Uint8Array(columns * rows);
  if (percentile < SEGMENTATION.minGradient) return { columns, rows, cells };
  blurGrid(strength, columns, rows, SEGMENTATION.sigmaPx / CELL_PX);
  const threshold = SEGMENTATION.threshold * percentile;
  for (let i = 0; i < cells.length; i++) cells[i] = strength[i]! > threshold ? 1 : 0;
  const mask = { columns, rows, cells };
  const closed = fillHoles(erode(dilate(mask, SEGMENTATION.closeRadiusCells), SEGMENTATION.closeRadiusCells, true));
  const opened = dilate(erode(closed, SEGMENTATION.openRadiusCells, true), SEGMENTATION.openRadiusCells);
  return dropSmallComponents(opened, SEGMENTATION.minComponentShare);
}

/** Mean Sobel magnitude (grey levels a pixel) per cell, and its 95th percentile over the pixels. */
function gradientPerCell(image: GreyPlane, columns: number, rows: number) {
  const { widthPx: w, heightPx: h, values } = image;
  const strength = new Float32Array(columns * rows);
  const histogram = new Uint32Array(256);
  for (let y = 1; y < h - 1; y++) {
    const cellRow = (y >> 2) * columns;
    for (let column = 0; column < columns; column++) {
      const first = Math.max(1, column * 4);
      const last = Math.min(w - 1, column * 4 + 4);
      let sum = 0;
      for (let p = y * w + first; p < y * w + last; p++) {
        const nw = values[p - w - 1]!;
        const ne = values[p - w + 1]!;
        const sw = values[p + w - 1]!;
        const se = values[p + w + 1]!;
        const gx = ne - nw + se - sw + 2 * (values[p + 1]! - values[p - 1]!);
        const gy = sw - nw + se - ne + 2 * (values[p + w]! - values[p - w]!);
        const magnitude = Math.sqrt(gx * gx + gy * gy) * 0.125;
        sum += magnitude;
        histogram[magnitude | 0]!++;
      }
      strength[cellRow + column]! += sum / 16;
    }
  }
  return { strength, percentile: percentileOf(histogram, SEGMENTATION.percentile) };
}

function percentileOf(histogram: Uint32Array, share: number): number {
  const total = histogram.reduce((sum, count) => sum + count, 0);
  let below = 0;
  for (let bin = 0; bin < histogram.length; bin++) {
    below += histogram[bin]!;
    if (below >= share * total) return total === 0 ? 0 : bin + 0.5;
  }
  return histogram.length;
}
