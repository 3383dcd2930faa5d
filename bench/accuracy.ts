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
const nonMated45: number[] = [];
const started = performance.now();
for (let i = 0; i < impressions.length; i++) {
  for (let j = i + 1; j < impressions.length; j++) {
    const a = prepared[i];
    const b = prepared[j];
    // A failed extraction is a comparison that nobody wins: it counts as a miss, never as a false match.
    const logOdds = a && b ? comparer.compare(a.words, 0, b.words, 0) : Number.NEGATIVE_INFINITY;
    if (impressions[i]!.finger === impressions[j]!.finger) mated.push(logOdds);
    else {
      nonMated.push(logOdds);
      if (impressions[i]!.impression === 1 && impressions[j]!.impression === 1) nonMated45.push(logOdds);
    }
  }
}
const compareUs = (1000 * (performance.now() - started)) / (mated.length + nonMated.length);
const round = (value: number, digits = 2): number => Number(value.toFixed(digits));
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
