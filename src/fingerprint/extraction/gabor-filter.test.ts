/** The separable filter against the sum it stands for. */

import { describe, expect, it } from 'vitest';
import { GABOR, PERIOD } from '../parameters.ts';
import { Random } from '../synthesis/random.ts';
import { envelopeSmooth } from './envelope-smooth.ts';
import { gaborFilter } from './gabor-filter.ts';
import type { NormalizedPlane, OrientationField } from './planes.ts';
import { periodPx } from './ridge-period.ts';

const COLUMNS = 8;
const SIZE = 4 * COLUMNS;
const MARGIN = GABOR.radiusPx + 1;
const STRIDE = SIZE + 2 * MARGIN;
const mask = { columns: COLUMNS, rows: COLUMNS, cells: new Uint8Array(COLUMNS * COLUMNS).fill(1) };

function plane(value: (x: number, y: number) => number): NormalizedPlane {
  const values = Float32Array.from({ length: STRIDE * STRIDE }, (_, i) => {
    return value((i % STRIDE) - MARGIN, Math.floor(i / STRIDE) - MARGIN);
  });
  return { widthPx: SIZE, heightPx: SIZE, marginPx: MARGIN, stridePx: STRIDE, values };
}

function field(angle: number): OrientationField {
  const fill = (value: number) => new Float32Array(COLUMNS * COLUMNS).fill(value);
  return { columns: COLUMNS, rows: COLUMNS, cos2: fill(Math.cos(2 * angle)), sin2: fill(Math.sin(2 * angle)) };
}

function filter(image: NormalizedPlane, angle: number, period: number, step: 1 | 2) {
  const periods = new Float32Array(COLUMNS * COLUMNS).fill(period);
  return gaborFilter(image, envelopeSmooth(image, mask), field(angle), periods, mask, step);
}

describe('complex Gabor filter', () => {
  for (const orientation of [0, 5, 16, 27]) {
    for (const period of [0, 4, 9]) {
      it(`has gain 1 for its own wave: orientation ${orientation}, period ${period}`, () => {
        const angle = (orientation * Math.PI) / GABOR.orientationCount;
        const k = (2 * Math.PI) / periodPx(period);
        const wave = (x: number, y: number) => k * ((x - 18) * Math.cos(angle) + (y - 18) * Math.sin(angle));
        const cosine = filter(
          plane((x, y) => Math.cos(wave(x, y))),
          angle,
          period,
          1,
        );
        const sine = filter(
          plane((x, y) => Math.sin(wave(x, y))),
          angle,
          period,
          1,
        );
        // The middle of a cell, where the mean is taken out exactly.
        const middle = 18 * SIZE + 18;
        expect(cosine.even[middle]).toBeCloseTo(1, 4);
        expect(cosine.odd[middle]).toBeCloseTo(0, 4);
        expect(sine.odd[middle]).toBeCloseTo(-1, 4);
      });
    }
  }

  it('does not see a constant', () => {
    const { even, odd } = filter(
      plane(() => 1),
      0.6,
      9,
      1,
    );
    expect(Math.max(...even.map(Math.abs))).toBeLessThan(1e-5);
    expect(Math.max(...odd.map(Math.abs))).toBeLessThan(1e-5);
  });

  it('equals the plain sum over the kernel, at every and at every second pixel', () => {
    const random = new Random(3);
    const noise = Float32Array.from({ length: STRIDE * STRIDE }, () => random.normal());
    const image: NormalizedPlane = { ...plane(() => 0), values: noise };
    const orientation = 11;
    const period = 6;
    const angle = (orientation * Math.PI) / GABOR.orientationCount;
    const full = filter(image, angle, period, 1);
    const half = filter(image, angle, period, 2);
    for (const [x, y] of [
      [4, 4],
      [13, 22],
      [31, 0],
    ] as const) {
      const [even, odd] = plainResponse(noise, x, y, angle, (2 * Math.PI) / periodPx(period));
      expect(full.even[y * SIZE + x]).toBeCloseTo(even, 4);
      expect(full.odd[y * SIZE + x]).toBeCloseTo(odd, 4);
    }
    expect(half.even[2 * (SIZE / 2) + 3]).toBeCloseTo(full.even[4 * SIZE + 6]!, 5);
    expect(half.odd[2 * (SIZE / 2) + 3]).toBeCloseTo(full.odd[4 * SIZE + 6]!, 5);
    expect(PERIOD.count).toBe(10);
  });
});

function plainResponse(values: Float32Array, x: number, y: number, angle: number, k: number): [number, number] {
  const sums = { even: 0, odd: 0, g: 0, gCos: 0, gCos2: 0, gSin2: 0, smooth: 0 };
  for (let dy = -7; dy <= 7; dy++) {
    for (let dx = -7; dx <= 7; dx++) {
      const g = Math.exp(-(dx * dx + dy * dy) / 32);
      const phase = k * (dx * Math.cos(angle) + dy * Math.sin(angle));
      const value = values[(y + dy + MARGIN) * STRIDE + x + dx + MARGIN]!;
      sums.even += g * Math.cos(phase) * value;
      sums.odd += g * Math.sin(phase) * value;
      // The mean is taken out per cell, at its middle.
      sums.smooth += g * values[((y & ~3) + 2 + dy + MARGIN) * STRIDE + (x & ~3) + 2 + dx + MARGIN]!;
      sums.g += g;
      sums.gCos += g * Math.cos(phase);
      sums.gCos2 += g * Math.cos(phase) ** 2;
      sums.gSin2 += g * Math.sin(phase) ** 2;
    }
  }
  const mean = sums.gCos / sums.g;
  return [(sums.even - mean * sums.smooth) / (sums.gCos2 - mean * sums.gCos), -sums.odd / sums.gSin2];
}
