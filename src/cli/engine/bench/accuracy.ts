/**
 * `whorl bench accuracy`: error rates on data sets by the FVC protocol. Every impression is compared with every later
 * one: ten fingers of eight impressions give 280 mated and 2,880 non-mated comparisons; where the sides are not alike
 * (`damaged`, `8mm-whole`), with every other one: twice as many. For `eer45` only first impressions give non-mated
 * comparisons. Several data sets have equal weight.
 */

import { writeFileSync } from 'node:fs';
import { conditions } from '../../../evaluation/conditions.ts';
import { detPlot } from '../../../evaluation/det-plot.ts';
import { type ErrorRates, errorRates } from '../../../evaluation/error-rates.ts';
import { bootstrapRates } from '../../../evaluation/finger-bootstrap.ts';
import { PRINT_CONDITIONS } from '../../../evaluation/print-condition.ts';
import type { PrintConditionName } from '../../../evaluation/print-condition-names.ts';
import { type ScoredDataset, scoreDatasets } from '../../../evaluation/score-dataset.ts';
import { quantile, round } from '../../../evaluation/statistics.ts';
import { scoreOfLogOdds, thresholdForFmr } from '../../../fingerprint/comparison/score.ts';
import { benchRun, printReport } from './bench-run.ts';
import { printTable } from './print-table.ts';

/** Options of the command. */
export interface AccuracyOptions {
  readonly json?: boolean;
  /** SVG file for the DET curve and the scores. */
  readonly plot?: string;
  /** Names of conditions, with commas between. Default: clean. */
  readonly condition?: string;
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
  /** Mean FNMR over FMR 10 to 0.1 %. */
  readonly meanFnmr: number;
  readonly eerInterval: Interval;
  readonly fmr100Interval: Interval;
  readonly fmr1000Interval: Interval;
  readonly zeroFmrInterval: Interval;
  readonly eer45: number;
  /** FNMR at the threshold published for FMR 1e-4. */
  readonly fnmrAtScore4: number;
  /** The same for FMR 1e-5, the default. */
  readonly fnmrAtScore5: number;
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

/** Figures of one condition. */
interface ConditionReport extends AccuracyFigures {
  readonly condition: PrintConditionName;
  /** Name of the only data set, or how many there are. */
  readonly dataset?: string;
  readonly datasets?: number;
  /** Figures of each, when there are several. */
  readonly sets?: readonly ({ readonly dataset: string } & AccuracyFigures)[];
}

/** Measures and prints. Rejects as {@link scoreDatasets} does, and with WINBIO_E_CANCELED on Ctrl+C. */
export async function accuracy(folders: readonly string[], options: AccuracyOptions = {}): Promise<void> {
  const names = (options.condition ?? 'clean').split(',') as PrintConditionName[];
  const scored = await benchRun('impressions', async (run) => {
    const all: ScoredDataset[][] = [];
    for (const name of names) all.push(await scoreDatasets(folders, run, PRINT_CONDITIONS[name]));
    return all;
  });
  if (options.plot !== undefined) writeFileSync(options.plot, detPlot(drawn(names, scored)));
  const reports = names.map((name, i) => reportOf(name, scored[i]!));
  const [only, ...others] = reports;
  const machine = conditions(SEED);
  if (options.json) {
    printReport({ ...(others.length === 0 ? only : { conditions: reports }), ...machine }, true);
  } else if (others.length === 0 && only?.sets === undefined) printReport({ ...only, ...machine });
  else {
    for (const report of reports) printRates(report);
    printReport(machine);
  }
}

/** Curves of several conditions are named by them as well. */
function drawn(names: readonly string[], scored: readonly ScoredDataset[][]): ScoredDataset[] {
  const title = (set: ScoredDataset, i: number) => (names.length === 1 ? set.name : `${set.name}, ${names[i]}`);
  return scored.flatMap((sets, i) => sets.map((set) => ({ ...set, name: title(set, i) })));
}

function reportOf(condition: PrintConditionName, sets: readonly ScoredDataset[]): ConditionReport {
  const measured = sets.map((set) => ({ set, draws: bootstrapRates(set.comparisons, SEED) }));
  const each = measured.map((one) => ({ dataset: one.set.name, ...figuresOf([one]) }));
  const [only, ...others] = each;
  if (only !== undefined && others.length === 0) return { condition, ...only };
  return { condition, datasets: each.length, ...figuresOf(measured), sets: each };
}

function printRates(report: ConditionReport): void {
  const row = (name: string, figures: AccuracyFigures) => [
    name,
    figures.eer,
    figures.fmr100,
    figures.fmr1000,
    figures.zeroFmr,
    figures.meanFnmr,
    figures.fnmrAtScore4,
    figures.fnmrAtScore5,
    figures.extractionFailures,
  ];
  const sets = report.sets ?? [];
  printTable(
    `${report.condition}: ${report.mated} mated, ${report.nonMated} non-mated comparisons; FNMR in percent`,
    ['', 'EER', 'FMR100', 'FMR1000', 'zeroFMR', 'mean', 'below 4', 'below 5', 'refused'],
    [...sets.map((set) => row(set.dataset, set)), row(report.dataset ?? 'mean', report)],
  );
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
  const below = (fmr: number): number =>
    round(mean(scores.map(({ mated }) => 100 * shareBelow(mated, thresholdForFmr(fmr)))));
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
    meanFnmr: rate('meanFnmr'),
    eerInterval: interval('eer'),
    fmr100Interval: interval('fmr100'),
    fmr1000Interval: interval('fmr1000'),
    zeroFmrInterval: interval('zeroFmr'),
    eer45: round(mean(scores.map(({ mated, first }) => errorRates(mated, first).eer))),
    fnmrAtScore4: below(1e-4),
    fnmrAtScore5: below(1e-5),
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
