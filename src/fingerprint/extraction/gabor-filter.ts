/**
 * Complex Gabor filtering with one kernel per 4 x 4 cell, separable within the cell: rows first, then columns.
 * This is where extraction spends its time; the two loops are unrolled by hand. Runs anywhere.
 */

import { CELL_PX, GABOR, PERIOD } from '../parameters.ts';
import { gaborBank, KERNEL_LENGTH, KERNEL_MEAN, KERNEL_ODD_SCALE } from './gabor-bank.ts';
import type { CellMask, NormalizedPlane, OrientationField, ResponsePlane } from './planes.ts';

let bank: Float64Array | undefined;

/** Response at every `stepPx`-th pixel (1 or 2) of the cells in the mask. */
export function gaborFilter(
  image: NormalizedPlane,
  smoothed: Float32Array,
  field: OrientationField,
  periods: Float32Array,
  mask: CellMask,
  stepPx: 1 | 2,
): ResponsePlane {
  bank ??= gaborBank();
  const width = (mask.columns * CELL_PX) / stepPx;
  const height = (mask.rows * CELL_PX) / stepPx;
  const even = new Float32Array(width * height);
  const odd = new Float32Array(width * height);
  const samples = CELL_PX / stepPx;
  const lines = 2 * GABOR.radiusPx + 1 + (samples - 1) * stepPx;
  const rowEven = new Float64Array(lines * samples);
  const rowOdd = new Float64Array(lines * samples);
  const { stridePx, marginPx } = image;
  for (let row = 0; row < mask.rows; row++) {
    for (let column = 0; column < mask.columns; column++) {
      const cell = row * mask.columns + column;
      if (mask.cells[cell] === 0) continue;
      const kernel = kernelOffset(field, periods, cell);
      const origin = (row * CELL_PX + marginPx) * stridePx + column * CELL_PX + marginPx;
      filterRows(
        image.values,
        origin - GABOR.radiusPx * stridePx,
        stridePx,
        stepPx,
        samples,
        lines,
        bank,
        kernel,
        rowEven,
        rowOdd,
      );
      const target = row * samples * width + column * samples;
      filterColumns(rowEven, rowOdd, samples, stepPx, bank, kernel, even, odd, target, width, smoothed[cell]!);
    }
  }
  return { stepPx, width, height, even, odd };
}

/** Wave direction of a cell, 0 to half a turn, image axes. */
export function waveAngle(field: OrientationField, cell: number): number {
  const angle = Math.atan2(field.sin2[cell]!, field.cos2[cell]!) / 2;
  return angle < 0 ? angle + Math.PI : angle;
}

function kernelOffset(field: OrientationField, periods: Float32Array, cell: number): number {
  const orientation = Math.round((waveAngle(field, cell) * GABOR.orientationCount) / Math.PI);
  const period = Math.min(PERIOD.count - 1, Math.max(0, Math.round(periods[cell]!)));
  return (orientation * PERIOD.count + period) * KERNEL_LENGTH;
}

/** Row factor: `lines` lines of `samples` outputs, each from 15 pixels folded about the middle. */
function filterRows(
  v: Float32Array,
  start: number,
  stride: number,
  step: number,
  samples: number,
  lines: number,
  k: Float64Array,
  at: number,
  rowEven: Float64Array,
  rowOdd: Float64Array,
): void {
  const e0 = k[at]!;
  const e1 = k[at + 1]!;
  const e2 = k[at + 2]!;
  const e3 = k[at + 3]!;
  const e4 = k[at + 4]!;
  const e5 = k[at + 5]!;
  const e6 = k[at + 6]!;
  const e7 = k[at + 7]!;
  const o1 = k[at + 9]!;
  const o2 = k[at + 10]!;
  const o3 = k[at + 11]!;
  const o4 = k[at + 12]!;
  const o5 = k[at + 13]!;
  const o6 = k[at + 14]!;
  const o7 = k[at + 15]!;
  let out = 0;
  for (let line = 0; line < lines; line++, start += stride) {
    for (let s = 0, p = start; s < samples; s++, p += step, out++) {
      const r1 = v[p + 1]!;
      const l1 = v[p - 1]!;
      const r2 = v[p + 2]!;
      const l2 = v[p - 2]!;
      const r3 = v[p + 3]!;
      const l3 = v[p - 3]!;
      const r4 = v[p + 4]!;
      const l4 = v[p - 4]!;
      const r5 = v[p + 5]!;
      const l5 = v[p - 5]!;
      const r6 = v[p + 6]!;
      const l6 = v[p - 6]!;
      const r7 = v[p + 7]!;
      const l7 = v[p - 7]!;
      rowEven[out] =
        e0 * v[p]! +
        e1 * (r1 + l1) +
        e2 * (r2 + l2) +
        (e3 * (r3 + l3) + e4 * (r4 + l4)) +
        (e5 * (r5 + l5) + e6 * (r6 + l6) + e7 * (r7 + l7));
      rowOdd[out] =
        o1 * (r1 - l1) +
        o2 * (r2 - l2) +
        o3 * (r3 - l3) +
        o4 * (r4 - l4) +
        (o5 * (r5 - l5) + o6 * (r6 - l6) + o7 * (r7 - l7));
    }
  }
}

/** Column factor, mean removal and scale of the odd part. */
function filterColumns(
  e: Float64Array,
  o: Float64Array,
  samples: number,
  step: number,
  k: Float64Array,
  at: number,
  even: Float32Array,
  odd: Float32Array,
  target: number,
  width: number,
  smoothed: number,
): void {
  const mean = k[at + KERNEL_MEAN]! * smoothed;
  const oddScale = k[at + KERNEL_ODD_SCALE]!;
  const radius = GABOR.radiusPx;
  const c0 = k[at + 16]!;
  for (let y = 0; y < samples; y++) {
    for (let x = 0; x < samples; x += 2) {
      // Two columns at once share the coefficients.
      const q = (radius + y * step) * samples + x;
      let re0 = c0 * e[q]! - mean;
      let im0 = c0 * o[q]!;
      let re1 = c0 * e[q + 1]! - mean;
      let im1 = c0 * o[q + 1]!;
      for (let i = 1, up = q + samples, down = q - samples; i <= radius; i++, up += samples, down -= samples) {
        const ce = k[at + 16 + i]!;
        const co = k[at + 24 + i]!;
        re0 += ce * (e[up]! + e[down]!) - co * (o[up]! - o[down]!);
        im0 += ce * (o[up]! + o[down]!) + co * (e[up]! - e[down]!);
        re1 += ce * (e[up + 1]! + e[down + 1]!) - co * (o[up + 1]! - o[down + 1]!);
        im1 += ce * (o[up + 1]! + o[down + 1]!) + co * (e[up + 1]! - e[down + 1]!);
      }
      const p = target + y * width + x;
      even[p] = re0;
      odd[p] = im0 * oddScale;
      even[p + 1] = re1;
      odd[p + 1] = im1 * oddScale;
    }
  }
}
