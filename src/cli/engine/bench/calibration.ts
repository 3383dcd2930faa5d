/** `whorl bench calibration`: whether scores keep what they promise. */

import {
  MISS_SIZES,
  type NonMatedFigures,
  PROMISED_SCORES,
} from '../../../evaluation/calibration/calibration-tally.ts';
import {
  measureCalibration,
  type SameFinger,
  type ViewFigures,
} from '../../../evaluation/calibration/measure-calibration.ts';
import { conditions } from '../../../evaluation/conditions.ts';
import { loadSets } from '../../../evaluation/numbered-sets.ts';
import { PRINT_CONDITIONS } from '../../../evaluation/print-condition.ts';
import type { PrintConditionName } from '../../../evaluation/print-condition-names.ts';
import { thresholdForSearch } from '../../../fingerprint/comparison/score.ts';
import { benchRun, printReport } from './bench-run.ts';
import { CALIBRATION_CONDITIONS, CALIBRATION_VIEWS } from './calibration-defaults.ts';
import { printTable } from './print-table.ts';

/** Options of the command. */
export interface CalibrationCommandOptions {
  readonly json?: boolean;
  /** Numbers of views, with commas between. Default: 1,2,3,4. */
  readonly views?: string;
  /** Names of conditions, with commas between. Default: clean,10mm,8mm,8mm-whole. */
  readonly condition?: string;
  /** `set/finger=set/finger` with commas between: one finger under two names. */
  readonly same?: string;
}

const SEED = 1;

/**
 * Measures and prints. Rejects as {@link loadSets} and {@link measureCalibration} do, and with WINBIO_E_CANCELED on Ctrl+C.
 */
export async function calibration(folders: readonly string[], options: CalibrationCommandOptions = {}): Promise<void> {
  const names = (options.condition ?? CALIBRATION_CONDITIONS).split(',') as PrintConditionName[];
  const views = (options.views ?? CALIBRATION_VIEWS).split(',').map(Number);
  const same = (options.same?.split(',') ?? []).map((pair) => pair.split('=') as unknown as SameFinger);
  const reports = await benchRun('steps', async (run) => {
    const sets = loadSets(folders);
    const all: { condition: string; references: ViewFigures[] }[] = [];
    for (const condition of names) {
      const references = await measureCalibration(sets, PRINT_CONDITIONS[condition], { views, same, seed: SEED }, run);
      all.push({ condition, references });
    }
    return all;
  });
  const machine = conditions(SEED);
  if (options.json) printReport({ conditions: reports, ...machine }, true);
  else {
    for (const { condition, references } of reports) printFigures(condition, references);
    printReport(machine);
  }
}

function printFigures(condition: string, references: readonly ViewFigures[]): void {
  const label = ({ views, equal }: ViewFigures): string =>
    equal ? `best of ${views} given ${views} times` : `${views} view${views === 1 ? '' : 's'}`;
  const interval = ([low, high]: readonly [number, number]): string => `${low} to ${high}`;
  printTable(
    `${condition}: FNMR, percent, with 95 % intervals`,
    ['', 'mated', ...MISS_SIZES.flatMap((size) => [`at ${thresholdForSearch(size)}`, ''])],
    references.map((row) => [
      label(row),
      row.mated,
      ...row.fnmr.flatMap(({ percent, interval: range }) => [percent, interval(range)]),
    ]),
  );
  const promises = (title: string, of: (row: ViewFigures) => NonMatedFigures | undefined): void => {
    if (references.some((row) => of(row) === undefined)) return;
    printTable(
      `${condition}: measured over promised FMR ${title}, with 95 % intervals`,
      ['', 'non-mated', ...PROMISED_SCORES.flatMap((score) => [`at ${score}`, ''])],
      references.map((row) => {
        const { comparisons, promises: kept } = of(row)!;
        return [label(row), comparisons, ...kept.flatMap(({ ratio, interval: range }) => [ratio, interval(range)])];
      }),
    );
  };
  promises('within data sets', ({ within }) => within);
  promises('across data sets', ({ across }) => across);
}
