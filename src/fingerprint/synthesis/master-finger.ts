/**
 * Master fingers: ridges grown from noise by filtering it repeatedly along the ridge flow at the local period (Cappelli
 * et al., SFinGe, 2000).
 */

import { envelopeSmooth } from '../extraction/envelope-smooth.ts';
import { gaborFilter } from '../extraction/gabor-filter.ts';
import type { CellMask, NormalizedPlane, OrientationField } from '../extraction/planes.ts';
import { CELL_PX, GABOR, PERIOD, SYNTHESIS } from '../parameters.ts';
import type { FingerPattern, PatternClass } from './finger-pattern.ts';
import { randomPattern, ridgeOrientation } from './finger-pattern.ts';
import { Random } from './random.ts';
import { type NoiseField, smoothNoise } from './smooth-noise.ts';

/** A whole synthetic finger at 500 ppi, from which impressions are made. It belongs to no person. */
export interface MasterFinger {
  /** Seed it was made from. */
  readonly seed: number;
  /** Its class, cores and deltas. */
  readonly pattern: FingerPattern;
  /** Columns of `ridges`. */
  readonly widthPx: number;
  /** Rows of `ridges`. */
  readonly heightPx: number;
  /** -1 (valley) to 1 (ridge), row-major. */
  readonly ridges: Float32Array;
}

/** Options of {@link synthesizeFinger}. */
export interface SynthesizeFingerOptions {
  /** Henry class; when absent drawn from the seed with its natural frequency. */
  readonly patternClass?: PatternClass;
}

/**
 * The finger of a seed (any integer up to 2^53), always the same for the same seed and options. Takes about 100 ms.
 * Throws TypeError for other seeds, WHORL_E_PLATFORM without WebAssembly SIMD.
 *
 * @example
 * const finger = synthesizeFinger(7, { patternClass: 'whorl' });
 * const image = synthesizeImpression(finger, { seed: 1 });
 */
export function synthesizeFinger(seed: number, options: SynthesizeFingerOptions = {}): MasterFinger {
  if (!Number.isSafeInteger(seed)) throw new TypeError('a seed is an integer');
  const random = new Random(seed, 1);
  const pattern = randomPattern(random, options.patternClass);
  const { widthPx, heightPx } = SYNTHESIS;
  const mask = fullMask(widthPx, heightPx);
  const flow = flowField(pattern, mask, smoothNoise(random, widthPx, heightPx, 90));
  const periods = periodMap(pattern, mask, smoothNoise(random, widthPx, heightPx, 80));
  const plane = noisePlane(random, mask);
  for (let step = 0; step < SYNTHESIS.growthSteps; step++) grow(plane, flow, periods, mask);
  const ridges = new Float32Array(widthPx * heightPx);
  for (let y = 0; y < heightPx; y++) {
    const start = (y + plane.marginPx) * plane.stridePx + plane.marginPx;
    ridges.set(plane.values.subarray(start, start + widthPx), y * widthPx);
  }
  addPores(random, ridges, widthPx, heightPx);
  return { seed, pattern, widthPx, heightPx, ridges };
}

function fullMask(widthPx: number, heightPx: number): CellMask {
  const columns = widthPx / CELL_PX;
  const rows = heightPx / CELL_PX;
  return { columns, rows, cells: new Uint8Array(columns * rows).fill(1) };
}

/** Wave direction per cell: across the ridges, image axes, with a slight wobble. */
function flowField(pattern: FingerPattern, mask: CellMask, wobble: NoiseField): OrientationField {
  const { columns, rows } = mask;
  const cos2 = new Float32Array(mask.cells.length);
  const sin2 = new Float32Array(mask.cells.length);
  for (let row = 0, cell = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, cell++) {
      const x = (column + 0.5) * CELL_PX;
      const y = (row + 0.5) * CELL_PX;
      const ridge = ridgeOrientation(pattern, x - (columns * CELL_PX) / 2, (rows * CELL_PX) / 2 - y);
      const wave = Math.PI / 2 - (ridge + SYNTHESIS.flowWobbleRad * wobble(x, y));
      cos2[cell] = Math.cos(2 * wave);
      sin2[cell] = Math.sin(2 * wave);
    }
  }
  return { columns, rows, cos2, sin2 };
}

/** Position on the geometric period scale per cell: wider below the core, varied smoothly. */
function periodMap(pattern: FingerPattern, mask: CellMask, variation: NoiseField): Float32Array {
  const scale = (PERIOD.count - 1) / Math.log(PERIOD.maxPx / PERIOD.minPx);
  return Float32Array.from(mask.cells, (_, cell) => {
    const x = (cell % mask.columns) * CELL_PX;
    const y = Math.floor(cell / mask.columns) * CELL_PX;
    const lower = Math.max(0, y / (mask.rows * CELL_PX) - 0.5);
    const period = pattern.periodPx * (1 + SYNTHESIS.periodVariation * variation(x, y) + 0.3 * lower);
    return scale * Math.log(period / PERIOD.minPx);
  });
}

function noisePlane(random: Random, mask: CellMask): NormalizedPlane {
  const marginPx = GABOR.radiusPx + 1;
  const widthPx = mask.columns * CELL_PX;
  const heightPx = mask.rows * CELL_PX;
  const stridePx = widthPx + 2 * marginPx;
  const values = Float32Array.from({ length: stridePx * (heightPx + 2 * marginPx) }, () => random.between(-1, 1));
  return { widthPx, heightPx, marginPx, stridePx, values };
}

/** One step: filtered along the flow, amplified, and limited again. */
function grow(plane: NormalizedPlane, flow: OrientationField, periods: Float32Array, mask: CellMask): void {
  const { even, width, height } = gaborFilter(plane, envelopeSmooth(plane, mask), flow, periods, mask, 1);
  const { values, stridePx, marginPx } = plane;
  values.fill(0);
  for (let y = 0; y < height; y++) {
    const start = (y + marginPx) * stridePx + marginPx;
    for (let x = 0; x < width; x++) {
      const value = SYNTHESIS.growthGain * even[y * width + x]!;
      values[start + x] = Math.max(-1, Math.min(1, value));
    }
  }
}

/** Small pits on the ridges, which every impression of the finger shows. */
function addPores(random: Random, ridges: Float32Array, width: number, height: number): void {
  for (let n = 0; n < SYNTHESIS.poreTries; n++) {
    const x = 2 + Math.floor(random.uniform() * (width - 4));
    const y = 2 + Math.floor(random.uniform() * (height - 4));
    const depth = random.between(0.4, 1.3);
    if (ridges[y * width + x]! < 0.95) continue;
    for (let dy = -1; dy <= 1; dy++) {
      for (let dx = -1; dx <= 1; dx++) ridges[(y + dy) * width + x + dx]! -= depth * 0.5 ** (dx * dx + dy * dy);
    }
  }
}
