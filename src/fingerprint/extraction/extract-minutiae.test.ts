/** Extraction against patterns whose minutiae are known, and against input that is not a finger. */

import { describe, expect, it } from 'vitest';
import { isBiometricError } from '../../core/biometric-error.ts';
import type { GreyImage } from '../../core/grey-image.ts';
import { extract } from '../extract.ts';
import { angleBetween, type Minutia, wrapAngle } from '../minutia.ts';
import { synthesizeFinger } from '../synthesis/master-finger.ts';
import { synthesizeImpression } from '../synthesis/synthesize-impression.ts';
import { extractMinutiae } from './extract-minutiae.ts';
import type { StageKey } from './transparency.ts';

/** Straight ridges of 9 px with one dislocation at the middle: the phase winds by `turns` around it. */
function dislocation(waveRad: number, turns: number, phase: number, size = 240): GreyImage {
  const pixels = Uint8Array.from({ length: size * size }, (_, i) => {
    const x = (i % size) - size / 2;
    const y = Math.floor(i / size) - size / 2;
    const across = x * Math.cos(waveRad) + y * Math.sin(waveRad);
    // Ridges are where the phase is 0, so dark pixels are where the cosine is 1.
    return 128 - 100 * Math.cos((2 * Math.PI * across) / 9 + turns * Math.atan2(y, x) + phase);
  });
  return { widthPx: size, heightPx: size, resolutionPpi: 500, pixels };
}

describe('extraction', () => {
  for (const waveRad of [0.2, 0.9, 1.7, 2.6, 3.0]) {
    for (const turns of [1, -1]) {
      it(`finds the one minutia of a dislocation: wave ${waveRad}, winding ${turns}`, () => {
        const { minutiae } = extractMinutiae(dislocation(waveRad, turns, 0.4));
        expect(minutiae).toHaveLength(1);
        const [minutia] = minutiae;
        expect(Math.hypot(minutia!.xPx - 120, minutia!.yPx - 120)).toBeLessThan(1.5);
        // Phase along y-down axes grows by one turn more on the side the minutia points to.
        const expected = wrapAngle(-waveRad + (turns * Math.PI) / 2);
        expect(angleBetween(minutia!.directionRad, expected)).toBeLessThan(0.1);
      });
    }
  }

  it('tells endings from bifurcations: inverting ridges and valleys swaps them', () => {
    const image = dislocation(0.9, 1, 0.9);
    const inverse = { ...image, pixels: image.pixels.map((v) => 255 - v) };
    const types = [image, inverse].map((i) => extractMinutiae(i).minutiae[0]!.type);
    expect(new Set(types)).toEqual(new Set(['ending', 'bifurcation']));
  });

  it('finds no minutia in plain ridges', () => {
    expect(extractMinutiae(dislocation(0.7, 0, 0)).minutiae).toHaveLength(0);
  });

  it('gives the same minutiae at 500 and at 1000 ppi', () => {
    const image = synthesizeImpression(synthesizeFinger(5), { seed: 1, noise: 0.1 });
    const large = doubled(image);
    const small = extractMinutiae(image).minutiae;
    const found = extractMinutiae(large).minutiae;
    const again = small.filter((m) =>
      found.some(
        (f) => Math.hypot(f.xPx - m.xPx, f.yPx - m.yPx) < 4 && angleBetween(f.directionRad, m.directionRad) < 0.4,
      ),
    );
    expect(again.length).toBeGreaterThan(0.85 * small.length);
  });

  it('sees the same in an image that is turned by a quarter or shifted', () => {
    const image = synthesizeImpression(synthesizeFinger(6), { seed: 1, noise: 0.2, widthPx: 320, heightPx: 320 });
    const { widthPx: size, pixels } = image;
    const moved = (from: (x: number, y: number) => number): Minutia[] => {
      const at = (i: number) => from(i % size, Math.floor(i / size));
      return [...extractMinutiae({ ...image, pixels: pixels.map((_, i) => pixels[at(i)] ?? 240) }).minutiae];
    };
    const straight = extractMinutiae(image).minutiae;
    // Pixel (x, y) of the turned image was (y, size - 1 - x): a quarter clockwise.
    const turned = moved((x, y) => (size - 1 - x) * size + y).map((m) => {
      return { ...m, xPx: m.yPx, yPx: size - 1 - m.xPx, directionRad: m.directionRad + Math.PI / 2 };
    });
    const shifted = moved((x, y) => (x < 7 ? -1 : (y + 3) * size + x - 7)).map((m) => {
      return { ...m, xPx: m.xPx - 7, yPx: m.yPx + 3 };
    });
    for (const found of [turned, shifted]) {
      const again = straight.filter((m) =>
        found.some(
          (f) => Math.hypot(f.xPx - m.xPx, f.yPx - m.yPx) < 2 && angleBetween(f.directionRad, m.directionRad) < 0.2,
        ),
      );
      expect(again.length).toBeGreaterThan(0.85 * straight.length);
    }
  });

  it('reports its stages to those who ask, in order', () => {
    const seen: StageKey[] = [];
    const image = dislocation(0.3, 1, 0);
    const transparency = { accepts: (key: StageKey) => key !== 'mask', take: (key: StageKey) => seen.push(key) };
    extractMinutiae(image, { transparency });
    expect(seen[0]).toBe('resampled-image');
    expect(seen.at(-1)).toBe('minutiae');
    expect(seen).not.toContain('mask');
    expect(seen).toHaveLength(10);
  });
});

describe('input that is no finger', () => {
  const plain = (widthPx: number, heightPx: number, value: number): GreyImage => {
    return { widthPx, heightPx, resolutionPpi: 500, pixels: new Uint8Array(widthPx * heightPx).fill(value) };
  };
  const noise: GreyImage = {
    ...plain(300, 300, 0),
    pixels: Uint8Array.from({ length: 90_000 }, (_, i) => Math.imul(i ^ (i >>> 7), 2654435761) >>> 24),
  };
  const rejected: Record<string, GreyImage> = {
    blank: plain(300, 400, 255),
    black: plain(300, 400, 0),
    tiny: plain(20, 20, 128),
    'one pixel': plain(1, 1, 7),
    'one line': plain(400, 1, 9),
    noise,
    'a small spot': { ...plain(300, 300, 255), pixels: spot(300, 40) },
  };
  for (const [name, image] of Object.entries(rejected)) {
    it(`rejects ${name}`, () => {
      const result = extract(image);
      expect(result.kind).toBe('rejected');
      if (result.kind === 'rejected') expect(result.detail).toBeGreaterThan(0);
    });
  }

  const bad: Record<string, [GreyImage, string]> = {
    'no resolution': [{ ...plain(300, 300, 0), resolutionPpi: Number.NaN }, 'E_INVALIDARG'],
    'a resolution of 0': [{ ...plain(300, 300, 0), resolutionPpi: 0 }, 'E_INVALIDARG'],
    'fewer pixels than it says': [{ ...plain(30, 30, 0), widthPx: 300 }, 'E_INVALIDARG'],
    'a fraction of a pixel': [{ ...plain(30, 30, 0), widthPx: 29.5 }, 'E_INVALIDARG'],
    'a huge size': [{ ...plain(1, 1, 0), widthPx: 8000, heightPx: 8000 }, 'WHORL_E_LIMIT_EXCEEDED'],
    'a whole hand': [plain(3000, 3000, 0), 'WHORL_E_LIMIT_EXCEEDED'],
    'more than it could hold after enlarging': [
      { ...plain(900, 900, 0), resolutionPpi: 200 },
      'WHORL_E_LIMIT_EXCEEDED',
    ],
  };
  for (const [name, [image, code]] of Object.entries(bad)) {
    it(`refuses an image with ${name}`, () => {
      expect(codeOf(() => extract(image))).toBe(code);
    });
  }
});

function spot(size: number, radius: number): Uint8Array {
  return Uint8Array.from({ length: size * size }, (_, i) => {
    const x = (i % size) - size / 2;
    const y = Math.floor(i / size) - size / 2;
    return x * x + y * y > radius * radius ? 255 : 128 + 100 * Math.cos(x * 0.7);
  });
}

function doubled({ widthPx, heightPx, pixels }: GreyImage): GreyImage {
  const width = 2 * widthPx;
  const out = Uint8Array.from({ length: 4 * widthPx * heightPx }, (_, i) => {
    return pixels[(Math.floor(i / width) >> 1) * widthPx + ((i % width) >> 1)]!;
  });
  return { widthPx: width, heightPx: 2 * heightPx, resolutionPpi: 1000, pixels: out };
}

function codeOf(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    if (isBiometricError(error)) return error.code;
    throw error;
  }
  return 'nothing thrown';
}
