/**
 * Orientation fields from gradients summed as double-angle vectors (Kass and Witkin 1987; Bazen and Gerez 2002), first
 * from the image, then from the filter response.
 */

import type { Kernel } from '../kernel/kernel.ts';
import type { MomentsFunction } from '../kernel/kernel-functions.ts';
import { CELL_PX, ORIENTATION } from '../parameters.ts';
import { blurGrid } from './blur-grid.ts';
import type { CellMask, NormalizedPlane, OrientationField, ResponsePlane } from './planes.ts';

/**
 * First field: Sobel gradients of the normalised image at half resolution, weighted by their squared magnitude. (On the
 * original image the magnitude itself is better; after normalisation it is not.)
 */
export function firstOrientation(kernel: Kernel, image: NormalizedPlane, mask: CellMask): OrientationField {
  const { memory, functions } = kernel;
  const { stridePx, marginPx } = image;
  const width = mask.columns * 2;
  const height = mask.rows * 2;
  const half = memory.float32(width * height);
  const origin = memory.addressOf(image.values) + 4 * marginPx * (stridePx + 1);
  functions.halve(origin, stridePx, width, height, half.byteOffset);
  return orientationOf(kernel, functions.sobelMoments, half, mask, ORIENTATION.firstSigmaPx);
}

/** Second field: from the real response of the first filter pass, softly limited, weighted by squared magnitude. */
export function secondOrientation(kernel: Kernel, response: ResponsePlane, mask: CellMask): OrientationField {
  const { memory, functions } = kernel;
  const limited = memory.float32(response.even.length);
  functions.softLimit(
    memory.addressOf(response.even),
    memory.addressOf(response.odd),
    limited.length,
    ORIENTATION.softLimit,
    limited.byteOffset,
  );
  return orientationOf(kernel, functions.robertsMoments, limited, mask, ORIENTATION.secondSigmaPx);
}

/** Gradients of a plane of two samples a cell, summed per cell, smoothed, and brought to length 1. */
function orientationOf(
  kernel: Kernel,
  moments: MomentsFunction,
  plane: Float32Array,
  mask: CellMask,
  sigmaPx: number,
): OrientationField {
  const { memory } = kernel;
  const { columns, rows, cells } = mask;
  const cos2 = memory.float32(cells.length);
  const sin2 = memory.float32(cells.length);
  moments(plane.byteOffset, 2 * columns, 2 * rows, memory.addressOf(cells), cos2.byteOffset, sin2.byteOffset);
  blurGrid(kernel, cos2, columns, rows, sigmaPx / CELL_PX);
  blurGrid(kernel, sin2, columns, rows, sigmaPx / CELL_PX);
  for (let i = 0; i < cos2.length; i++) {
    const length = Math.sqrt(cos2[i]! * cos2[i]! + sin2[i]! * sin2[i]!);
    cos2[i] = length > 0 ? cos2[i]! / length : 1;
    sin2[i] = length > 0 ? sin2[i]! / length : 0;
  }
  return { columns, rows, cos2, sin2 };
}
