/**
 * Complex Gabor filtering with one kernel per 4 x 4 cell, separable within the cell: rows first, then columns.
 * This is where extraction spends its time; the two loops are unrolled by hand. Runs anywhere.
 */

import { CELL_PX, GABOR, PERIOD } from '../parameters.ts';
import { ENVELOPE, gaborBank, KERNEL_LENGTH, KERNEL_MEAN, KERNEL_ODD_SCALE } from './gabor-bank.ts';
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
      filterColumns(
        rowEven,
        rowOdd,
        samples,
        stepPx,
        bank,
        kernel,
        even,
        odd,
        target,
        width,
        smoothed,
        origin,
        stridePx,
      );
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
  rowEven: Float64Array,
  rowOdd: Float64Array,
  samples: number,
  step: number,
  k: Float64Array,
  at: number,
  even: Float32Array,
  odd: Float32Array,
  target: number,
  width: number,
  smoothed: Float32Array,
  origin: number,
  stride: number,
): void {
  const mean = k[at + KERNEL_MEAN]!;
  const oddScale = k[at + KERNEL_ODD_SCALE]!;
  const radius = GABOR.radiusPx;
  const c0 = k[at + 16]!;
  for (let y = 0; y < samples; y++) {
    for (let x = 0; x < samples; x++) {
      const q = (radius + y * step) * samples + x;
      let re = c0 * rowEven[q]!;
      let im = c0 * rowOdd[q]!;
      for (let i = 1, up = q + samples, down = q - samples; i <= radius; i++, up += samples, down -= samples) {
        const ce = k[at + 16 + i]!;
        const co = k[at + 24 + i]!;
        const evenUp = rowEven[up]!;
        const evenDown = rowEven[down]!;
        const oddUp = rowOdd[up]!;
        const oddDown = rowOdd[down]!;
        re += ce * (evenUp + evenDown) - co * (oddUp - oddDown);
        im += ce * (oddUp + oddDown) + co * (evenUp - evenDown);
      }
      const p = target + y * width + x;
      even[p] = re - mean * smoothed[origin + y * step * stride + x * step]!;
      odd[p] = im * oddScale;
    }
  }
}

/** Image weighted by the envelope alone, in the layout of the normalised plane; serves both filter passes. */
export function envelopeSmooth(image: NormalizedPlane): Float32Array {
  const { values, stridePx, marginPx } = image;
  const [e0, e1, e2, e3, e4, e5, e6, e7] = ENVELOPE as [number, number, number, number, number, number, number, number];
  const rows = new Float32Array(values.length);
  const out = new Float32Array(values.length);
  const first = marginPx * stridePx;
  for (let p = 7; p < values.length - 7; p++) {
    rows[p] =
      e0 * values[p]! +
      e1 * (values[p + 1]! + values[p - 1]!) +
      e2 * (values[p + 2]! + values[p - 2]!) +
      e3 * (values[p + 3]! + values[p - 3]!) +
      e4 * (values[p + 4]! + values[p - 4]!) +
      e5 * (values[p + 5]! + values[p - 5]!) +
      e6 * (values[p + 6]! + values[p - 6]!) +
      e7 * (values[p + 7]! + values[p - 7]!);
  }
  const s = stridePx;
  for (let p = first; p < values.length - first; p++) {
    out[p] =
      e0 * rows[p]! +
      e1 * (rows[p + s]! + rows[p - s]!) +
      e2 * (rows[p + 2 * s]! + rows[p - 2 * s]!) +
      e3 * (rows[p + 3 * s]! + rows[p - 3 * s]!) +
      e4 * (rows[p + 4 * s]! + rows[p - 4 * s]!) +
      e5 * (rows[p + 5 * s]! + rows[p - 5 * s]!) +
      e6 * (rows[p + 6 * s]! + rows[p - 6 * s]!) +
      e7 * (rows[p + 7 * s]! + rows[p - 7 * s]!);
  }
  return out;
}
