/**
 * Orientation fields from gradients summed as double-angle vectors (Kass and Witkin 1987; Bazen and Gerez 2002), first
 * from the image, then from the filter response. Runs anywhere.
 */

import { CELL_PX, ORIENTATION } from '../parameters.ts';
import { blurGrid } from './blur-grid.ts';
import type { CellMask, NormalizedPlane, OrientationField, ResponsePlane } from './planes.ts';

/**
 * First field: Sobel gradients of the normalised image at half resolution, weighted by their squared magnitude (on the
 * image as it comes the magnitude itself is better; after normalisation it is not).
 */
export function firstOrientation(image: NormalizedPlane, mask: CellMask): OrientationField {
  const width = mask.columns * 2;
  const height = mask.rows * 2;
  const half = halve(image, width, height);
  const cos2 = new Float32Array(mask.cells.length);
  const sin2 = new Float32Array(mask.cells.length);
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const cell = (y >> 1) * mask.columns + (x >> 1);
      if (mask.cells[cell] === 0) continue;
      const p = y * width + x;
      const nw = half[p - width - 1]!;
      const ne = half[p - width + 1]!;
      const sw = half[p + width - 1]!;
      const se = half[p + width + 1]!;
      const gx = ne - nw + se - sw + 2 * (half[p + 1]! - half[p - 1]!);
      const gy = sw - nw + se - ne + 2 * (half[p + width]! - half[p - width]!);
      cos2[cell]! += gx * gx - gy * gy;
      sin2[cell]! += 2 * gx * gy;
    }
  }
  return unitField(mask, cos2, sin2, ORIENTATION.firstSigmaPx);
}

/** Second field: from the real response of the first filter pass, softly limited, weighted by squared magnitude. */
export function secondOrientation(response: ResponsePlane, mask: CellMask): OrientationField {
  const { width, height, even, odd } = response;
  const limited = new Float32Array(width * height);
  for (let i = 0; i < limited.length; i++) {
    const e = even[i]!;
    const o = odd[i]!;
    limited[i] = e / (Math.sqrt(e * e + o * o) + ORIENTATION.softLimit);
  }
  const cos2 = new Float32Array(mask.cells.length);
  const sin2 = new Float32Array(mask.cells.length);
  const perCell = CELL_PX / response.stepPx;
  for (let y = 0; y < height - 1; y++) {
    const cellRow = Math.floor(y / perCell) * mask.columns;
    for (let x = 0; x < width - 1; x++) {
      const cell = cellRow + Math.floor(x / perCell);
      if (mask.cells[cell] === 0) continue;
      const p = y * width + x;
      const rising = limited[p + width + 1]! - limited[p]!;
      const falling = limited[p + 1]! - limited[p + width]!;
      const gx = rising + falling;
      const gy = rising - falling;
      cos2[cell]! += gx * gx - gy * gy;
      sin2[cell]! += 2 * gx * gy;
    }
  }
  return unitField(mask, cos2, sin2, ORIENTATION.secondSigmaPx);
}

/** 2 x 2 means of the normalised image. */
function halve(image: NormalizedPlane, width: number, height: number): Float32Array {
  const { values, stridePx, marginPx } = image;
  const half = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    let p = (2 * y + marginPx) * stridePx + marginPx;
    for (let x = 0; x < width; x++, p += 2) {
      half[y * width + x] = values[p]! + values[p + 1]! + values[p + stridePx]! + values[p + stridePx + 1]!;
    }
  }
  return half;
}

function unitField(mask: CellMask, cos2: Float32Array, sin2: Float32Array, sigmaPx: number): OrientationField {
  const { columns, rows } = mask;
  blurGrid(cos2, columns, rows, sigmaPx / CELL_PX);
  blurGrid(sin2, columns, rows, sigmaPx / CELL_PX);
  for (let i = 0; i < cos2.length; i++) {
    const length = Math.hypot(cos2[i]!, sin2[i]!);
    cos2[i] = length > 0 ? cos2[i]! / length : 1;
    sin2[i] = length > 0 ? sin2[i]! / length : 0;
  }
  return { columns, rows, cos2, sin2 };
}
