/**
 * `whorl bench accuracy`: error rates on data sets by the FVC protocol. Every impression is compared with every later
 * one: ten fingers of eight impressions give 280 mated and 2,880 non-mated comparisons. For `eer45` only first
 * impressions give non-mated comparisons. Several data sets have equal weight.
 */

import { writeFileSync } from 'node:fs';
import { conditions } from '../../../evaluation/conditions.ts';
import { detPlot } from '../../../evaluation/det-plot.ts';
import { type ErrorRates, errorRates } from '../../../evaluation/error-rates.ts';
import { bootstrapRates } from '../../../evaluation/finger-bootstrap.ts';
import { type ScoredDataset, scoreDataset } from '../../../evaluation/score-dataset.ts';
import { quantile, round } from '../../../evaluation/statistics.ts';
import { scoreOfLogOdds, thresholdForFmr } from '../../../fingerprint/comparison/score.ts';
import { benchRun, printReport } from './bench-run.ts';

/** Options of the command. */
export interface AccuracyOptions {
  readonly json?: boolean;
  /** SVG file for the DET curve and the scores. */
  readonly plot?: string;
}

type Interval = readonly [low: number, high: number];

/** Rates and their 95 % intervals in percent, times and sizes. */
interface AccuracyFigures {
  readonly mated: number;
  readonly nonMated: number;
  readonly eer: number;
  readonly fmr100: number;
  readonly fmr1000: number;
  readonly zeroFmr: number;
  readonly eerInterval: Interval;
  readonly fmr100Interval: Interval;
  readonly fmr1000Interval: Interval;
  readonly zeroFmrInterval: Interval;
  readonly eer45: number;
  /** FNMR at the threshold published for FMR 1e-4. */
  readonly fnmrAtScore4: number;
  readonly extractionFailures: number;
  readonly extractMs: number;
  readonly compareUs: number;
  readonly templateBytes: number;
}

/** A data set, with rates of fingers drawn again and again, for the intervals. */
interface MeasuredDataset {
  readonly set: ScoredDataset;
  readonly draws: readonly ErrorRates[];
}

const SEED = 1;

/** Measures and prints. Rejects as {@link scoreDataset} does, and with WINBIO_E_CANCELED on Ctrl+C. */
export async function accuracy(folders: readonly string[], options: AccuracyOptions = {}): Promise<void> {
  const sets = await benchRun('impressions', async (run) => {
    const scored: ScoredDataset[] = [];
    for (const folder of folders) scored.push(await scoreDataset(folder, run));
    return scored;
  });
  if (options.plot !== undefined) writeFileSync(options.plot, detPlot(sets));
  const measured = sets.map((set) => ({ set, draws: bootstrapRates(set.comparisons, SEED) }));
  const each = measured.map((one) => ({ dataset: one.set.name, ...figuresOf([one]) }));
  const [only, ...others] = each;
  const report = others.length === 0 ? only : { datasets: each.length, ...figuresOf(measured), sets: each };
  printReport({ ...report, ...conditions(SEED) }, options.json);
}

/** Means over the data sets; sums of comparisons and failures. */
function figuresOf(measured: readonly MeasuredDataset[]): AccuracyFigures {
  const sets = measured.map(({ set }) => set);
  const scores = sets.map(({ comparisons }) => {
    const mated = comparisons.filter(({ a, b }) => a === b).map(({ logOdds }) => logOdds);
    const nonMated = comparisons.filter(({ a, b }) => a !== b);
    const of = (some: typeof nonMated) => some.map(({ logOdds }) => logOdds);
    return { mated, nonMated: of(nonMated), first: of(nonMated.filter(({ first }) => first)) };
  });
  const rates = scores.map(({ mated, nonMated }) => errorRates(mated, nonMated));
  const rate = (key: keyof ErrorRates): number => round(mean(rates.map((all) => all[key])));
  const fewestMated = Math.min(...scores.map(({ mated }) => mated.length));
  const interval = (key: keyof ErrorRates): Interval => {
    const count = Math.min(...measured.map(({ draws }) => draws.length));
    const means = Array.from({ length: count }, (_, i) => mean(measured.map(({ draws }) => draws[i]?.[key] ?? 0)));
    const [low, high] = [round(quantile(means, 0.025)), round(quantile(means, 0.975))];
    // No error was seen, which says no more than the rule of three: fewer than 3 in n, at 95 %.
    return high > 0 ? [low, high] : [0, round(Math.min(100, 300 / fewestMated))];
  };
  return {
    mated: scores.reduce((sum, { mated }) => sum + mated.length, 0),
    nonMated: scores.reduce((sum, { nonMated }) => sum + nonMated.length, 0),
    eer: rate('eer'),
    fmr100: rate('fmr100'),
    fmr1000: rate('fmr1000'),
    zeroFmr: rate('zeroFmr'),
    eerInterval: interval('eer'),
    fmr100Interval: interval('fmr100'),
    fmr1000Interval: interval('fmr1000'),
    zeroFmrInterval: interval('zeroFmr'),
    eer45: round(mean(scores.map(({ mated, first }) => errorRates(mated, first).eer))),
    fnmrAtScore4: round(mean(scores.map(({ mated }) => 100 * shareBelow(mated, thresholdForFmr(1e-4))))),
    extractionFailures: sets.reduce((sum, set) => sum + set.extractionFailures, 0),
    extractMs: round(mean(sets.map((set) => quantile(set.extractMs, 0.5))), 1),
    compareUs: round(mean(sets.map((set) => set.compareUs)), 1),
    templateBytes: Math.round(mean(sets.map((set) => set.templateBytes))),
  };
}

function shareBelow(logOdds: readonly number[], threshold: number): number {
  return logOdds.filter((value) => scoreOfLogOdds(value) < threshold).length / logOdds.length;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
