/** Plain forms of what the kernel does pixel by pixel: smoothImage, softLimit, halve, sumOfSquares, cellEnergies. */

import type { CellGrid, NormalizedPlane, ResponsePlane } from '../extraction/planes.ts';

/** Binomial 3 x 3 smoothing times 16, without the outermost pixels. */
export function plainSmoothImage(image: NormalizedPlane): Float64Array {
  const { values, stridePx } = image;
  const lines = values.length / stridePx;
  return Float64Array.from(values, (_, p) => {
    const [x, y] = [p % stridePx, Math.floor(p / stridePx)];
    if (x === 0 || y === 0 || x === stridePx - 1 || y === lines - 1) return 0;
    const row = (q: number): number => values[q - 1]! + 2 * values[q]! + values[q + 1]!;
    return row(p - stridePx) + 2 * row(p) + row(p + stridePx);
  });
}

/** even / (magnitude + softness). */
export function plainSoftLimit({ even, odd }: ResponsePlane, softness: number): Float64Array {
  return Float64Array.from(even, (e, i) => e / (Math.sqrt(e * e + odd[i]! * odd[i]!) + softness));
}

/** Sums of 2 x 2 pixels. */
export function plainHalve(image: NormalizedPlane, width: number, height: number): Float64Array {
  const { values, stridePx, marginPx } = image;
  return Float64Array.from({ length: width * height }, (_, i) => {
    const p = (2 * Math.floor(i / width) + marginPx) * stridePx + 2 * (i % width) + marginPx;
    return values[p]! + values[p + 1]! + values[p + stridePx]! + values[p + stridePx + 1]!;
  });
}

/** Sum of squares. */
export function plainSumOfSquares(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value * value, 0);
}

/** Sum of the squares of each 4 x 4 cell. */
export function plainCellEnergies({ values, stridePx, marginPx }: NormalizedPlane, { columns, rows }: CellGrid) {
  return Float64Array.from({ length: columns * rows }, (_, cell) => {
    let sum = 0;
    for (let i = 0; i < 16; i++) {
      const x = 4 * (cell % columns) + (i % 4) + marginPx;
      const y = 4 * Math.floor(cell / columns) + Math.floor(i / 4) + marginPx;
      sum += values[y * stridePx + x]! ** 2;
    }
    return sum;
  });
}
