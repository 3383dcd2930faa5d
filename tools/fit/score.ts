/**
 * Fits the score on the development sets: weights of the features on comparisons within each set, and the line that turns
 * log-odds into -log10 FMR on the pooled tail of non-mated comparisons, within and across sets, by weights that saw neither
 * set. Writes src/fingerprint/comparison/score-model.ts with `--write`.
 *
 * Usage: node tools/fit/score.ts <dataset folder>... [--same <set>/<finger>=<set>/<finger>] [--write]
 */

import { writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { type ErrorRates, errorRates } from '../../src/evaluation/error-rates.ts';
import { loadDataset } from '../../src/evaluation/load-dataset.ts';
import { Comparer, type Thoroughness, UPRIGHT } from '../../src/fingerprint/comparison/comparer.ts';
import { FEATURE_NAMES } from '../../src/fingerprint/comparison/comparison-features.ts';
import { agreementLogOdds } from '../../src/fingerprint/comparison/phase-agreement.ts';
import { prepareImpression } from '../../src/fingerprint/comparison/prepared-template.ts';
import { extractImpression } from '../../src/fingerprint/extract.ts';
import { SCORE_FIT } from '../../src/fingerprint/parameters.ts';

interface Print {
  readonly set: number;
  /** Equal for impressions of one finger. */
  readonly finger: string;
  /** Prepared, with phase samples and without. */
  readonly words: Int32Array;
  readonly plain: Int32Array;
}

interface Row {
  readonly sets: readonly [number, number];
  readonly mated: boolean;
  /** Of the two orders of a pair the first. */
  readonly isFirst: boolean;
  readonly features: Float64Array;
  /** What the ridges between the minutiae add; 0 without. */
  readonly added: number;
}

interface Model {
  readonly bias: number;
  readonly weights: number[];
}

interface Line {
  readonly intercept: number;
  readonly slope: number;
}

/** Weights are those of one alignment of all pairs: of the best of three they are worse (docs/engine.md). */
const ONE_ALIGNMENT: Thoroughness = { support: 0, alignments: 1, anyRotation: false };
/** Deciles of ten the line is fitted on: larger rates are not the tail yet, smaller ones are single comparisons. */
const TAIL = { from: 1.5, to: 4, step: 0.1 };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { write: { type: 'boolean' }, same: { type: 'string', multiple: true } },
});
const names = positionals.map((folder) => basename(folder));
const same = new Map((values.same ?? []).map((pair) => pair.split('=') as [string, string]));
const prints = positionals.flatMap(printsOf);
const comparer = new Comparer();
const within = compareAll(ONE_ALIGNMENT, 'plain').filter(({ sets: [a, b], isFirst }) => a === b && isFirst);
const model = fitModel(within);
const heldOut = names.map((_, a) => names.map((__, b) => fitModel(without(a, b))));

const plain = compareAll(UPRIGHT, 'plain');
const textured = compareAll(UPRIGHT, 'words');
console.log(FEATURE_NAMES.map((name, i) => `${name} ${model.weights[i]!.toFixed(3)}`).join(', '), 'bias', model.bias);
const lines = { plain: report('without phase samples', plain), textured: report('with phase samples', textured) };
if (values.write) writeModel(lines.plain, lines.textured);

function printsOf(folder: string, set: number): Print[] {
  return loadDataset(folder).map(({ finger, image }) => {
    const impression = extractImpression(image);
    const { texture: _, ...bare } = impression;
    const name = `${basename(folder)}/${finger}`;
    return {
      set,
      finger: same.get(name) ?? name,
      words: prepareImpression(impression),
      plain: prepareImpression(bare),
    };
  });
}

/** Every two prints in both orders; those that agree in too little are left out. */
function compareAll(thoroughness: Thoroughness, form: 'words' | 'plain'): Row[] {
  return prints.flatMap((a, i) =>
    prints.flatMap((b, j): Row[] => {
      // One finger in two sets is neither what the sets say of mated prints nor non-mated.
      if (a === b || (a.set !== b.set && a.finger === b.finger)) return [];
      if (comparer.compare(a[form], 0, b[form], 0, thoroughness) === Number.NEGATIVE_INFINITY) return [];
      const added = comparer.agreement === undefined ? 0 : agreementLogOdds(comparer.agreement);
      const features = Float64Array.from(comparer.features);
      return [{ sets: [a.set, b.set], mated: a.finger === b.finger, isFirst: i < j, features, added }];
    }),
  );
}

function without(a: number, b: number): Row[] {
  const rest = within.filter(({ sets: [set] }) => set !== a && set !== b);
  return rest.length === 0 ? within : rest;
}

/** Prints error rates within the sets and the line of the pooled tail. */
function report(label: string, rows: readonly Row[]): Line {
  const scored = rows.map(({ sets, mated, features, added }) => {
    return { sets, mated, logOdds: apply(heldOut[sets[0]]![sets[1]]!, features) + added };
  });
  const rates = names.map((name, set) => {
    const of = (mated: boolean) =>
      padded(
        scored.filter((row) => row.sets[0] === set && row.sets[1] === set && row.mated === mated).map((r) => r.logOdds),
        pairsOf(set, set, mated),
      );
    const found = errorRates(of(true), of(false));
    print(`${name} ${label}`, found);
    return found;
  });
  print(`mean ${label}`, meanRates(rates));
  const nonMated = names.flatMap((_, a) => names.map((__, b) => pairsOf(a, b, false))).reduce((sum, n) => sum + n, 0);
  const line = calibrate(
    scored.filter(({ mated }) => !mated).map(({ logOdds }) => logOdds),
    nonMated,
  );
  console.log(`${label}: -log10 FMR = ${line.intercept.toFixed(3)} + ${line.slope.toFixed(4)} logOdds, no margin`);
  return line;
}

/** Comparisons of two sets in both orders. */
function pairsOf(a: number, b: number, mated: boolean): number {
  return prints.reduce((sum, p) => {
    if (p.set !== a) return sum;
    const partners = prints.filter((q) => q.set === b && q !== p && (q.finger === p.finger) === mated);
    return sum + partners.length;
  }, 0);
}

/** The log-odds of all pairs: those that are not there agreed in too little. */
function padded(logOdds: readonly number[], length: number): number[] {
  return [...logOdds, ...new Array<number>(length - logOdds.length).fill(Number.NEGATIVE_INFINITY)];
}

function print(name: string, rates: ErrorRates): void {
  const figures = Object.entries(rates).map(([key, value]) => `${key} ${value.toFixed(2)}`);
  console.log(`${name.padEnd(36)} left out: ${figures.join('  ')}`);
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
  const group = (row: Row): string => `${row.sets[0]} ${row.mated}`;
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

/** Line through (log-odds, -log10 FMR) of the tail of so many non-mated comparisons. */
function calibrate(nonMated: readonly number[], count: number): Line {
  const sorted = Float64Array.from(nonMated).sort().reverse();
  const points: [number, number][] = [];
  for (let exponent = TAIL.from; exponent <= TAIL.to + 1e-9; exponent += TAIL.step) {
    points.push([sorted[Math.round(count * 10 ** -exponent)]!, exponent]);
  }
  const mx = points.reduce((sum, [x]) => sum + x, 0) / points.length;
  const my = points.reduce((sum, [, y]) => sum + y, 0) / points.length;
  const slope =
    points.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0) / points.reduce((sum, [x]) => sum + (x - mx) ** 2, 0);
  return { intercept: my - slope * mx, slope };
}

function writeModel(bare: Line, line: Line): void {
  const number = (value: number): string => String(Number(value.toPrecision(6)));
  const text = `/**
 * Weights of the logistic comparison score and its calibration.
 * Written by tools/fit/score.ts; do not edit. See docs/score.md.
 */
export const SCORE_MODEL = {
  /** Development sets the weights were fitted on. */
  sets: [${names.map((name) => `'${name}'`).join(', ')}],
  bias: ${number(model.bias)},
  /** Of ${FEATURE_NAMES.join(', ')}. */
  weights: [${model.weights.map(number).join(', ')}],
  /** -log10 FMR = intercept + slope * log-odds; the margin (SCORE_POLICY) is taken off afterwards. */
  intercept: ${number(line.intercept)},
  slope: ${number(line.slope)},
  /** Log-odds of views without phase samples on the scale of those with: offset + scale * log-odds. */
  plainOffset: ${number((bare.intercept - line.intercept) / line.slope)},
  plainScale: ${number(bare.slope / line.slope)},
} as const;
`;
  writeFileSync(new URL('../../src/fingerprint/comparison/score-model.ts', import.meta.url), text);
}
