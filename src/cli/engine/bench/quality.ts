/** `whorl bench quality`: how far quality and advice predict that a mate is missed. */

import { conditions } from '../../../evaluation/conditions.ts';
import {
  errorsVersusDiscard,
  missedShare,
  type SampleOutcome,
  sampleOutcomes,
} from '../../../evaluation/error-versus-discard.ts';
import { damageKindOf, PRINT_CONDITIONS } from '../../../evaluation/print-condition.ts';
import type { PrintConditionName } from '../../../evaluation/print-condition-names.ts';
import { type ScoredDataset, scoreDatasets } from '../../../evaluation/score-dataset.ts';
import { quantile, round } from '../../../evaluation/statistics.ts';
import { QUALITY_VERSION } from '../../../fingerprint/extraction/sample-quality.ts';
import { benchRun, printReport } from './bench-run.ts';
import { printTable } from './print-table.ts';

/** Options of the command. */
export interface QualityBenchOptions {
  readonly json?: boolean;
  /** Names of conditions, with commas between. Default: clean. */
  readonly condition?: string;
}

const SEED = 1;
const DISCARDED = [0, 0.05, 0.1, 0.15, 0.2, 0.3];
/** A sample fails when this share of its mated comparisons is missed. */
const FAILS_FROM = 0.25;

/** Curves and advice of one condition. */
interface QualityReport {
  readonly condition: string;
  readonly samples: number;
  /** Shares of the samples discarded. */
  readonly discarded: readonly number[];
  /** FNMR at FMR 0.1 %, percent, when samples of least quality are discarded. */
  readonly fnmr: readonly number[];
  /** The same when those that are missed most are: no quality could do better. */
  readonly leastFnmr: readonly number[];
  /** Quality that 5, 50, 95 % of the samples are below. */
  readonly quality: readonly number[];
  /** Samples with a quarter of their mated comparisons missed, and those of them that get advice. */
  readonly failing: number;
  readonly failingAdvised: number;
  /** How many samples each piece of advice is given for: all, then by kind of damage. */
  readonly advice: readonly {
    readonly group: string;
    readonly samples: number;
    readonly flaws: Readonly<Record<string, number>>;
  }[];
}

/** Measures and prints. Rejects as {@link scoreDatasets} does, and with WINBIO_E_CANCELED on Ctrl+C. */
export async function quality(folders: readonly string[], options: QualityBenchOptions = {}): Promise<void> {
  const names = (options.condition ?? 'clean').split(',') as PrintConditionName[];
  const reports = await benchRun('impressions', async (run) => {
    const all: QualityReport[] = [];
    for (const name of names) all.push(reportOf(name, await scoreDatasets(folders, run, PRINT_CONDITIONS[name])));
    return all;
  });
  const machine = { qualityVersion: QUALITY_VERSION, ...conditions(SEED) };
  if (options.json) printReport({ conditions: reports, ...machine }, true);
  else {
    for (const report of reports) printCurves(report);
    printReport(machine);
  }
}

function reportOf(condition: PrintConditionName, sets: readonly ScoredDataset[]): QualityReport {
  const outcomes = sampleOutcomes(sets);
  const curve = (worth: (outcome: SampleOutcome) => number): number[] =>
    errorsVersusDiscard(outcomes, DISCARDED, worth).map((value) => round(value));
  const values = outcomes.map(({ sample }) => sample.quality);
  const failing = outcomes.filter((outcome) => missedShare(outcome) >= FAILS_FROM);
  const groups = condition === 'damaged' ? Map.groupBy(outcomes, ({ sample }) => damageKindOf(sample.number)) : [];
  return {
    condition,
    samples: outcomes.length,
    discarded: DISCARDED,
    fnmr: curve(({ sample }) => sample.quality),
    leastFnmr: curve((outcome) => -missedShare(outcome)),
    quality: [0.05, 0.5, 0.95].map((share) => quantile(values, share)),
    failing: failing.length,
    failingAdvised: failing.filter(({ sample }) => sample.flaws.length > 0).length,
    advice: [['all', outcomes] as const, ...groups].map(([group, some]) => ({
      group,
      samples: some.length,
      flaws: countFlaws(some),
    })),
  };
}

function countFlaws(outcomes: readonly SampleOutcome[]): Record<string, number> {
  const counts: Record<string, number> = { any: outcomes.filter(({ sample }) => sample.flaws.length > 0).length };
  for (const { sample } of outcomes) for (const flaw of sample.flaws) counts[flaw] = (counts[flaw] ?? 0) + 1;
  return counts;
}

function printCurves(report: QualityReport): void {
  const [low, middle, high] = report.quality;
  printTable(
    `${report.condition}: FNMR at FMR 0.1 %, percent, of ${report.samples} samples; quality ${low}, ${middle}, ${high} (5, 50, 95 %)`,
    ['discarded', ...report.discarded.map((share) => `${100 * share} %`)],
    [
      ['by quality', ...report.fnmr],
      ['at best', ...report.leastFnmr],
    ],
  );
  const flaws = [...new Set(report.advice.flatMap((row) => Object.keys(row.flaws)))];
  printTable(
    `${report.condition}: samples that get advice; of ${report.failing} that are missed often, ${report.failingAdvised} do`,
    ['', ...report.advice.map(({ group, samples }) => `${group} (${samples})`)],
    flaws.map((flaw) => [flaw, ...report.advice.map((row) => row.flaws[flaw] ?? 0)]),
  );
}
