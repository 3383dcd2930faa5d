/** Template bytes: round trip, and nothing but coded errors from hostile bytes. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isBiometricError } from '../../core/biometric-error.ts';
import type { Impression } from './impression.ts';
import { DESCRIPTOR_BYTES } from './impression.ts';
import { decodeTemplate, encodeTemplate, impressionStarts, locateImpressions, MAX_VIEWS } from './template-codec.ts';

const impressions: fc.Arbitrary<Impression> = fc
  .record({ widthPx: fc.integer({ min: 1, max: 1600 }), heightPx: fc.integer({ min: 1, max: 1600 }) })
  .chain(({ widthPx, heightPx }) =>
    fc.integer({ min: 0, max: 255 }).chain((count) => {
      const list = (max: number) => fc.array(fc.integer({ min: 0, max }), { minLength: count, maxLength: count });
      const bytes = fc.uint8Array({ minLength: count * DESCRIPTOR_BYTES, maxLength: count * DESCRIPTOR_BYTES });
      return fc.record({
        widthPx: fc.constant(widthPx),
        heightPx: fc.constant(heightPx),
        quality: fc.integer({ min: 0, max: 100 }),
        count: fc.constant(count),
        x: list(widthPx * 16).map((v) => Uint16Array.from(v)),
        y: list(heightPx * 16).map((v) => Uint16Array.from(v)),
        direction: list(255).map((v) => Uint8Array.from(v)),
        bifurcation: list(1).map((v) => Uint8Array.from(v)),
        minutiaQuality: list(127).map((v) => Uint8Array.from(v)),
        descriptors: bytes.map((b) => b.map((v, i) => (i % DESCRIPTOR_BYTES === DESCRIPTOR_BYTES - 1 ? v & 3 : v))),
      });
    }),
  );

const textured: fc.Arbitrary<Impression> = impressions.chain((impression) => {
  const frame = (sidePx: number) => Math.min(64, Math.floor((sidePx - 1) / 12 + 0.5));
  const [columns, rows] = [frame(impression.widthPx), frame(impression.heightPx)];
  if (columns === 0 || rows === 0) return fc.constant(impression);
  const word = fc.oneof(fc.constant(0), fc.integer({ min: 1 << 12, max: (1 << 14) - 1 }));
  return fc.tuple(fc.nat(columns - 1), fc.nat(rows - 1)).chain(([firstColumn, firstRow]) =>
    fc
      .array(word, {
        minLength: (columns - firstColumn) * (rows - firstRow),
        maxLength: (columns - firstColumn) * (rows - firstRow),
      })
      .map((words) => words.map((value, i) => (i < 1024 ? value : 0)))
      .map((words) => {
        if (words.every((value) => value === 0)) return impression;
        const samples = Uint16Array.from(words);
        return {
          ...impression,
          texture: { firstColumn, firstRow, columns: columns - firstColumn, rows: rows - firstRow, samples },
        };
      }),
  );
});

const one: Impression = {
  widthPx: 300,
  heightPx: 400,
  quality: 77,
  count: 1,
  x: Uint16Array.of(1000),
  y: Uint16Array.of(2000),
  direction: Uint8Array.of(33),
  bifurcation: Uint8Array.of(1),
  minutiaQuality: Uint8Array.of(100),
  descriptors: new Uint8Array(DESCRIPTOR_BYTES).fill(3),
};

describe('template bytes', () => {
  it('come back as they went', () => {
    fc.assert(
      fc.property(fc.array(textured, { minLength: 1, maxLength: MAX_VIEWS }), (views) => {
        expect(decodeTemplate(encodeTemplate(views))).toEqual(views);
      }),
      { numRuns: 30 },
    );
  });

  it('take at most 1 kB for an impression of 45 minutiae', () => {
    const many = { ...one, count: 45, descriptors: new Uint8Array(45 * DESCRIPTOR_BYTES) };
    expect(encodeTemplate([many]).length).toBe(8 + 8 + 45 * 21);
  });

  it('are read the same from a view into a larger buffer', () => {
    const bytes = encodeTemplate([one]);
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    expect(decodeTemplate(shifted.subarray(3))).toEqual([one]);
  });

  it('of a later version are refused as such', () => {
    const bytes = encodeTemplate([one]);
    bytes[4] = 3;
    expect(codeOf(bytes)).toBe('WHORL_E_NEWER_FORMAT');
  });

  it('cut short or followed by more are malformed', () => {
    const bytes = encodeTemplate([one, one]);
    for (let length = 0; length < bytes.length; length++)
      expect(codeOf(bytes.subarray(0, length))).toBe('WHORL_E_MALFORMED');
    expect(codeOf(Uint8Array.of(...bytes, 0))).toBe('WHORL_E_MALFORMED');
  });

  it('with a minutia outside the image are malformed, and say where', () => {
    const bytes = encodeTemplate([one]);
    bytes[17] = 255;
    expect(() => decodeTemplate(bytes)).toThrow(/minutia at byte 16: 0 lies outside/);
  });

  it('of any kind give a template or a coded error', () => {
    const valid = encodeTemplate([one, one]);
    const changed = fc.array(fc.tuple(fc.nat(valid.length - 1), fc.integer({ min: 0, max: 255 })), { maxLength: 6 });
    const hostile = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      changed.map((edits) => {
        const bytes = Uint8Array.from(valid);
        for (const [at, value] of edits) bytes[at] = value;
        return bytes;
      }),
    );
    fc.assert(
      fc.property(hostile, (bytes) => {
        expect(['decoded', 'WHORL_E_MALFORMED', 'WHORL_E_NEWER_FORMAT']).toContain(codeOf(bytes));
      }),
      { numRuns: 500 },
    );
  });

  it('need at least one impression and at most eight', () => {
    expect(() => encodeTemplate([])).toThrow(/1 to 8/);
    expect(() => encodeTemplate(new Array<Impression>(9).fill(one))).toThrow(/1 to 8/);
  });
});

function codeOf(bytes: Uint8Array): string {
  try {
    decodeTemplate(bytes);
    return 'decoded';
  } catch (error) {
    if (isBiometricError(error)) return error.code;
    throw error;
  }
}

describe('locateImpressions', () => {
  it('rejects exactly what decoding rejects, and finds as many impressions', () => {
    const outcome = (read: () => { length: number }): unknown => {
      try {
        return read().length;
      } catch (error) {
        return isBiometricError(error) ? error.code : error;
      }
    };
    const change = fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 }));
    fc.assert(
      fc.property(
        fc.array(textured, { minLength: 1, maxLength: 3 }),
        change,
        fc.integer({ min: -40, max: 3 }),
        (views, [at, value], cut) => {
          const sound = encodeTemplate(views);
          expect(locateImpressions(sound)).toEqual(impressionStarts(sound));
          const bytes = new Uint8Array(Math.max(0, sound.length + cut));
          bytes.set(sound.subarray(0, bytes.length));
          bytes[at % (views.length === 1 && value % 2 === 0 ? 16 : bytes.length)] = value;
          for (const some of [bytes, bytes.subarray(0, at % 20)]) {
            expect(outcome(() => locateImpressions(some))).toEqual(outcome(() => decodeTemplate(some)));
          }
        },
      ),
    );
  });
});
