/** Error-versus-discard curves of cases done by hand. */

import { describe, expect, it } from 'vitest';
import { errorsVersusDiscard, missedShare, sampleOutcomes } from './error-versus-discard.ts';
import type { ScoredDataset } from './score-dataset.ts';

/** Four samples of two fingers; a mated comparison is missed when one of its samples is poor. */
function dataset(isSymmetric: boolean): ScoredDataset {
  const qualities = [90, 10, 80, 70];
  const comparisons = [0, 1, 2, 3].flatMap((probe) =>
    [0, 1, 2, 3]
      .filter((reference) => (isSymmetric ? reference > probe : reference !== probe))
      .map((reference) => {
        const [a, b] = [probe, reference].map((i) => (i < 2 ? 'left' : 'right')) as [string, string];
        const poor = isSymmetric ? probe === 1 || reference === 1 : probe === 1;
        return { a, b, probe, reference, first: false, logOdds: a !== b ? 0 : poor ? -1 : 5 };
      }),
  );
  const probes = qualities.map((quality, number) => ({ quality, flaws: [], number }));
  const rest = { extractionFailures: 0, extractMs: [], compareUs: 0, templateBytes: 0 };
  return { name: 'set', comparisons, isSymmetric, probes, ...rest };
}

describe('errors versus discard', () => {
  it('fall when the samples that are missed go first', () => {
    const outcomes = sampleOutcomes([dataset(false)]);
    expect(outcomes.map(missedShare)).toEqual([0, 1, 0, 0]);
    expect(errorsVersusDiscard(outcomes, [0, 0.25, 0.5], ({ sample }) => sample.quality)).toEqual([25, 0, 0]);
    expect(errorsVersusDiscard(outcomes, [0, 0.25], ({ sample }) => -sample.quality)[1]).toBeCloseTo(100 / 3);
  });

  it('lose both samples of a comparison where probes are references', () => {
    const outcomes = sampleOutcomes([dataset(true), dataset(true)]);
    expect(outcomes.map(missedShare)).toEqual([1, 1, 0, 0, 1, 1, 0, 0]);
    expect(errorsVersusDiscard(outcomes, [0, 0.25], ({ sample }) => sample.quality)).toEqual([50, 0]);
  });
});
