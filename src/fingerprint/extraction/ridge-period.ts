/**
 * Ridge period: spectral energy of signatures across the ridges at the periods of the filter bank. The evidence is
 * smoothed before the decision, which makes validity tests and hole filling unnecessary.
 */

import type { Kernel } from '../kernel/kernel.ts';
import { CELL_PX, PERIOD } from '../parameters.ts';
import { blurGrid } from './blur-grid.ts';
import type { CellMask, NormalizedPlane, OrientationField } from './planes.ts';

/** Position of the ridge period on the geometric scale of the filter bank, 0 (5.5 px) to 9 (14 px), per cell. */
export function ridgePeriod(
  kernel: Kernel,
  image: NormalizedPlane,
  field: OrientationField,
  mask: CellMask,
): Float32Array {
  const { memory } = kernel;
  const perBlock = PERIOD.blockPx / CELL_PX;
  const width = Math.ceil(mask.columns / perBlock);
  const height = Math.ceil(mask.rows / perBlock);
  const planes = Array.from({ length: PERIOD.count }, () => memory.float32(width * height));
  const smooth = smoothImage(kernel, image);
  const signature = new Float64Array(PERIOD.signatureLength);
  const energies = new Float64Array(PERIOD.count);
  for (let by = 0; by < height; by++) {
    for (let bx = 0; bx < width; bx++) {
      const column = Math.min(mask.columns - 1, bx * perBlock + perBlock / 2);
      const row = Math.min(mask.rows - 1, by * perBlock + perBlock / 2);
      const cell = row * mask.columns + column;
      if (mask.cells[cell] === 0) continue;
      sampleSignature(smooth, column * CELL_PX, row * CELL_PX, field.cos2[cell]!, field.sin2[cell]!, signature);
      if (!spectrum(signature, energies)) continue;
      for (let t = 0; t < PERIOD.count; t++) planes[t]![by * width + bx] = energies[t]!;
    }
  }
  for (const plane of planes) blurGrid(kernel, plane, width, height, PERIOD.energySigmaPx / PERIOD.blockPx);
  const map = memory.float32(width * height);
  for (let i = 0; i < map.length; i++) map[i] = peak(planes, i);
  blurGrid(kernel, map, width, height, PERIOD.mapSigmaPx / PERIOD.blockPx);
  return interpolate(map, width, height, mask);
}

/** Period in pixels of a position on the geometric scale. */
export function periodPx(position: number): number {
  return PERIOD.minPx * (PERIOD.maxPx / PERIOD.minPx) ** (position / (PERIOD.count - 1));
}

/** Sum over 7 lines of 49 samples taken along the wave direction around (x, y), nearest pixel. */
function sampleSignature(
  image: NormalizedPlane,
  x: number,
  y: number,
  cos2: number,
  sin2: number,
  signature: Float64Array,
): void {
  const angle = Math.atan2(sin2, cos2) / 2;
  const ux = Math.cos(angle);
  const uy = Math.sin(angle);
  const { widthPx, heightPx, stridePx, marginPx, values } = image;
  const middle = (PERIOD.signatureLength - 1) / 2;
  const halfLines = (PERIOD.lineCount - 1) / 2;
  signature.fill(0);
  // Most signatures lie within the image.
  const reach = Math.ceil(Math.hypot(middle, halfLines * PERIOD.lineDistancePx)) + 2;
  const isInside = x >= reach && y >= reach && x + reach < widthPx && y + reach < heightPx;
  const origin = marginPx * stridePx + marginPx;
  for (let line = -halfLines; line <= halfLines; line++) {
    const lx = x + 0.5 - line * PERIOD.lineDistancePx * uy;
    const ly = y + 0.5 + line * PERIOD.lineDistancePx * ux;
    if (isInside) {
      for (let i = 0; i < signature.length; i++) {
        const px = (lx + (i - middle) * ux) | 0;
        const py = (ly + (i - middle) * uy) | 0;
        signature[i]! += values[origin + py * stridePx + px]!;
      }
      continue;
    }
    for (let i = 0; i < signature.length; i++) {
      const px = Math.floor(lx + (i - middle) * ux);
      const py = Math.floor(ly + (i - middle) * uy);
      if (px < 0 || py < 0 || px >= widthPx || py >= heightPx) continue;
      signature[i]! += values[(py + marginPx) * stridePx + px + marginPx]!;
    }
  }
}

/** Weighted energy of the signature at each period; false when there is none. */
function spectrum(signature: Float64Array, energies: Float64Array): boolean {
  const table = (waves ??= waveTable());
  const weights = (periodWeights ??= energyWeights());
  const n = signature.length;
  let total = 0;
  for (let t = 0; t < PERIOD.count; t++) {
    let re = 0;
    let im = 0;
    for (let i = 0; i < n; i++) {
      re += table[2 * t * n + i]! * signature[i]!;
      im += table[(2 * t + 1) * n + i]! * signature[i]!;
    }
    energies[t] = (re * re + im * im) * weights[t]!;
    total += energies[t]!;
  }
  if (!(total > 0)) return false;
  const scale = total ** -PERIOD.totalExponent;
  for (let t = 0; t < PERIOD.count; t++) energies[t]! *= scale;
  return true;
}

let waves: Float64Array | undefined;
let periodWeights: Float64Array | undefined;

function energyWeights(): Float64Array {
  return Float64Array.from({ length: PERIOD.count }, (_, t) => periodPx(t) ** PERIOD.periodExponent);
}

/** Hann-windowed cosines and sines of each period, their mean removed. */
function waveTable(): Float64Array {
  const n = PERIOD.signatureLength;
  const middle = (n - 1) / 2;
  const table = new Float64Array(2 * PERIOD.count * n);
  for (let t = 0; t < PERIOD.count; t++) {
    const k = (2 * Math.PI) / periodPx(t);
    for (let i = 0; i < n; i++) {
      const window = 0.5 + 0.5 * Math.cos((Math.PI * (i - middle)) / (middle + 1));
      table[2 * t * n + i] = window * Math.cos(k * (i - middle));
      table[(2 * t + 1) * n + i] = window * Math.sin(k * (i - middle));
    }
  }
  return table;
}

/** Place of the greatest energy, refined by a parabola; the middle of the scale where nothing was measured. */
function peak(planes: readonly Float32Array[], i: number): number {
  let best = 0;
  for (let t = 1; t < planes.length; t++) if (planes[t]![i]! > planes[best]![i]!) best = t;
  const value = planes[best]![i]!;
  if (value <= 0) return (PERIOD.count - 1) / 2;
  if (best === 0 || best === planes.length - 1) return best;
  const left = planes[best - 1]![i]!;
  const right = planes[best + 1]![i]!;
  const curvature = left - 2 * value + right;
  return curvature < 0 ? best + (0.5 * (left - right)) / curvature : best;
}

/** Bilinear from block centres to cells. */
function interpolate(map: Float32Array, width: number, height: number, mask: CellMask): Float32Array {
  const perBlock = PERIOD.blockPx / CELL_PX;
  const cells = new Float32Array(mask.cells.length);
  for (let row = 0; row < mask.rows; row++) {
    const v = Math.min(Math.max((row + 0.5) / perBlock - 0.5, 0), height - 1);
    const v0 = Math.min(Math.floor(v), Math.max(0, height - 2));
    const v1 = Math.min(v0 + 1, height - 1);
    for (let column = 0; column < mask.columns; column++) {
      const u = Math.min(Math.max((column + 0.5) / perBlock - 0.5, 0), width - 1);
      const u0 = Math.min(Math.floor(u), Math.max(0, width - 2));
      const u1 = Math.min(u0 + 1, width - 1);
      const top = map[v0 * width + u0]! * (1 - u + u0) + map[v0 * width + u1]! * (u - u0);
      const bottom = map[v1 * width + u0]! * (1 - u + u0) + map[v1 * width + u1]! * (u - u0);
      cells[row * mask.columns + column] = top * (1 - v + v0) + bottom * (v - v0);
    }
  }
  return cells;
}

/** Binomial 3 x 3 smoothing, which is close to a Gaussian of sigma 1 for ridges. */
function smoothImage({ memory, functions }: Kernel, image: NormalizedPlane): NormalizedPlane {
  const values = memory.float32(image.values.length);
  functions.smoothImage(memory.addressOf(image.values), image.stridePx, values.length, values.byteOffset);
  return { ...image, values };
}
