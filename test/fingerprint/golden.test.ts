/**
 * What this version of the engine makes of known input: equal to the bit where a stage is integer, to six digits where
 * it is not. A change here is a new version of the engine: measure it (docs/engine.md), then record the new values, templates
 * and scores with `npm run golden -- write`.
 */

import { beforeAll, describe, expect, it } from 'vitest';
import { ENGINE_VERSION } from '../../src/fingerprint/engine-version.ts';
import { extract } from '../../src/fingerprint/extract.ts';
import type { StageKey, StageRecord } from '../../src/fingerprint/extraction/transparency.ts';
import { FirstStage } from '../../src/fingerprint/search/first-stage.ts';
import { synthesizeFinger } from '../../src/fingerprint/synthesis/master-finger.ts';
import { synthesizeImpression } from '../../src/fingerprint/synthesis/synthesize-impression.ts';
import { impressionStarts } from '../../src/fingerprint/template/template-codec.ts';
import { compareResults } from './golden/compare-results.ts';
import { computeResults, hash, publishedResults } from './golden/reference-results.ts';

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

  it('of templates and scores are the published ones', () => {
    const published = publishedResults(ENGINE_VERSION);
    expect(published, `no results of engine ${ENGINE_VERSION}: npm run golden -- write`).toBeDefined();
    expect(compareResults(published!, computeResults())).toEqual({
      versions: [ENGINE_VERSION, ENGINE_VERSION],
      unmatched: [],
      templates: [],
      scores: [],
      meanChange: 0,
      flips: [],
    });
  });
});

describe('the comparison of results', () => {
  const minutia = [10, 20, 359] as const;
  const print = { name: 'a', template: '1', bytes: 100, quality: 80, minutiae: [minutia, [50, 50, 90]] as const };
  const before = { engineVersion: 1, prints: [print], scores: { 'a b': 5.2, 'a c': 1, 'a d': 9 } };

  it('tells what changed, by how much, and whether a decision flips', () => {
    const changed = {
      ...print,
      template: '2',
      bytes: 90,
      quality: 70,
      minutiae: [
        [11, 20, 2],
        [80, 80, 0],
      ] as const,
    };
    const after = { engineVersion: 2, prints: [changed], scores: { 'a b': 4.9, 'a c': 1, 'a e': 2 } };
    const difference = compareResults(before, after);
    expect(difference).toMatchObject({ versions: [1, 2], unmatched: ['a d', 'a e'] });
    expect(difference.templates).toEqual([
      { name: 'a', minutiae: { kept: 1, gone: 1, added: 1 }, bytes: [100, 90], quality: [80, 70] },
    ]);
    expect(difference.flips).toEqual([{ pair: 'a b', before: 5.2, after: 4.9 }]);
    expect(difference.meanChange).toBeCloseTo(0.15);
  });
});
