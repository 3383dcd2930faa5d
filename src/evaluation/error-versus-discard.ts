/**
 * Error-versus-discard curves (Grother and Tabassi 2007; ISO/IEC 29794-1): what is missed of the samples that remain
 * when those of least quality are taken away. A quality that says nothing leaves the curve level.
 */

import { thresholdAt } from './error-rates.ts';
import type { JudgedSample, ScoredDataset } from './score-dataset.ts';

/** False match rate of the threshold, which stays while samples are discarded. */
const FMR = 1e-3;

/** A sample, and what is missed of it. */
export interface SampleOutcome {
  readonly sample: JudgedSample;
  /** Outcomes of its mated comparisons: number of the other sample, among all outcomes, and whether it was missed. */
  readonly mates: readonly { readonly other: number | undefined; readonly missed: boolean }[];
}

/** Outcomes of the probes of all sets, each at the threshold of its set. */
export function sampleOutcomes(sets: readonly ScoredDataset[]): SampleOutcome[] {
  const outcomes: (SampleOutcome & { mates: { other: number | undefined; missed: boolean }[] })[] = [];
  for (const { comparisons, probes, isSymmetric } of sets) {
    const first = outcomes.length;
    const nonMated = comparisons.filter(({ a, b }) => a !== b).map(({ logOdds }) => logOdds);
    const threshold = thresholdAt(nonMated, FMR);
    outcomes.push(...probes.map((sample) => ({ sample, mates: [] })));
    for (const { a, b, probe, reference, logOdds } of comparisons) {
      if (a !== b) continue;
      const missed = logOdds <= threshold;
      outcomes[first + probe]!.mates.push({ other: isSymmetric ? first + reference : undefined, missed });
      if (isSymmetric) outcomes[first + reference]!.mates.push({ other: first + probe, missed });
    }
  }
  return outcomes;
}

/** FNMR in percent of what remains when each of these shares of the samples is discarded, those with least `worth` first. */
export function errorsVersusDiscard(
  outcomes: readonly SampleOutcome[],
  shares: readonly number[],
  worth: (outcome: SampleOutcome) => number,
): number[] {
  const order = outcomes.map((_, i) => i).sort((i, j) => worth(outcomes[i]!) - worth(outcomes[j]!) || i - j);
  return shares.map((share) => {
    const gone = new Set(order.slice(0, Math.round(share * order.length)));
    const left = outcomes.flatMap(({ mates }, i) =>
      gone.has(i) ? [] : mates.filter(({ other }) => other === undefined || !gone.has(other)),
    );
    return (100 * missedOf(left)) / left.length;
  });
}

/** How many mated comparisons of a sample were missed, as a share. */
export function missedShare({ mates }: SampleOutcome): number {
  return mates.length === 0 ? 0 : missedOf(mates) / mates.length;
}

function missedOf(mates: SampleOutcome['mates']): number {
  return mates.filter(({ missed }) => missed).length;
}
