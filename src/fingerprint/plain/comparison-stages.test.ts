/** The kernel's stages of comparison against their plain forms. */

import { describe, expect, it } from 'vitest';
import { CANDIDATE_COLUMN } from '../comparison/candidate-arrays.ts';
import { PairSimilarities } from '../comparison/pair-similarity.ts';
import { prepareImpression } from '../comparison/prepared-template.ts';
import { Relaxation } from '../comparison/relaxation.ts';
import { createWorkspace, loadSide, type Workspace } from '../comparison/workspace.ts';
import { extractImpression } from '../extract.ts';
import { RELAXATION } from '../parameters.ts';
import { synthesizeFinger } from '../synthesis/master-finger.ts';
import { synthesizeImpression } from '../synthesis/synthesize-impression.ts';
import { plainPairSimilarities } from './plain-pair-similarities.ts';
import { plainRelaxation } from './plain-relaxation.ts';

/** Greatest difference of a likelihood (of the order of 0.1 to 1) or a compatibility (0 to 1). */
const BOUND = 2e-5;

const views = [
  [21, 1],
  [21, 2],
  [22, 1],
].map(([finger, seed]) => {
  return prepareImpression(extractImpression(synthesizeImpression(synthesizeFinger(finger!), { seed: seed! })));
});
const empty = new Int32Array(17);

describe.each([
  ['mated', views[0]!, views[1]!],
  ['non-mated', views[0]!, views[2]!],
  ['equal', views[2]!, views[2]!],
  ['empty', empty, views[0]!],
])('kernel: stages of comparison, %s', (_, a, b) => {
  const space = createWorkspace();
  loadSide(space.a, a, 0);
  loadSide(space.b, b, 0);

  it('pairSimilarities: to the bit', () => {
    const pairs = new PairSimilarities(space.kernel);
    const found = pairs.run(space);
    const plain = plainPairSimilarities(a, b);
    expect(space.similarity.slice(0, plain.length)).toEqual(plain);
    const places = [...plain.keys()].filter((at) => plain[at]! >= RELAXATION.minSimilarity);
    expect([...pairs.places.subarray(0, found)]).toEqual(places);
    const [rows, columns] = [space.a.count, space.b.count];
    const bestTwo = (of: (at: number) => boolean): number[] => {
      const sorted = places
        .filter(of)
        .map((at) => plain[at]!)
        .sort((p, q) => q - p);
      return [sorted[0] ?? 0, sorted[1] ?? 0];
    };
    for (let i = 0; i < rows; i++) {
      expect([...pairs.rowBest.subarray(2 * i, 2 * i + 2)]).toEqual(bestTwo((at) => Math.floor(at / columns) === i));
    }
    for (let j = 0; j < columns; j++) {
      expect([...pairs.columnBest.subarray(2 * j, 2 * j + 2)]).toEqual(bestTwo((at) => at % columns === j));
    }
  });

  it('supportCandidates and relax', () => {
    const outcome = new Relaxation(space.kernel).run(space, 0);
    const { candidates } = space;
    const plain = plainRelaxation(candidates);
    for (let p = 0; p < candidates.count; p++) {
      expect(Math.abs(candidates.support[p]! - plain.support[p]!)).toBeLessThan(BOUND * RELAXATION.candidates);
      expect(Math.abs(candidates.likelihood[p]! - plain.likelihood[p]!)).toBeLessThan(BOUND);
      for (let q = 0; q < candidates.count; q++) {
        const compatibility = candidates.compatibility[p * CANDIDATE_COLUMN + q]!;
        expect(Math.abs(compatibility - plain.compatibility[p]![q]!)).toBeLessThan(BOUND);
      }
    }
    expect(outcome.seed < 0).toBe(candidates.count === 0);
  });

  it('gives nothing when the support is not enough', () => {
    expect(new Relaxation(space.kernel).run(space, 1000).seed).toBe(-1);
  });
});

describe('kernel: candidates', () => {
  it('of an earlier comparison leave no trace', () => {
    const seed = (space: Workspace, b: Int32Array): number => {
      loadSide(space.a, views[0]!, 0);
      loadSide(space.b, b, 0);
      return new Relaxation(space.kernel).run(space, 0).relaxed;
    };
    const used = createWorkspace();
    seed(used, views[1]!);
    expect(seed(used, views[2]!)).toBe(seed(createWorkspace(), views[2]!));
  });
});
