/** Synthetic fingers: reproducible, different, and good enough for the engine that must read them. */

import { describe, expect, it } from 'vitest';
import { extract } from '../extract.ts';
import { compare } from '../verify.ts';
import { synthesizeFinger } from './master-finger.ts';
import { synthesizeImpression } from './synthesize-impression.ts';
import { fingerSeed } from './synthetic-person.ts';

function features(seed: number, impression: number): Uint8Array {
  const result = extract(synthesizeImpression(synthesizeFinger(seed), { seed: impression }));
  if (result.kind !== 'features') throw new TypeError('a synthetic impression was rejected');
  return result.features;
}

describe('synthesis', () => {
  it('is the same for the same seeds and another for others', () => {
    const a = synthesizeFinger(7);
    expect(synthesizeFinger(7)).toEqual(a);
    expect(synthesizeFinger(8).ridges).not.toEqual(a.ridges);
    const image = synthesizeImpression(a, { seed: 1 });
    expect(synthesizeImpression(a, { seed: 1 })).toEqual(image);
    expect(synthesizeImpression(a, { seed: 2 }).pixels).not.toEqual(image.pixels);
  });

  it('gives the class asked for its cores and deltas', () => {
    const counts = (['arch', 'tented-arch', 'left-loop', 'right-loop', 'whorl'] as const).map((patternClass) => {
      const { pattern } = synthesizeFinger(3, { patternClass });
      return [pattern.cores.length, pattern.deltas.length];
    });
    expect(counts).toEqual([
      [0, 0],
      [1, 1],
      [1, 1],
      [1, 1],
      [2, 2],
    ]);
  });

  it('makes pictures of the size asked for, ridges dark on light', () => {
    const image = synthesizeImpression(synthesizeFinger(4), { seed: 1, widthPx: 256, heightPx: 300 });
    expect(image.pixels.length).toBe(256 * 300);
    expect(image.resolutionPpi).toBe(500);
    expect(image.pixels[0]).toBeGreaterThan(200);
    expect(Math.min(...image.pixels)).toBeLessThan(90);
  });

  it('makes ridges thicker with pressure', () => {
    const master = synthesizeFinger(4);
    const mean = (pressure: number): number => {
      const { pixels } = synthesizeImpression(master, { seed: 1, pressure });
      return pixels.reduce((sum, v) => sum + v, 0) / pixels.length;
    };
    expect(mean(0.9)).toBeLessThan(mean(0.5));
    expect(mean(0.5)).toBeLessThan(mean(0.1));
  });

  it('makes mated impressions score high and non-mated ones low', () => {
    const fingers = [11, 12, 13, 14, 15].map((seed) => [features(seed, 1), features(seed, 2)] as const);
    for (const [i, [a]] of fingers.entries()) {
      for (const [j, [, b]] of fingers.entries()) {
        if (i === j) expect(compare(a, b)).toBeGreaterThan(5);
        else expect(compare(a, b)).toBeLessThan(4);
      }
    }
  });

  it('gives ten different fingers to a person', () => {
    const seeds = Array.from({ length: 10 }, (_, i) => fingerSeed(42, i + 1));
    expect(new Set(seeds).size).toBe(10);
    expect(seeds.every(Number.isSafeInteger)).toBe(true);
    expect(fingerSeed(42, 1)).toBe(seeds[0]);
    expect(fingerSeed(43, 1)).not.toBe(seeds[0]);
    expect(() => fingerSeed(42, 11)).toThrow(TypeError);
  });
});
