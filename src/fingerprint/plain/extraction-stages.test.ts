/** The kernel's stages of extraction against their plain forms, on noise of awkward sizes. */

import { describe, expect, it } from 'vitest';
import { blurGrid } from '../extraction/blur-grid.ts';
import { envelopeSmooth } from '../extraction/envelope-smooth.ts';
import { ExtractionKernel } from '../extraction/extraction-kernel.ts';
import { normalize } from '../extraction/normalization.ts';
import type { CellMask, GreyPlane, NormalizedPlane, ResponsePlane } from '../extraction/planes.ts';
import { resample } from '../extraction/resample.ts';
import { CELL_PX, GABOR, ORIENTATION } from '../parameters.ts';
import { Random } from '../synthesis/random.ts';
import { plainBlur } from './plain-blur.ts';
import { plainEnvelope } from './plain-envelope.ts';
import { plainGradient } from './plain-gradient.ts';
import { plainLoops } from './plain-loops.ts';
import { plainMoments } from './plain-moments.ts';
import { plainNormalize } from './plain-normalize.ts';
import { plainCellEnergies, plainHalve, plainSmoothImage, plainSoftLimit, plainSumOfSquares } from './plain-pixels.ts';
import { plainResample } from './plain-resample.ts';

/** Greatest difference of single from double precision, as a share of the greatest value. */
const BOUND = 1e-6;
const SIZES = [
  [37, 29],
  [64, 40],
  [41, 6],
  [34, 33],
] as const;

const kernel = new ExtractionKernel();
const { memory, functions } = kernel;

describe.each(SIZES)('kernel: stages of extraction on %i x %i', (widthPx, heightPx) => {
  const random = new Random(widthPx);
  const columns = Math.ceil(widthPx / CELL_PX);
  const rows = Math.ceil(heightPx / CELL_PX);
  const mask: CellMask = {
    columns,
    rows,
    cells: Uint8Array.from({ length: columns * rows }, () => (random.uniform() < 0.8 ? 1 : 0)),
  };
  const grey: GreyPlane = {
    widthPx,
    heightPx,
    values: Uint8Array.from({ length: widthPx * heightPx }, () => 256 * random.uniform()),
  };
  const noise = (length: number) => Float32Array.from({ length }, () => random.normal());
  const marginPx = GABOR.radiusPx + 1;
  const stridePx = columns * CELL_PX + 2 * marginPx;
  const plane: NormalizedPlane = {
    widthPx,
    heightPx,
    marginPx,
    stridePx,
    values: noise(stridePx * (rows * CELL_PX + 2 * marginPx)),
  };
  const response: ResponsePlane = {
    stepPx: 1,
    width: columns * CELL_PX,
    height: rows * CELL_PX,
    even: noise(columns * rows * 16),
    odd: noise(columns * rows * 16),
  };

  it('gradientCells: histogram to the bit', () => {
    memory.scope(() => {
      const strength = memory.float32(columns * rows);
      const histogram = memory.int32(256);
      const image = memory.addressOf(grey.values);
      functions.gradientCells(image, widthPx, heightPx, columns, strength.byteOffset, histogram.byteOffset);
      const plain = plainGradient(grey, columns, rows);
      expect(histogram).toEqual(plain.histogram);
      expectNear(strength, plain.strength);
    });
  });

  it('normalize: to the bit', () => {
    memory.scope(() => {
      const { values } = normalize(kernel, grey, mask);
      const plain = plainNormalize(grey, mask);
      const expected = new Float32Array(values.length);
      for (let y = 0; y < heightPx; y++) {
        expected.set(plain.subarray(y * widthPx, (y + 1) * widthPx), (y + marginPx) * stridePx + marginPx);
      }
      expect(values).toEqual(expected);
    });
  });

  it('findLoops: to the bit', () => {
    memory.scope(() => {
      const flat = mask.cells.map((_, i) => (i % 3 === 0 ? 0 : 1));
      const edges = [3, 2, widthPx - 3, heightPx - 2] as const;
      const out = memory.int32(widthPx * heightPx);
      const count = functions.findLoops(
        memory.addressOf(response.even),
        memory.addressOf(response.odd),
        response.width,
        memory.addressOf(mask.cells),
        memory.addressOf(flat),
        columns,
        ...edges,
        out.byteOffset,
      );
      expect([...out.subarray(0, count)]).toEqual(plainLoops(response, mask, flat, edges));
      expect(count).toBeGreaterThan(5);
    });
  });

  it('blurGrid', () => {
    for (const sigma of [0.5, 1.3, 3]) {
      memory.scope(() => {
        const values = memory.float32(widthPx * heightPx);
        values.set(noise(values.length));
        const plain = plainBlur(values, widthPx, heightPx, sigma);
        blurGrid(kernel, values, widthPx, heightPx, sigma);
        expectNear(values, plain);
      });
    }
  });

  it.each(['sobel', 'roberts'] as const)('%sMoments', (operator) => {
    memory.scope(() => {
      const samples = noise(4 * columns * rows);
      const cos2 = memory.float32(columns * rows);
      const sin2 = memory.float32(columns * rows);
      functions[`${operator}Moments`](
        memory.addressOf(samples),
        2 * columns,
        2 * rows,
        memory.addressOf(mask.cells),
        cos2.byteOffset,
        sin2.byteOffset,
      );
      const plain = plainMoments(samples, mask, operator);
      expectNear(cos2, plain.cos2);
      expectNear(sin2, plain.sin2);
    });
  });

  it('envelopeSmooth', () => {
    expectNear(envelopeSmooth(plane, mask), plainEnvelope(plane, mask));
  });

  it('smoothImage, but for the outermost columns', () => {
    memory.scope(() => {
      const out = memory.float32(plane.values.length);
      functions.smoothImage(memory.addressOf(plane.values), stridePx, out.length, out.byteOffset);
      const inside = out.map((value, p) => (p % stridePx === 0 || p % stridePx === stridePx - 1 ? 0 : value));
      expectNear(inside.subarray(0, -stridePx), plainSmoothImage(plane).subarray(0, -stridePx));
    });
  });

  it('softLimit, halve, cellEnergies, countPositive, sumOfSquares, wipe', () => {
    memory.scope(() => {
      const [even, odd] = [memory.addressOf(response.even), memory.addressOf(response.odd)];
      const limited = memory.float32(response.even.length);
      functions.softLimit(even, odd, limited.length, ORIENTATION.softLimit, limited.byteOffset);
      expectNear(limited, plainSoftLimit(response, ORIENTATION.softLimit));

      const half = memory.float32(4 * columns * rows);
      const origin = memory.addressOf(plane.values) + 4 * marginPx * (stridePx + 1);
      functions.halve(origin, stridePx, 2 * columns, 2 * rows, half.byteOffset);
      expectNear(half, plainHalve(plane, 2 * columns, 2 * rows));

      const energies = memory.float32(columns * rows);
      functions.cellEnergies(origin, stridePx, columns, rows, energies.byteOffset);
      expectNear(energies, plainCellEnergies(plane, mask));

      const odds = response.even.subarray(0, -3);
      expect(functions.sumOfSquares(even, odds.length) / plainSumOfSquares(odds)).toBeCloseTo(1, 12);
      expect(functions.countPositive(even, odds.length)).toBe(odds.filter((value) => value > 0).length);

      functions.wipe(limited.byteOffset, 4 * limited.length);
      expect(limited.every((value) => value === 0)).toBe(true);
    });
  });
});

function expectNear(actual: Float32Array, expected: Float64Array): void {
  expect(actual.length).toBe(expected.length);
  const greatest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const difference = expected.reduce((most, value, i) => Math.max(most, Math.abs(value - actual[i]!)), 0);
  expect(difference).toBeLessThan(BOUND * greatest);
}

describe('kernel', () => {
  it.each([
    [300, 120, 90],
    [569, 301, 203],
    [1000, 402, 305],
    [2400, 97, 61],
    [1000, 3, 2],
    [200, 1, 9],
  ])('resample from %s ppi, %s x %s pixels', (resolutionPpi, widthPx, heightPx) => {
    const random = new Random(resolutionPpi);
    const pixels = Uint8Array.from({ length: widthPx * heightPx }, () => 256 * random.uniform());
    const image = { widthPx, heightPx, resolutionPpi, pixels };
    memory.scope(() => {
      const { values } = resample(kernel, image);
      const plain = plainResample(image);
      expect(values).toHaveLength(plain.length);
      // Single precision rounds a few values the other way.
      const differences = plain.map((value, i) => Math.abs(value - values[i]!));
      expect(Math.max(0, ...differences)).toBeLessThanOrEqual(1);
      expect(differences.filter((difference) => difference > 0).length).toBeLessThanOrEqual(plain.length / 1000);
    });
  });
});
