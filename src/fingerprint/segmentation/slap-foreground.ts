/** Where a slap shows skin: a coarse mask of pictures of any size and resolution. */

import type { GreyImage } from '../../core/grey-image.ts';
import { dilate, erode, fillHoles } from '../extraction/mask-morphology.ts';
import type { CellMask } from '../extraction/planes.ts';

/** Millimetres of a cell: as wide as a ridge and a valley, so that each cell holds dark and light. */
export const SLAP_CELL_MM = 0.5;

const MM_PER_INCH = 25.4;
const CLOSE_RADIUS = 1;
/** Writing and lines are thinner than a square of this radius, fingers are not. */
const OPEN_RADIUS = 3;
/** A picture whose strongest cells vary less holds nothing, grey levels. */
const LEAST_CONTRAST = 8;
const STRONG_SHARE = 0.95;
/** The threshold is at most this share of the strong cells' contrast. */
const MOST_SHARE = 0.4;

/** Pixels of a cell. */
export function slapCellPx({ resolutionPpi }: GreyImage): number {
  return (SLAP_CELL_MM * resolutionPpi) / MM_PER_INCH;
}

/** The mask; empty where there is no contrast. Contrast is divided into skin and background by Otsu's method (1979). */
export function slapForeground(image: GreyImage): CellMask {
  const cellPx = slapCellPx(image);
  const columns = Math.max(1, Math.floor(image.widthPx / cellPx));
  const rows = Math.max(1, Math.floor(image.heightPx / cellPx));
  const contrast = smooth(contrastPerCell(image, cellPx, columns, rows), columns, rows);
  const strong = contrast.toSorted()[Math.floor(STRONG_SHARE * (contrast.length - 1))]!;
  const cells = new Uint8Array(columns * rows);
  if (strong < LEAST_CONTRAST) return { columns, rows, cells };
  const threshold = Math.min(otsu(contrast, strong), MOST_SHARE * strong);
  for (let i = 0; i < cells.length; i++) cells[i] = contrast[i]! > threshold ? 1 : 0;
  const closed = fillHoles(erode(dilate({ columns, rows, cells }, CLOSE_RADIUS), CLOSE_RADIUS, true));
  return dilate(erode(closed, OPEN_RADIUS, true), OPEN_RADIUS);
}

/** Standard deviation of the grey levels of each cell. */
function contrastPerCell({ widthPx, pixels }: GreyImage, cellPx: number, columns: number, rows: number): Float32Array {
  const contrast = new Float32Array(columns * rows);
  for (let row = 0, cell = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, cell++) {
      let [count, sum, squares] = [0, 0, 0];
      for (let y = Math.floor(row * cellPx); y < Math.floor((row + 1) * cellPx); y++) {
        for (let x = Math.floor(column * cellPx); x < Math.floor((column + 1) * cellPx); x++) {
          const grey = pixels[y * widthPx + x]!;
          count++;
          sum += grey;
          squares += grey * grey;
        }
      }
      contrast[cell] = count === 0 ? 0 : Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2));
    }
  }
  return contrast;
}

/** Mean over three by three cells. */
function smooth(values: Float32Array, columns: number, rows: number): Float32Array {
  return values.map((_, i) => {
    const [column, row] = [i % columns, Math.floor(i / columns)];
    let [count, sum] = [0, 0];
    for (let y = Math.max(0, row - 1); y <= Math.min(rows - 1, row + 1); y++) {
      for (let x = Math.max(0, column - 1); x <= Math.min(columns - 1, column + 1); x++) {
        count++;
        sum += values[y * columns + x]!;
      }
    }
    return sum / count;
  });
}

/** The threshold that divides values into two groups as far apart as can be. */
function otsu(values: Float32Array, highest: number): number {
  const bins = 64;
  const histogram = new Float64Array(bins);
  for (const value of values) histogram[Math.min(bins - 1, Math.floor((value / highest) * bins))]!++;
  const total = values.length;
  const mean = histogram.reduce((sum, count, bin) => sum + count * bin, 0) / total;
  let [below, sumBelow, best, bestBin] = [0, 0, -1, 0];
  for (let bin = 0; bin < bins - 1; bin++) {
    below += histogram[bin]!;
    sumBelow += histogram[bin]! * bin;
    if (below === 0 || below === total) continue;
    const apart = (mean * below - sumBelow) ** 2 / (below * (total - below));
    if (apart > best) [best, bestBin] = [apart, bin];
  }
  return ((bestBin + 1) / bins) * highest;
}
