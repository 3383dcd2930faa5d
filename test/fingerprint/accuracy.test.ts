/**
 * Accuracy on real prints, where they are available (`../shared/data` beside the repository, or WHORL_TEST_DATA), and
 * proof that the rig notices: an engine whose directions carry 20 degrees of noise must fail it.
 */

import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { errorRates } from '../../src/evaluation/error-rates.ts';
import { loadDataset } from '../../src/evaluation/load-dataset.ts';
import { Comparer } from '../../src/fingerprint/comparison/comparer.ts';
import { prepareImpression } from '../../src/fingerprint/comparison/prepared-template.ts';
import { extractImpression } from '../../src/fingerprint/extract.ts';
import { Random } from '../../src/fingerprint/synthesis/random.ts';
import type { Impression } from '../../src/fingerprint/template/impression.ts';

const SET = 'fvc2002-db1b';
const data = process.env.WHORL_TEST_DATA ?? fileURLToPath(new URL('../../../shared/data', import.meta.url));
const folder = `${data}/${SET}`;

/** Percent: the measured rates plus the misses of one finger as a margin. */
const MOST = { eer: 1, fmr1000: 1.5 };

describe.skipIf(!existsSync(folder))(`accuracy on ${SET} (skipped where ${folder} is absent)`, () => {
  let prints: { finger: string; impression: Impression }[];

  beforeAll(() => {
    prints = loadDataset(folder).map(({ finger, image }) => ({ finger, impression: extractImpression(image) }));
  });

  it('is as good as it was', () => {
    const { eer, fmr1000 } = rates((impression) => impression);
    expect(eer).toBeLessThan(MOST.eer);
    expect(fmr1000).toBeLessThan(MOST.fmr1000);
  });

  it('would be seen to be worse if directions were noised by 20 degrees', () => {
    const random = new Random(1);
    const noised = (impression: Impression): Impression => ({
      ...impression,
      direction: impression.direction.map((d) => Math.round(d + (20 / 360) * 256 * random.normal())),
    });
    const { fmr1000 } = rates(noised);
    expect(fmr1000).toBeGreaterThan(MOST.fmr1000);
  });

  function rates(change: (impression: Impression) => Impression) {
    const views = prints.map(({ finger, impression }) => ({ finger, words: prepareImpression(change(impression)) }));
    const comparer = new Comparer();
    const mated: number[] = [];
    const nonMated: number[] = [];
    for (const [i, a] of views.entries()) {
      for (const b of views.slice(i + 1)) {
        (a.finger === b.finger ? mated : nonMated).push(comparer.compare(a.words, 0, b.words, 0));
      }
    }
    expect([mated.length, nonMated.length]).toEqual([280, 2880]);
    return errorRates(mated, nonMated);
  }
});
