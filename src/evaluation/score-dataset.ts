/** Extracts a data set and compares all its impressions with one another. */

import { basename } from 'node:path';
import { BiometricError } from '../core/biometric-error.ts';
import { Comparer } from '../fingerprint/comparison/comparer.ts';
import { prepareTemplate } from '../fingerprint/comparison/prepared-template.ts';
import { extract } from '../fingerprint/extract.ts';
import type { BenchRun } from './bench-run.ts';
import { loadDataset } from './load-dataset.ts';

/** A comparison of two impressions, with the fingers they are of; mated when these are the same. */
export interface ScoredComparison {
  readonly a: string;
  readonly b: string;
  /** Both are the first impressions of their fingers. */
  readonly first: boolean;
  /** -Infinity where an extraction failed: such a comparison counts as a miss, never as a false match. */
  readonly logOdds: number;
}

/** All comparisons of a data set, and what it took. */
export interface ScoredDataset {
  readonly name: string;
  readonly comparisons: readonly ScoredComparison[];
  readonly extractionFailures: number;
  /** Milliseconds of each extraction. */
  readonly extractMs: readonly number[];
  /** Mean microseconds of a comparison, mated and non-mated, after a warm-up. */
  readonly compareUs: number;
  /** Mean size of the features of an impression. */
  readonly templateBytes: number;
}

/** Comparisons until the code is compiled. */
const WARM_UP = 3000;

/** Scores a folder. Rejects with E_INVALIDARG one that cannot be read or has not both mated and non-mated pairs. */
export async function scoreDataset(folder: string, run: BenchRun): Promise<ScoredDataset> {
  const impressions = loadDataset(folder);
  const fingers = new Set(impressions.map(({ finger }) => finger)).size;
  if (fingers < 2 || fingers === impressions.length) {
    throw new BiometricError('E_INVALIDARG', `folder ${folder} has not several impressions of several fingers`);
  }
  const total = 2 * impressions.length;
  const extractMs: number[] = [];
  const features: (Uint8Array | undefined)[] = [];
  for (const [i, { image }] of impressions.entries()) {
    await run.step(i, total);
    const start = performance.now();
    const result = extract(image);
    extractMs.push(performance.now() - start);
    features.push(result.kind === 'features' ? result.features : undefined);
  }
  const views = features.map((bytes) => (bytes === undefined ? undefined : prepareTemplate(bytes).words));
  const comparer = new Comparer();
  warmUp(
    comparer,
    views.filter((words) => words !== undefined),
  );
  const comparisons: ScoredComparison[] = [];
  let compareMs = 0;
  for (const [i, a] of impressions.entries()) {
    await run.step(impressions.length + i, total);
    const start = performance.now();
    for (let j = i + 1; j < impressions.length; j++) {
      const b = impressions[j]!;
      const [p, q] = [views[i], views[j]];
      const logOdds = p && q ? comparer.compare(p, 0, q, 0) : Number.NEGATIVE_INFINITY;
      comparisons.push({ a: a.finger, b: b.finger, first: a.impression === 1 && b.impression === 1, logOdds });
    }
    compareMs += performance.now() - start;
  }
  const sizes = features.flatMap((bytes) => (bytes === undefined ? [] : [bytes.length]));
  return {
    name: basename(folder),
    comparisons,
    extractionFailures: features.length - sizes.length,
    extractMs,
    compareUs: (1000 * compareMs) / comparisons.length,
    templateBytes: sizes.reduce((sum, size) => sum + size, 0) / sizes.length,
  };
}

/** Compares without counting. */
export function warmUp(comparer: Comparer, views: readonly Int32Array[]): void {
  const at = (i: number): Int32Array => views[i % views.length]!;
  if (views.length > 0) for (let i = 0; i < WARM_UP; i++) comparer.compare(at(i), 0, at(7 * i + 1), 0);
}
