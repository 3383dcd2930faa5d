/**
 * Fits the logistic comparison score and its calibration on the development sets; with `--write` writes
 * src/fingerprint/comparison/score-model.ts. Calibration uses scores of weights fitted without the set (leave one set
 * out). Usage: node tools/fit/score.ts <dataset folder>... [--write]
 */

import { writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { type ErrorRates, errorRates } from '../../src/evaluation/error-rates.ts';
import { loadDataset } from '../../src/evaluation/load-dataset.ts';
import { Comparer } from '../../src/fingerprint/comparison/comparer.ts';
import { FEATURE_NAMES } from '../../src/fingerprint/comparison/comparison-features.ts';
import { prepareImpression } from '../../src/fingerprint/comparison/prepared-template.ts';
import { extractImpression } from '../../src/fingerprint/extract.ts';
import { SCORE_FIT } from '../../src/fingerprint/parameters.ts';

interface Row {
  readonly set: number;
  readonly mated: boolean;
  readonly features: Float64Array;
}

interface Model {
  readonly bias: number;
  readonly weights: number[];
}

/** The published scores keep a safety margin below the fit: thresholds moved by a factor of 2 to 3 between sets. */
const MARGIN = Math.log10(2.6);

const { values, positionals } = parseArgs({ allowPositionals: true, options: { write: { type: 'boolean' } } });
const rows = positionals.flatMap((folder, set) => rowsOf(folder, set));
const model = fitModel(rows);
const heldOut = positionals.map((_, set) => fitModel(rows.filter((row) => row.set !== set)));
const scored = rows.map((row) => ({ ...row, logOdds: apply(heldOut[row.set] ?? model, row.features) }));
const leftOut = positionals.map((folder, set) => {
  const of = (mated: boolean) => scored.filter((r) => r.set === set && r.mated === mated).map((r) => r.logOdds);
  return { name: basename(folder), rates: errorRates(of(true), of(false)) };
});
for (const { name, rates } of leftOut) print(name, rates);
print('mean', meanRates(leftOut.map(({ rates }) => rates)));
for (const [set, folder] of positionals.entries()) {
  const sorted = scored
    .filter((row) => row.set === set && !row.mated)
    .map((row) => row.logOdds)
    .sort((a, b) => b - a);
  const at = [1, 2, 3].map((exponent) => sorted[Math.round(sorted.length * 10 ** -exponent)]!.toFixed(2));
  console.log(`${basename(folder).padEnd(13)} log-odds at FMR 1e-1, 1e-2, 1e-3: ${at.join(' ')}`);
}
const tail = calibrate(scored.filter((row) => !row.mated).map((row) => row.logOdds));
console.log(
  'weights',
  FEATURE_NAMES.map((name, i) => `${name} ${model.weights[i]!.toFixed(3)}`).join(', '),
  'bias',
  model.bias,
);
console.log(`-log10 FMR = ${tail.intercept.toFixed(3)} + ${tail.slope.toFixed(4)} logOdds, before the margin`);
if (values.write) writeModel();

function rowsOf(folder: string, set: number): Row[] {
  const impressions = loadDataset(folder).map(({ finger, image }) => {
    return { finger, words: prepareImpression(extractImpression(image)) };
  });
  const comparer = new Comparer();
  return impressions.flatMap((a, i) =>
    impressions.slice(i + 1).flatMap((b) => {
      if (comparer.compare(a.words, 0, b.words, 0) === Number.NEGATIVE_INFINITY) return [];
      return [{ set, mated: a.finger === b.finger, features: Float64Array.from(comparer.features) }];
    }),
  );
}

function print(name: string, rates: ErrorRates): void {
  const figures = Object.entries(rates).map(([key, value]) => `${key} ${value.toFixed(2)}`);
  console.log(`${name.padEnd(13)} left out: ${figures.join('  ')}`);
}

function meanRates(all: readonly ErrorRates[]): ErrorRates {
  const mean = (key: keyof ErrorRates): number => all.reduce((sum, rates) => sum + rates[key], 0) / all.length;
  return {
    eer: mean('eer'),
    fmr100: mean('fmr100'),
    fmr1000: mean('fmr1000'),
    zeroFmr: mean('zeroFmr'),
    meanFnmr: mean('meanFnmr'),
  };
}

/** Ridge logistic regression by Newton's method on standardised features; every set has the same weight. */
function fitModel(data: readonly Row[]): Model {
  const n = FEATURE_NAMES.length;
  const mean = FEATURE_NAMES.map((_, k) => data.reduce((sum, row) => sum + row.features[k]!, 0) / data.length);
  const deviation = FEATURE_NAMES.map((_, k) =>
    Math.sqrt(data.reduce((sum, row) => sum + (row.features[k]! - mean[k]!) ** 2, 0) / data.length),
  );
  const sizes = new Map<string, number>();
  const group = (row: Row): string => `${row.set} ${row.mated}`;
  for (const row of data) sizes.set(group(row), (sizes.get(group(row)) ?? 0) + 1);
  const points = data.map((row) => ({
    x: [1, ...mean.map((m, k) => (row.features[k]! - m) / deviation[k]!)],
    y: row.mated ? 1 : 0,
    weight: (row.mated ? 1 : SCORE_FIT.nonMatedWeight) * (data.length / sizes.size / 2 / sizes.get(group(row))!),
  }));
  let beta = new Array<number>(n + 1).fill(0);
  for (let step = 0; step < 50; step++) {
    const gradient = new Array<number>(n + 1).fill(0);
    const hessian = Array.from({ length: n + 1 }, () => new Array<number>(n + 1).fill(0));
    for (const { x, y, weight } of points) {
      const p = 1 / (1 + Math.exp(-x.reduce((sum, v, k) => sum + v * beta[k]!, 0)));
      for (let i = 0; i <= n; i++) {
        gradient[i]! += weight * (y - p) * x[i]!;
        for (let j = 0; j <= n; j++) hessian[i]![j]! += weight * p * (1 - p) * x[i]! * x[j]!;
      }
    }
    for (let i = 1; i <= n; i++) {
      gradient[i]! -= SCORE_FIT.ridge * beta[i]!;
      hessian[i]![i]! += SCORE_FIT.ridge;
    }
    const change = solve(hessian, gradient);
    beta = beta.map((b, i) => b + change[i]!);
    if (change.every((c) => Math.abs(c) < 1e-9)) break;
  }
  const weights = mean.map((_, k) => beta[k + 1]! / deviation[k]!);
  return { weights, bias: beta[0]! - mean.reduce((sum, m, k) => sum + m * weights[k]!, 0) };
}

/** Gaussian elimination with pivots. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i]!]);
  for (let i = 0; i < rows.length; i++) {
    let pivot = i;
    for (let r = i + 1; r < rows.length; r++) if (Math.abs(rows[r]![i]!) > Math.abs(rows[pivot]![i]!)) pivot = r;
    [rows[i], rows[pivot]] = [rows[pivot]!, rows[i]!];
    for (let r = 0; r < rows.length; r++) {
      if (r === i) continue;
      const factor = rows[r]![i]! / rows[i]![i]!;
      for (let c = i; c <= rows.length; c++) rows[r]![c]! -= factor * rows[i]![c]!;
    }
  }
  return rows.map((row, i) => row[rows.length]! / row[i]!);
}

function apply(model: Model, features: Float64Array): number {
  return features.reduce((sum, value, k) => sum + value * model.weights[k]!, model.bias);
}

/**
 * Line through (log-odds, -log10 FMR) of the non-mated tail, from 1e-1.5 to 1e-3.5; larger rates are not the tail yet.
 */
function calibrate(nonMated: readonly number[]): { intercept: number; slope: number } {
  const sorted = [...nonMated].sort((a, b) => b - a);
  const points: [number, number][] = [];
  for (let exponent = 1.5; exponent <= 3.5; exponent += 0.1) {
    points.push([sorted[Math.round(sorted.length * 10 ** -exponent)]!, exponent]);
  }
  const mx = points.reduce((sum, [x]) => sum + x, 0) / points.length;
  const my = points.reduce((sum, [, y]) => sum + y, 0) / points.length;
  const slope =
    points.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0) / points.reduce((sum, [x]) => sum + (x - mx) ** 2, 0);
  return { intercept: my - slope * mx, slope };
}

function writeModel(): void {
  const number = (value: number): string => String(Number(value.toPrecision(6)));
  const text = `/**
 * Weights of the logistic comparison score and its calibration.
 * Written by tools/fit/score.ts; do not edit. See docs/score.md.
 */
export const SCORE_MODEL = {
  /** Development sets the weights were fitted on. */
  sets: [${positionals.map((folder) => `'${basename(folder)}'`).join(', ')}],
  bias: ${number(model.bias)},
  /** Of ${FEATURE_NAMES.join(', ')}. */
  weights: [${model.weights.map(number).join(', ')}],
  /** score = -log10 FMR = intercept + slope * log-odds; a margin of a factor 2.6 is taken off. */
  intercept: ${number(tail.intercept - MARGIN)},
  slope: ${number(tail.slope)},
} as const;
`;
  writeFileSync(new URL('../../src/fingerprint/comparison/score-model.ts', import.meta.url), text);
}
