/** `whorl bench extract`: times an extraction and a comparison on one thread, on synthetic or given prints. */

import { BiometricError } from '../../../core/biometric-error.ts';
import type { GreyImage } from '../../../core/grey-image.ts';
import type { BenchRun } from '../../../evaluation/bench-run.ts';
import { conditions } from '../../../evaluation/conditions.ts';
import { loadDataset } from '../../../evaluation/load-dataset.ts';
import { warmUp } from '../../../evaluation/score-dataset.ts';
import { quantile, round } from '../../../evaluation/statistics.ts';
import { Comparer } from '../../../fingerprint/comparison/comparer.ts';
import { prepareImpression } from '../../../fingerprint/comparison/prepared-template.ts';
import { extractImpression } from '../../../fingerprint/extract.ts';
import { synthesizeFinger } from '../../../fingerprint/synthesis/master-finger.ts';
import { synthesizeImpression } from '../../../fingerprint/synthesis/synthesize-impression.ts';
import { benchRun, printReport } from './bench-run.ts';

/** Options of the command. */
export interface ExtractBenchOptions {
  readonly json?: boolean;
  /** Measured extractions of every image; one more before them warms up. Default: 5. */
  readonly rounds?: number;
}

interface Sample {
  readonly finger: string;
  readonly image: GreyImage;
}

const SEED = 1;
const ROUNDS = 5;
/** Times that all pairs are compared. */
const PASSES = 5;
const FINGERS = 8;
const IMPRESSIONS = 2;
/** The size the target is stated for. */
const WIDTH_PX = 388;
const HEIGHT_PX = 374;

/**
 * Measures and prints. Rejects with E_INVALIDARG for an unreadable folder or invalid rounds, and with WINBIO_E_CANCELED
 * on Ctrl+C.
 */
export async function extractBench(folder: string | undefined, options: ExtractBenchOptions = {}): Promise<void> {
  const rounds = options.rounds ?? ROUNDS;
  if (!(Number.isInteger(rounds) && rounds > 0)) throw new BiometricError('E_INVALIDARG', '--rounds must be 1 or more');
  const samples = folder === undefined ? synthesizeSamples() : loadDataset(folder);
  const [first] = samples;
  if (first === undefined) throw new BiometricError('E_INVALIDARG', 'there is no print to extract');
  const { widthPx, heightPx } = first.image;
  const { extractMs, views } = await benchRun('extractions', (run) => timeExtraction(samples, rounds, run));
  const comparisons = timeComparisons(samples, views);
  const report = {
    data: folder ?? `synthetic, ${FINGERS} fingers, ${IMPRESSIONS} impressions each`,
    images: samples.length,
    widthPx,
    heightPx,
    extractMs: round(quantile(extractMs, 0.5)),
    extractP95Ms: round(quantile(extractMs, 0.95)),
    extractLeastMs: round(Math.min(...extractMs)),
    compareNonMatedUs: round(comparisons.nonMated, 1),
    compareMatedUs: round(comparisons.mated, 1),
    minutiae: round(views.reduce((sum, words) => sum + (words[0] ?? 0), 0) / views.length, 1),
    threads: 1,
  };
  printReport({ ...report, ...conditions(SEED) }, options.json);
}

function synthesizeSamples(): Sample[] {
  return Array.from({ length: FINGERS }, (_, finger) => synthesizeFinger(1000 * SEED + finger)).flatMap(
    (master, finger) =>
      Array.from({ length: IMPRESSIONS }, (_, i) => ({
        finger: String(finger),
        image: synthesizeImpression(master, { seed: i + 1, widthPx: WIDTH_PX, heightPx: HEIGHT_PX }),
      })),
  );
}

async function timeExtraction(samples: readonly Sample[], rounds: number, run: BenchRun) {
  const extractMs: number[] = [];
  const views: Int32Array[] = [];
  for (let r = 0; r <= rounds; r++) {
    for (const [i, { image }] of samples.entries()) {
      await run.step(r * samples.length + i, (rounds + 1) * samples.length);
      const start = performance.now();
      const impression = extractImpression(image);
      if (r > 0) extractMs.push(performance.now() - start);
      else views.push(prepareImpression(impression));
    }
  }
  return { extractMs, views };
}

/** Microseconds per comparison of mated and of non-mated pairs: the median over the passes of their means. */
function timeComparisons(samples: readonly Sample[], views: readonly Int32Array[]) {
  const comparer = new Comparer();
  warmUp(comparer, views);
  const pairs = views.flatMap((a, i) =>
    views.slice(i + 1).map((b, k) => ({ a, b, mated: samples[i]?.finger === samples[i + 1 + k]?.finger })),
  );
  const timeOf = (wanted: boolean): number => {
    const some = pairs.filter(({ mated }) => mated === wanted);
    const passes = Array.from({ length: PASSES }, () => {
      const start = performance.now();
      for (const { a, b } of some) comparer.compare(a, 0, b, 0);
      return (1000 * (performance.now() - start)) / some.length;
    });
    return quantile(passes, 0.5);
  };
  return { mated: timeOf(true), nonMated: timeOf(false) };
}
