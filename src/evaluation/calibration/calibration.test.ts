/** Parts of the calibration's measurement: what is remembered, which views are chosen, how often a promise is kept. */

import { describe, expect, it } from 'vitest';
import { compareTemplates } from '../../fingerprint/comparison/compare-templates.ts';
import { Comparer } from '../../fingerprint/comparison/comparer.ts';
import { prepareTemplate } from '../../fingerprint/comparison/prepared-template.ts';
import { extractImpression } from '../../fingerprint/extract.ts';
import { synthesizeFinger } from '../../fingerprint/synthesis/master-finger.ts';
import { Random } from '../../fingerprint/synthesis/random.ts';
import { synthesizeImpression } from '../../fingerprint/synthesis/synthesize-impression.ts';
import { encodeTemplate } from '../../fingerprint/template/template-codec.ts';
import { CalibrationTally } from './calibration-tally.ts';
import { RememberingComparer } from './remembering-comparer.ts';
import { MOST_SUBSETS, viewSubsets } from './view-subsets.ts';

describe('a comparer that remembers', () => {
  it('gives templates the scores that any other gives', () => {
    const impressions = [41, 41, 41, 42, 42].map((finger, i) =>
      extractImpression(synthesizeImpression(synthesizeFinger(finger), { seed: i + 1, widthPx: 240, heightPx: 260 })),
    );
    const remembering = new RememberingComparer(impressions.length);
    const make = (...numbers: number[]) => {
      const template = prepareTemplate(encodeTemplate(numbers.map((number) => impressions[number]!)));
      remembering.know(template, numbers);
      return template;
    };
    const references = [make(0), make(0, 1), make(1, 0), make(1, 1, 1), make(3, 4)];
    for (const probe of [make(2), make(4), make(2)]) {
      for (const reference of references) {
        const plain = compareTemplates(new Comparer(), probe, reference);
        expect(compareTemplates(remembering, probe, reference)).toBe(plain);
      }
    }
  });
});

describe('subsets of views', () => {
  it('are all of them, or a sample of different ones', () => {
    expect(viewSubsets(4, 2, new Random(1)).map(String)).toEqual(['0,1', '0,2', '0,3', '1,2', '1,3', '2,3']);
    expect(viewSubsets(8, 4, new Random(1))).toHaveLength(MOST_SUBSETS);
    const sample = viewSubsets(12, 4, new Random(1));
    expect(new Set(sample.map(String)).size).toBe(MOST_SUBSETS);
    expect(sample).toEqual(viewSubsets(12, 4, new Random(1)));
  });
});

describe('a tally', () => {
  const fingers = [0, 0, 1, 1].map((set, i) => ({ set, name: `${set}/${i}` }));

  it('divides what was measured by what was promised', () => {
    const tally = new CalibrationTally(fingers, (a, b) => a + b === 3);
    for (let i = 0; i < 1000; i++) {
      tally.add(0, 1, i < 20 ? 2.5 : 0);
      tally.add(2, 0, 3);
      tally.add(1, 2, 9);
      tally.add(1, 1, i < 30 ? 7 : 8.5);
    }
    const figures = tally.figures({ within: 500, across: 250 }, 1);
    expect(figures.within.comparisons).toBe(1000);
    expect(figures.within.promises.map(({ reached, ratio }) => [reached, ratio])).toEqual([
      [20, 2],
      [0, 0],
      [0, 0],
      [0, 0],
    ]);
    expect(figures.within.promises[1]!.interval).toEqual([0, 6]);
    // Fingers 1 and 2 are one under two names.
    expect(figures.across!.promises.map(({ reached }) => reached)).toEqual([1000, 1000, 0, 0]);
    expect(figures.fnmr.map(({ score, percent }) => [score, percent])).toEqual([
      [5, 0],
      [8, 3],
      [9, 100],
    ]);
  });
});
