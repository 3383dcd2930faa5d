/**
 * What this version of the engine makes of known input: equal to the bit where a stage is integer, to six digits where
 * it is not. A change here is a new version of the engine: measure it (docs/engine.md), then record the new values.
 */

import { beforeAll, describe, expect, it } from 'vitest';
import { extract } from '../../src/fingerprint/extract.ts';
import type { StageKey, StageRecord } from '../../src/fingerprint/extraction/transparency.ts';
import { FirstStage } from '../../src/fingerprint/search/first-stage.ts';
import { synthesizeFinger } from '../../src/fingerprint/synthesis/master-finger.ts';
import { synthesizeImpression } from '../../src/fingerprint/synthesis/synthesize-impression.ts';
import { impressionStarts } from '../../src/fingerprint/template/template-codec.ts';
import { compare } from '../../src/fingerprint/verify.ts';

const stages = new Map<StageKey, StageRecord>();
const features: Uint8Array[] = [];

beforeAll(() => {
  const image = synthesizeImpression(synthesizeFinger(2026), { seed: 1 });
  const transparency = { accepts: () => true, take: (key: StageKey, record: StageRecord) => stages.set(key, record) };
  for (const result of [
    extract(image, { transparency }),
    extract(synthesizeImpression(synthesizeFinger(2026), { seed: 2 })),
    extract(synthesizeImpression(synthesizeFinger(2027), { seed: 1 })),
  ]) {
    if (result.kind === 'features') features.push(result.features);
  }
});

describe('golden values', () => {
  it('of integer stages', () => {
    expect(hash(stages.get('resampled-image')!.arrays.grey as Uint8Array)).toMatchInlineSnapshot(`"be91bdeb"`);
    expect(hash(stages.get('mask')!.arrays.mask as Uint8Array)).toMatchInlineSnapshot(`"5368464"`);
  });

  it('of floating-point stages, as means', () => {
    const mean = (key: StageKey, name: string): string => {
      const array = stages.get(key)!.arrays[name]!;
      let sum = 0;
      for (const value of array) sum += Math.abs(value);
      return (sum / array.length).toPrecision(6);
    };
    expect([
      mean('normalized-image', 'normal'),
      mean('first-orientation', 'cos2'),
      mean('ridge-period', 'period'),
      mean('first-response', 'even'),
      mean('second-orientation', 'sin2'),
      mean('second-response', 'odd'),
    ]).toMatchInlineSnapshot(`
      [
        "0.333909",
        "0.705169",
        "4.73162",
        "0.311298",
        "0.440442",
        "0.311875",
      ]
    `);
  });

  it('of counts', () => {
    const count = (key: StageKey): number => stages.get(key)!.arrays.xPx!.length;
    expect([count('phase-residues'), count('uncancelled-residues'), count('minutiae')]).toMatchInlineSnapshot(`
      [
        35,
        31,
        31,
      ]
    `);
  });

  it('of templates', () => {
    expect(features.map((bytes) => [bytes.length, hash(bytes)])).toMatchInlineSnapshot(`
      [
        [
          1591,
          "f922346c",
        ],
        [
          1889,
          "99c1f42",
        ],
        [
          2567,
          "9541eb25",
        ],
      ]
    `);
  });

  it('of codes', () => {
    const stage = new FirstStage();
    expect(features.map((bytes) => hash(stage.code(bytes, impressionStarts(bytes)[0]!)))).toMatchInlineSnapshot(`
      [
        "beda0e0c",
        "73752888",
        "b29b0593",
      ]
    `);
  });

  it('of scores', () => {
    const [a, b, c] = features as [Uint8Array, Uint8Array, Uint8Array];
    expect([compare(a, b), compare(a, c), compare(b, c)].map((score) => score.toPrecision(6))).toMatchInlineSnapshot(`
      [
        "13.4932",
        "0.00000",
        "0.00000",
      ]
    `);
  });
});

/** FNV-1a, 32 bits. */
function hash(bytes: Uint8Array): string {
  let value = 0x811c9dc5;
  for (const byte of bytes) value = Math.imul(value ^ byte, 0x01000193);
  return (value >>> 0).toString(16);
}
