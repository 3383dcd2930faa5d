/**
 * Input that shows no finger, or worse, yields a detail or a coded error in bounded time and memory; cancelling works
 * at every stage.
 */

import { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BiometricError, isBiometricError } from '../../src/core/biometric-error.ts';
import type { GreyImage } from '../../src/core/grey-image.ts';
import { extract, extractImpression } from '../../src/fingerprint/extract.ts';
import { extractionKernel } from '../../src/fingerprint/extraction/extraction-kernel.ts';
import { identify } from '../../src/fingerprint/identify.ts';
import { PackedGallery } from '../../src/fingerprint/search/packed-gallery.ts';
import { synthesizeFinger } from '../../src/fingerprint/synthesis/master-finger.ts';
import { Random } from '../../src/fingerprint/synthesis/random.ts';
import { synthesizeImpression } from '../../src/fingerprint/synthesis/synthesize-impression.ts';
import type { Impression } from '../../src/fingerprint/template/impression.ts';
import { encodeTemplate } from '../../src/fingerprint/template/template-codec.ts';
import { compare, verify } from '../../src/fingerprint/verify.ts';

const print = synthesizeImpression(synthesizeFinger(91), { seed: 1 });
const features = encodeTemplate([extractImpression(print)]);

function picture(widthPx: number, heightPx: number, value: (x: number, y: number) => number): GreyImage {
  const pixels = Uint8ClampedArray.from({ length: widthPx * heightPx }, (_, i) => {
    return value(i % widthPx, Math.floor(i / widthPx));
  });
  return { widthPx, heightPx, resolutionPpi: 500, pixels: new Uint8Array(pixels.buffer) };
}

const random = new Random(5);
const NO_FINGERS: Record<string, GreyImage> = {
  'a checkerboard': picture(300, 300, (x, y) => (255 * ((x >> 3) ^ (y >> 3))) & 255),
  'straight stripes': picture(300, 300, (x) => 128 + 127 * Math.sin(0.7 * x)),
  rings: picture(300, 300, (x, y) => 128 + 127 * Math.sin(0.7 * Math.hypot(x - 150, y - 150))),
  'a slope of grey': picture(300, 300, (x, y) => (x + y) / 3),
  'one edge': picture(300, 300, (x) => (x < 150 ? 0 : 255)),
  'lines of text': picture(300, 300, (x, y) => (y % 24 < 14 && (x * 7 + (y >> 1) * 13) % 11 < 5 ? 20 : 240)),
  'salt and pepper': picture(300, 300, () => (random.uniform() < 0.5 ? 0 : 255)),
  'coarse noise': picture(
    300,
    300,
    (x, y) => 128 + 127 * Math.sin(x * 0.31 + 4 * Math.sin(y * 0.17)) * Math.cos(y * 0.5),
  ),
};

describe('pictures that are no finger', () => {
  for (const [name, image] of Object.entries(NO_FINGERS)) {
    it(`${name}: refused, or like nobody`, () => {
      const result = extract(image);
      if (result.kind === 'rejected') expect(result.guidance.length).toBeGreaterThan(0);
      else expect(compare(result.features, features)).toBeLessThan(2);
    });
  }

  it('saturated prints are read as far as they can be', () => {
    const pixels = print.pixels.map((v) => (v < 128 ? 0 : 255));
    const result = extract({ ...print, pixels });
    expect(result.kind === 'features' && compare(result.features, features)).toBeGreaterThan(5);
    for (const level of [0, 255]) {
      const flat = extract({ ...print, pixels: print.pixels.map(() => level) });
      expect(flat).toMatchObject({ kind: 'rejected', guidance: [{ flaw: 'no-finger' }] });
    }
  });

  it('any small image gives an answer or a coded error', () => {
    const images = fc
      .record({
        widthPx: fc.integer({ min: -1, max: 90 }),
        heightPx: fc.integer({ min: -1, max: 90 }),
        resolutionPpi: fc.oneof(fc.integer({ min: 190, max: 2410 }), fc.constantFrom(Number.NaN, 0, -500, 1e9)),
        seed: fc.nat(),
      })
      .map(({ seed, ...shape }) => {
        const noise = new Random(seed);
        const length = Math.max(0, shape.widthPx * shape.heightPx - (seed % 7 === 0 ? 1 : 0));
        return { ...shape, pixels: Uint8Array.from({ length }, () => 256 * noise.uniform()) };
      });
    fc.assert(
      fc.property(images, (image) => {
        try {
          expect(['features', 'rejected']).toContain(extract(image).kind);
        } catch (error) {
          if (!isBiometricError(error)) throw error;
          expect(['E_INVALIDARG', 'WHORL_E_LIMIT_EXCEEDED']).toContain(error.code);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('the largest and noisiest image ends soon, and holds a bounded memory', () => {
    const noise = new Random(6);
    const image = picture(1600, 1600, () => 256 * noise.uniform());
    const start = performance.now();
    const result = extract(image);
    expect(performance.now() - start).toBeLessThan(10_000);
    expect(result.kind === 'features' ? result.minutiae.length : 0).toBeLessThanOrEqual(160);
    expect(extractionKernel().memory.uint8(1).buffer.byteLength).toBeLessThan(100e6);
    // Nothing is left behind.
    expect(extract(print)).toMatchObject({ kind: 'features', features });
  });
});

describe('hostile templates', () => {
  it('of minutiae in one place, or in a grid, compare like nobody, and soon', () => {
    const fill = (place: (i: number) => readonly [number, number]): Uint8Array => {
      const count = 255;
      const numbers = Array.from({ length: count }, (_, i) => place(i));
      const impression: Impression = {
        widthPx: 400,
        heightPx: 400,
        quality: 100,
        count,
        x: Uint16Array.from(numbers, ([x]) => x),
        y: Uint16Array.from(numbers, ([, y]) => y),
        direction: new Uint8Array(count),
        bifurcation: new Uint8Array(count),
        minutiaQuality: new Uint8Array(count).fill(127),
        descriptors: new Uint8Array(15 * count),
        texture: {
          firstColumn: 0,
          firstRow: 0,
          columns: 32,
          rows: 32,
          // As many samples as there may be, all of them certain: a wave without an end.
          samples: Uint16Array.from({ length: 1024 }, (_, i) => ((7 * i) & 15) | (9 << 4) | (4 << 9) | (3 << 12)),
        },
      };
      return encodeTemplate(new Array<Impression>(8).fill(impression));
    };
    const heaped = fill(() => [3200, 3200]);
    const grid = fill((i) => [400 * (i % 16), 400 * (i >> 4)]);
    const start = performance.now();
    for (const hostile of [heaped, grid]) {
      expect(compare(features, hostile)).toBeLessThan(2);
      expect(compare(hostile, features)).toBeLessThan(2);
      expect(Number.isFinite(compare(hostile, hostile))).toBe(true);
    }
    expect(performance.now() - start).toBeLessThan(30_000);
  });

  it('truncated or changed give a coded error, or a finite score', () => {
    const change = fc.array(fc.tuple(fc.nat(features.length - 1), fc.nat(255)), { maxLength: 8 });
    fc.assert(
      fc.property(change, fc.integer({ min: 0, max: features.length }), fc.boolean(), (edits, length, cut) => {
        const bytes = Uint8Array.from(cut ? features.subarray(0, length) : features);
        for (const [at, value] of edits) if (at < bytes.length) bytes[at] = value;
        try {
          const { score } = verify(features, bytes);
          expect(Number.isFinite(score) && score >= 0).toBe(true);
        } catch (error) {
          if (!isBiometricError(error)) throw error;
          expect(['WHORL_E_MALFORMED', 'WHORL_E_NEWER_FORMAT']).toContain(error.code);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('galleries', () => {
  it('of nobody find nobody, and duplicates are all found', async () => {
    using gallery = new PackedGallery();
    expect(await identify(features, gallery)).toEqual([]);
    for (const id of [3, 1, 2]) gallery.add(id, features);
    gallery.add(2, features);
    expect((await identify(features, gallery)).map(({ recordId }) => recordId).sort()).toEqual([1, 2, 3]);
  });
});

describe('cancelling', () => {
  it('ends an extraction after each of its stages, and the next one is as ever', () => {
    let stages = 0;
    extract(print, { checkpoint: () => stages++ });
    expect(stages).toBeGreaterThan(10);
    for (let stop = 1; stop <= stages; stop++) {
      let passed = 0;
      const checkpoint = (): void => {
        if (++passed === stop) throw new BiometricError('WINBIO_E_CANCELED');
      };
      expect(() => extract(print, { checkpoint })).toThrow(expect.objectContaining({ code: 'WINBIO_E_CANCELED' }));
      expect(passed).toBe(stop);
    }
    expect(extract(print)).toMatchObject({ kind: 'features', features });
  });
});

describe('threads', () => {
  it('give the same features and scores, to the bit', async () => {
    const other = encodeTemplate([extractImpression(synthesizeImpression(synthesizeFinger(91), { seed: 2 }))]);
    const program = `
      const { parentPort, workerData } = require('node:worker_threads');
      Promise.all([import(workerData.extract), import(workerData.verify)]).then(([{ extract }, { compare }]) => {
        const { features } = extract(workerData.print);
        parentPort.postMessage({ features, score: compare(features, workerData.other) });
      });`;
    const [extractUrl, verifyUrl] = ['extract', 'verify'].map(
      (name) => new URL(`../../src/fingerprint/${name}.ts`, import.meta.url).href,
    );
    const workerData = { extract: extractUrl, verify: verifyUrl, print, other };
    const answers = [1, 2].map(() => {
      const worker = new Worker(program, { eval: true, workerData });
      return new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
    });
    const expected = { features, score: compare(features, other) };
    expect(await Promise.all(answers)).toEqual([expected, expected]);
  });
});
