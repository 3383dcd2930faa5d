/**
 * Fits the score on the development sets: weights of the features on comparisons within each set, and what log-odds mean on
 * the pooled tail of non-mated comparisons, within and across sets, by weights that saw neither set. Writes src/fingerprint/comparison/score-model.ts with `--write`.
 *
 * Usage: node tools/fit/score.ts <dataset folder>... [--same <set>/<finger>=<set>/<finger>] [--write]
 */

import { writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { type ErrorRates, errorRates } from '../../src/evaluation/error-rates.ts';
import { loadDataset } from '../../src/evaluation/load-dataset.ts';
import { quantile } from '../../src/evaluation/statistics.ts';
import { Comparer, type Thoroughness, UPRIGHT } from '../../src/fingerprint/comparison/comparer.ts';
import { FEATURE_NAMES } from '../../src/fingerprint/comparison/comparison-features.ts';
import { agreementLogOdds } from '../../src/fingerprint/comparison/phase-agreement.ts';
import { prepareImpression } from '../../src/fingerprint/comparison/prepared-template.ts';
import { extractImpression } from '../../src/fingerprint/extract.ts';
import { SCORE_FIT } from '../../src/fingerprint/parameters.ts';
import { Random } from '../../src/fingerprint/synthesis/random.ts';

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
  readonly fingers: readonly [string, string];
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

/** Log-odds that one in 10, 10^1.5, ... non-mated comparisons reach. */
type Tail = readonly number[];

/** Weights are those of one alignment of all pairs: of the best of three they are worse (docs/engine.md). */
const ONE_ALIGNMENT: Thoroughness = { support: 0, alignments: 1, anyRotation: false };
/** Powers of ten at which the tail is read; from `straightFrom` to the last it is taken to go straight on. */
const TAIL = { first: 1, step: 0.5, last: 4, straightFrom: 3 };
/** From the rarest on. */
const LEVELS = Array.from({ length: (TAIL.last - TAIL.first) / TAIL.step + 1 }, (_, i) => TAIL.last - TAIL.step * i);
/** Drawings of fingers for the intervals. */
const DRAWS = 200;

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
const tails = { plain: report('without phase samples', plain), textured: report('with phase samples', textured) };
if (values.write) writeModel(tails.plain, tails.textured);

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
      return [
        {
          sets: [a.set, b.set],
          fingers: [a.finger, b.finger],
          mated: a.finger === b.finger,
          isFirst: i < j,
          features,
          added,
        },
      ];
    }),
  );
}

function without(a: number, b: number): Row[] {
  const rest = within.filter(({ sets: [set] }) => set !== a && set !== b);
  return rest.length === 0 ? within : rest;
}

/** Prints error rates within the sets and the pooled tail. */
function report(label: string, rows: readonly Row[]): Tail {
  const scored = rows.map((row) => ({
    ...row,
    logOdds: apply(heldOut[row.sets[0]]![row.sets[1]]!, row.features) + row.added,
  }));
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
  const sorted = scored.filter(({ mated }) => !mated).sort((p, q) => q.logOdds - p.logOdds);
  const tail = tailOf(sorted, nonMated, () => 1);
  const random = new Random(1);
  const fingers = [...new Set(prints.map(({ finger }) => finger))];
  const draws = Array.from({ length: DRAWS }, () => {
    const times = new Map<string, number>();
    for (const _ of fingers) {
      const finger = fingers[Math.floor(random.uniform() * fingers.length)]!;
      times.set(finger, (times.get(finger) ?? 0) + 1);
    }
    return tailOf(sorted, nonMated, ({ fingers: [p, q] }) => (times.get(p) ?? 0) * (times.get(q) ?? 0));
  });
  tail.forEach((place, i) => {
    const at = draws.map((draw) => draw[i]!);
    const interval = [0.025, 0.975].map((share) => quantile(at, share).toFixed(2)).join(' to ');
    console.log(`${label}: FMR 10^-${TAIL.first + TAIL.step * i} at ${place.toFixed(2)} (${interval}), of ${nonMated}`);
  });
  return tail;
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

/** Reads the tail of so many comparisons, which are sorted and weighted. */
function tailOf(
  sorted: readonly (Row & { readonly logOdds: number })[],
  count: number,
  weigh: (row: Row) => number,
): Tail {
  const tail: number[] = [];
  let reached = 0;
  for (const row of sorted) {
    reached += weigh(row);
    // The rarest comes first: places are filled from the last.
    while (tail.length < LEVELS.length && reached > count * 10 ** -LEVELS[tail.length]!) tail.push(row.logOdds);
  }
  return tail.reverse();
}

function writeModel(bare: Tail, tail: Tail): void {
  const number = (value: number): string => String(Number(value.toPrecision(6)));
  const at = (exponent: number): number => tail[Math.round((exponent - TAIL.first) / TAIL.step)]!;
  const slope = (TAIL.last - TAIL.straightFrom) / (at(TAIL.last) - at(TAIL.straightFrom));
  const plain = lineThrough(bare, tail);
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
  tail: {
    /** Log-odds that one in 10^first, 10^(first + step), ... non-mated comparisons reach. */
    first: ${TAIL.first},
    step: ${TAIL.step},
    logOdds: [${tail.map(number).join(', ')}],
    /** Powers of ten for each unit of log-odds beyond the last. */
    slope: ${number(slope)},
  },
  /** Log-odds of views without phase samples on the scale of those with: offset + scale * log-odds. */
  plainOffset: ${number(plain.offset)},
  plainScale: ${number(plain.scale)},
} as const;
`;
  writeFileSync(new URL('../../src/fingerprint/comparison/score-model.ts', import.meta.url), text);
}

/** The line that brings the tail of one kind of comparison to that of another. */
function lineThrough(from: Tail, to: Tail): { offset: number; scale: number } {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [mx, my] = [mean(from), mean(to)];
  const scale = mean(from.map((x, i) => (x - mx) * (to[i]! - my))) / mean(from.map((x) => (x - mx) ** 2));
  return { offset: my - scale * mx, scale };
}
