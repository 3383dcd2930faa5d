/** What a person is told about prints that are dry, wet, partial, shifted or smudged. */

import { describe, expect, it } from 'vitest';
import type { GreyImage } from '../../src/core/grey-image.ts';
import { grain } from '../../src/evaluation/damage/grain.ts';
import { extract } from '../../src/fingerprint/extract.ts';
import { guidanceFor } from '../../src/fingerprint/extraction/guidance.ts';
import { synthesizeFinger } from '../../src/fingerprint/synthesis/master-finger.ts';
import { Random } from '../../src/fingerprint/synthesis/random.ts';
import { type ImpressionOptions, synthesizeImpression } from '../../src/fingerprint/synthesis/synthesize-impression.ts';

const masters = [701, 702, 703, 704].map((seed) => synthesizeFinger(seed));

/** Flaws of an impression of each finger. */
function flaws(options: Omit<ImpressionOptions, 'seed'>, change = (image: GreyImage) => image): string[] {
  return masters.map((master, i) => {
    const { guidance } = extract(change(synthesizeImpression(master, { seed: i + 1, ...options })));
    return guidance.map(({ flaw }) => flaw).join();
  });
}

const each = (flaw: string): string[] => masters.map(() => flaw);

describe('guidance', () => {
  it('is none for a good print', () => {
    expect(flaws({})).toEqual(each(''));
  });

  it('tells dry prints, whose ridges are thin, from wet ones, whose ridges are thick', () => {
    expect(flaws({ pressure: 0.1 }, (image) => extreme(image, Math.max))).toEqual(each('too-dry'));
    expect(flaws({ pressure: 0.9 }, (image) => extreme(image, Math.min))).toEqual(each('too-wet'));
  });

  it('asks for more of a small print', () => {
    expect(flaws({ contact: 0.25 })).toEqual(each('too-small'));
  });

  it('says where to move a print that is cut off', () => {
    expect(flaws({ shiftXPx: -120 })).toEqual(each('too-far-left'));
    expect(flaws({ shiftXPx: 120 })).toEqual(each('too-far-right'));
    expect(flaws({ shiftYPx: -150 })).toEqual(each('too-high'));
    expect(flaws({ shiftYPx: 150 })).toEqual(each('too-low'));
  });

  it('sees that a print is smudged', () => {
    expect(flaws({}, smudged)).toEqual(each('smudged'));
  });

  it('sees black clots in a wet print', () => {
    for (const found of flaws({}, clotted)) expect(found).toContain('too-wet');
  });

  it('tells dirt, which has no flow, from ridges', () => {
    for (const found of flaws({ contact: 0.5 }, grained)) expect(found).toContain('dirty');
  });

  it('tells ridges that are broken along their flow', () => {
    const { quality } = extract(synthesizeImpression(masters[0]!, { seed: 1 }));
    expect(guidanceFor({ ...quality, breaks: 0.3 }, 0)).toMatchObject([{ flaw: 'broken-ridges' }]);
  });

  it('sees what an earlier touch left on the sensor', () => {
    const earlier = synthesizeImpression(synthesizeFinger(705), { seed: 1, contact: 1 });
    const over = (image: GreyImage): GreyImage => ({
      ...image,
      pixels: image.pixels.map((v, i) => Math.min(v, 255 - 0.4 * (255 - earlier.pixels[i]!))),
    });
    expect(flaws({ contact: 0.5 }, over)).toEqual(each('earlier-touch'));
  });

  it('begins with what explains a refusal, and never lacks then', () => {
    const pixels = new Uint8Array(300 * 300).fill(255);
    const blank = extract({ widthPx: 300, heightPx: 300, resolutionPpi: 500, pixels });
    expect(blank.guidance).toMatchObject([{ flaw: 'no-finger', words: 'Put a finger on the sensor.' }]);
    for (let i = 0; i < pixels.length; i++) pixels[i] = Math.imul(i ^ (i >>> 7), 2654435761) >>> 24;
    const noise = extract({ widthPx: 300, heightPx: 300, resolutionPpi: 500, pixels });
    expect(noise.kind === 'rejected' && noise.guidance[0]?.detail).toBe(noise.quality.rejectDetail);
    const tiny = extract(synthesizeImpression(masters[0]!, { seed: 1, contact: 0.03, shiftXPx: -120 }));
    expect(tiny.kind === 'rejected' && tiny.guidance[0]?.detail).toBe(tiny.quality.rejectDetail);
  });
});

/** Each pixel takes the lightest or the darkest value within two steps. */
function extreme(image: GreyImage, pick: (...values: number[]) => number): GreyImage {
  const { widthPx: w, pixels } = image;
  const step = (from: Uint8Array): Uint8Array =>
    from.map((v, i) => pick(v, from[i - 1] ?? v, from[i + 1] ?? v, from[i - w] ?? v, from[i + w] ?? v));
  return { ...image, pixels: step(step(pixels)) };
}

/** The finger slid to the lower right while it was captured. */
function smudged(image: GreyImage): GreyImage {
  const { widthPx: w, pixels } = image;
  const reach = 12;
  return {
    ...image,
    pixels: pixels.map((v, i) => {
      let sum = 0;
      for (let t = -reach; t <= reach; t++) sum += pixels[i + t + w * Math.round(0.7 * t)] ?? v;
      return sum / (2 * reach + 1);
    }),
  };
}

/** Water fills the middle: nearly black, with a little texture. */
function clotted(image: GreyImage): GreyImage {
  const { widthPx: w, heightPx: h } = image;
  const inside = (x: number, y: number): boolean => Math.hypot(x - w / 2, y - h / 2) < 85;
  return { ...image, pixels: image.pixels.map((v, i) => (inside(i % w, Math.floor(i / w)) ? v * 0.15 : v)) };
}

/** Grey noise wherever there is no print. */
function grained(image: GreyImage): GreyImage {
  const { widthPx, heightPx } = image;
  const random = new Random(1);
  const spots = grain(widthPx, heightPx, 2.6, () => random.uniform());
  return { ...image, pixels: image.pixels.map((v, i) => Math.min(v, Math.max(0, 190 + 50 * spots[i]!))) };
}
