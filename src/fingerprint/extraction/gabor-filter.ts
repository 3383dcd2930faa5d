/**
 * Complex Gabor filtering with one kernel per 4 x 4 cell, separable within the cell. The loops are the kernel's
 * (../kernel/assembly/gabor-*.ts).
 */

import { CELL_PX, PERIOD } from '../parameters.ts';
import { type ExtractionKernel, extractionKernel } from './extraction-kernel.ts';
import { GABOR_KERNEL_LENGTH } from './gabor-bank.ts';
import { nearestOrientation } from './nearest-orientation.ts';
import type { CellMask, NormalizedPlane, OrientationField, ResponsePlane } from './planes.ts';

/** Scratch of a pass. */
const SCRATCH_BYTES = 576;

/** Response at every `stepPx`-th pixel (1 or 2) of the cells in the mask, in memory of its own. */
export function gaborFilter(
  image: NormalizedPlane,
  smoothed: Float32Array,
  field: OrientationField,
  periods: Float32Array,
  mask: CellMask,
  stepPx: 1 | 2,
): ResponsePlane {
  const kernel = extractionKernel();
  return kernel.memory.scope(() => {
    const response = gaborResponse(kernel, image, smoothed, field, periods, mask, stepPx);
    return { ...response, even: response.even.slice(), odd: response.odd.slice() };
  });
}

/** The same, in the kernel's memory. */
export function gaborResponse(
  { memory, functions, bank }: ExtractionKernel,
  image: NormalizedPlane,
  smoothed: Float32Array,
  field: OrientationField,
  periods: Float32Array,
  mask: CellMask,
  stepPx: 1 | 2,
): ResponsePlane {
  const width = (mask.columns * CELL_PX) / stepPx;
  const height = (mask.rows * CELL_PX) / stepPx;
  const even = memory.float32(width * height);
  const odd = memory.float32(width * height);
  const kernels = memory.int32(mask.cells.length);
  for (let cell = 0; cell < kernels.length; cell++) {
    kernels[cell] = mask.cells[cell] === 0 ? -1 : kernelOffset(field, periods, cell);
  }
  const { marginPx, stridePx, values } = image;
  const filter = stepPx === 1 ? functions.gaborEveryPixel : functions.gaborEverySecondPixel;
  filter(
    memory.addressOf(values) + 4 * marginPx * (stridePx + 1),
    stridePx,
    bank.byteOffset,
    kernels.byteOffset,
    memory.addressOf(smoothed),
    mask.columns,
    mask.rows,
    even.byteOffset,
    odd.byteOffset,
    memory.uint8(SCRATCH_BYTES).byteOffset,
  );
  return { stepPx, width, height, even, odd };
}

/** Wave direction of a cell, 0 to half a turn, image axes. */
export function waveAngle(field: OrientationField, cell: number): number {
  const angle = Math.atan2(field.sin2[cell]!, field.cos2[cell]!) / 2;
  return angle < 0 ? angle + Math.PI : angle;
}

function kernelOffset({ cos2, sin2 }: OrientationField, periods: Float32Array, cell: number): number {
  const orientation = nearestOrientation(cos2[cell]!, sin2[cell]!);
  const period = Math.min(PERIOD.count - 1, Math.max(0, Math.round(periods[cell]!)));
  return (orientation * PERIOD.count + period) * GABOR_KERNEL_LENGTH;
}
