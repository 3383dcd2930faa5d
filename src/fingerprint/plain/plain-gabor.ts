/**
 * Plain form of the kernel's Gabor filter: one kernel per 4 x 4 cell, separable within the cell, rows first, then
 * columns, in double precision.
 */

import { GABOR_KERNEL_MEAN, GABOR_KERNEL_ODD_SCALE } from '../extraction/gabor-bank.ts';
import type { CellGrid, NormalizedPlane, ResponsePlane } from '../extraction/planes.ts';
import { CELL_PX, GABOR } from '../parameters.ts';

/** Response at every `stepPx`-th pixel of the cells that have a kernel (its offset in the bank, negative for none). */
export function plainGabor(
  image: NormalizedPlane,
  smoothed: Float32Array,
  kernels: Int32Array,
  bank: Float32Array,
  { columns, rows }: CellGrid,
  stepPx: 1 | 2,
): ResponsePlane {
  const samples = CELL_PX / stepPx;
  const width = columns * samples;
  const height = rows * samples;
  const even = new Float32Array(width * height);
  const odd = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const cell = Math.floor(y / samples) * columns + Math.floor(x / samples);
      if (kernels[cell]! < 0) continue;
      const kernel = bank.subarray(kernels[cell]!);
      const [re, im] = plainSum(image, x * stepPx, y * stepPx, kernel);
      even[y * width + x] = re - kernel[GABOR_KERNEL_MEAN]! * smoothed[cell]!;
      odd[y * width + x] = im * kernel[GABOR_KERNEL_ODD_SCALE]!;
    }
  }
  return { stepPx, width, height, even, odd };
}

/** Sum of row factor times column factor, both complex, over 15 x 15 pixels. */
function plainSum(image: NormalizedPlane, x: number, y: number, kernel: Float32Array): [number, number] {
  const { values, stridePx, marginPx } = image;
  let re = 0;
  let im = 0;
  for (let dy = -GABOR.radiusPx; dy <= GABOR.radiusPx; dy++) {
    for (let dx = -GABOR.radiusPx; dx <= GABOR.radiusPx; dx++) {
      const value = values[(y + dy + marginPx) * stridePx + x + dx + marginPx]!;
      const rowEven = kernel[Math.abs(dx)]!;
      const rowOdd = Math.sign(dx) * kernel[8 + Math.abs(dx)]!;
      const columnEven = kernel[16 + Math.abs(dy)]!;
      const columnOdd = Math.sign(dy) * kernel[24 + Math.abs(dy)]!;
      re += value * (rowEven * columnEven - rowOdd * columnOdd);
      im += value * (rowEven * columnOdd + rowOdd * columnEven);
    }
  }
  return [re, im];
}
