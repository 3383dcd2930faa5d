/**
 * Accuracy of the engine on a data set, FVC protocol: 280 mated, 2,880 non-mated comparisons for ten fingers of eight
 * impressions; eer45 takes the first impressions only as non-mated. Usage: node bench/accuracy.ts <dataset folder> [--json]
 */

import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { Comparer } from '../src/fingerprint/comparison/comparer.ts';
import { prepareTemplate } from '../src/fingerprint/comparison/prepared-template.ts';
import { scoreOfLogOdds, thresholdForFmr } from '../src/fingerprint/comparison/score.ts';
import { extract } from '../src/fingerprint/extract.ts';
import { Random } from '../src/fingerprint/synthesis/random.ts';
import { errorRates } from './error-rates.ts';
import { loadDataset } from './load-dataset.ts';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: 'boolean' } } });
const [folder] = positionals;
if (folder === undefined) {
  console.error('usage: node bench/accuracy.ts <dataset folder> [--json]');
  process.exit(2);
}

const impressions = loadDataset(folder);
let extractionFailures = 0;
const extractMs: number[] = [];
let templateBytes = 0;
const prepared = impressions.map(({ image }) => {
  const start = performance.now();
  const result = extract(image);
  extractMs.push(performance.now() - start);
  if (result.kind === 'rejected') {
    extractionFailures++;
    return undefined;
  }
  templateBytes += result.features.length;
  return prepareTemplate(result.features);
});

const comparer = new Comparer();
const mated: number[] = [];
const nonMated: number[] = [];
const comparisons: { a: string; b: string; logOdds: number }[] = [];
const nonMated45: number[] = [];
const started = performance.now();
for (let i = 0; i < impressions.length; i++) {
  for (let j = i + 1; j < impressions.length; j++) {
    const a = prepared[i];
    const b = prepared[j];
    // A failed extraction is a comparison that nobody wins: it counts as a miss, never as a false match.
    const logOdds = a && b ? comparer.compare(a.words, 0, b.words, 0) : Number.NEGATIVE_INFINITY;
    comparisons.push({ a: impressions[i]!.finger, b: impressions[j]!.finger, logOdds });
    if (impressions[i]!.finger === impressions[j]!.finger) mated.push(logOdds);
    else {
      nonMated.push(logOdds);
      if (impressions[i]!.impression === 1 && impressions[j]!.impression === 1) nonMated45.push(logOdds);
    }
  }
}
const compareUs = (1000 * (performance.now() - started)) / (mated.length + nonMated.length);
const interval = bootstrapInterval();
const rates = errorRates(mated, nonMated);
const atDefault = thresholdForFmr(1e-4);
const report = {
  dataset: basename(folder),
  mated: mated.length,
  nonMated: nonMated.length,
  eer: round(rates.eer),
  fmr100: round(rates.fmr100),
  fmr1000: round(rates.fmr1000),
  zeroFmr: round(rates.zeroFmr),
  /** 95 % by resampling fingers. */
  eerInterval: interval.eer,
  fmr1000Interval: interval.fmr1000,
  eer45: round(errorRates(mated, nonMated45).eer),
  /** FNMR at the threshold published for FMR 1e-4, percent. */
  fnmrAtScore4: round((100 * mated.filter((s) => scoreOfLogOdds(s) < atDefault).length) / mated.length),
  extractionFailures,
  extractMs: round(median(extractMs), 1),
  compareUs: round(compareUs, 1),
  templateBytes: Math.round(templateBytes / (impressions.length - extractionFailures)),
  node: process.version,
};
if (values.json) console.log(JSON.stringify(report));
else for (const [name, value] of Object.entries(report)) console.log(`${name.padEnd(20)} ${value}`);

function median(numbers: readonly number[]): number {
  return Float64Array.from(numbers).sort()[numbers.length >> 1] ?? 0;
}

/** Draws fingers with replacement; a comparison counts as often as both of its fingers were drawn. */
function bootstrapInterval(): { eer: [number, number]; fmr1000: [number, number] } {
  const random = new Random(1);
  const fingers = [...new Set(impressions.map(({ finger }) => finger))];
  const draws = Array.from({ length: 200 }, () => {
    const times = new Map<string, number>();
    for (const _ of fingers) {
      const finger = fingers[Math.floor(random.uniform() * fingers.length)]!;
      times.set(finger, (times.get(finger) ?? 0) + 1);
    }
    const drawn: [number[], number[]] = [[], []];
    for (const { a, b, logOdds } of comparisons) {
      const weight = a === b ? (times.get(a) ?? 0) : (times.get(a) ?? 0) * (times.get(b) ?? 0);
      for (let k = 0; k < weight; k++) drawn[a === b ? 0 : 1].push(logOdds);
    }
    return errorRates(...drawn);
  });
  const middle = (key: 'eer' | 'fmr1000'): [number, number] => {
    const sorted = Float64Array.from(draws, (rates) => rates[key]).sort();
    return [round(sorted[5]!), round(sorted[194]!)];
  };
  return { eer: middle('eer'), fmr1000: middle('fmr1000') };
}

function round(value: number, digits = 2): number {
  return Number(value.toFixed(digits));
}
