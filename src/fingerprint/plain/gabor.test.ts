/** The kernel's Gabor passes against their plain form. */

import { describe, expect, it } from 'vitest';
import { extractionKernel } from '../extraction/extraction-kernel.ts';
import { GABOR_KERNEL_LENGTH } from '../extraction/gabor-bank.ts';
import { gaborFilter } from '../extraction/gabor-filter.ts';
import { CELL_PX, GABOR, PERIOD } from '../parameters.ts';
import { Random } from '../synthesis/random.ts';
import { plainGabor } from './plain-gabor.ts';

/** Greatest difference of a response; responses are of the order of 1. */
const BOUND = 2e-6;

describe('kernel: Gabor filter', () => {
  it.each([1, 2] as const)('is the plain sum, step %i', (stepPx) => {
    const random = new Random(7);
    const [columns, rows] = [9, 7];
    const marginPx = GABOR.radiusPx + 1;
    const stridePx = columns * CELL_PX + 2 * marginPx;
    const values = Float32Array.from({ length: stridePx * (rows * CELL_PX + 2 * marginPx) }, () =>
      random.between(-2, 2),
    );
    const image = { widthPx: columns * CELL_PX, heightPx: rows * CELL_PX, marginPx, stridePx, values };
    const each = (value: () => number) => Float32Array.from({ length: columns * rows }, value);
    const angles = each(() => random.between(0, Math.PI));
    const field = { columns, rows, cos2: angles.map((a) => Math.cos(2 * a)), sin2: angles.map((a) => Math.sin(2 * a)) };
    const periods = each(() => random.between(0, PERIOD.count - 1));
    const smoothed = each(() => random.between(-1, 1));
    const mask = { columns, rows, cells: Uint8Array.from(smoothed, (_, cell) => (cell % 5 === 3 ? 0 : 1)) };
    const kernels = Int32Array.from(mask.cells, (inside, cell) => {
      const orientation = Math.round((angles[cell]! * GABOR.orientationCount) / Math.PI);
      return inside === 0 ? -1 : (orientation * PERIOD.count + Math.round(periods[cell]!)) * GABOR_KERNEL_LENGTH;
    });
    const plain = plainGabor(image, smoothed, kernels, extractionKernel().bank, mask, stepPx);
    const response = gaborFilter(image, smoothed, field, periods, mask, stepPx);
    expect([response.width, response.height]).toEqual([plain.width, plain.height]);
    expect(greatestDifference(response.even, plain.even)).toBeLessThan(BOUND);
    expect(greatestDifference(response.odd, plain.odd)).toBeLessThan(BOUND);
    expect(Math.max(...plain.even)).toBeGreaterThan(0.1);
  });
});

function greatestDifference(a: Float32Array, b: Float32Array): number {
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);
}
