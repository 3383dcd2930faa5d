/** Extracts a data set and compares its impressions with one another. */

import { Comparer } from '../fingerprint/comparison/comparer.ts';
import { prepareTemplate } from '../fingerprint/comparison/prepared-template.ts';
import { extractMinutiae } from '../fingerprint/extraction/extract-minutiae.ts';
import type { SampleFlaw } from '../fingerprint/extraction/guidance.ts';
import { describeImpression } from '../fingerprint/template/describe-impression.ts';
import { encodeTemplate } from '../fingerprint/template/template-codec.ts';
import type { BenchRun } from './bench-run.ts';
import { loadSets, type NumberedSet } from './numbered-sets.ts';
import { type Alteration, PRINT_CONDITIONS, type PrintCondition } from './print-condition.ts';

/** A comparison of two impressions, with the fingers they are of; mated when these are the same. */
export interface ScoredComparison {
  readonly a: string;
  readonly b: string;
  /** Numbers of both impressions in their set. */
  readonly probe: number;
  readonly reference: number;
  /** Both are the first impressions of their fingers. */
  readonly first: boolean;
  /** -Infinity where a sample was refused and the condition counts that as a miss; never a false match. */
  readonly logOdds: number;
}

/** What the engine says of a sample. */
export interface JudgedSample {
  /** 0 to 100. */
  readonly quality: number;
  /** Flaws that advice is given for. */
  readonly flaws: readonly SampleFlaw[];
  /** Number among the impressions of all sets. */
  readonly number: number;
}

/** All comparisons of a data set, and what it took. */
export interface ScoredDataset {
  readonly name: string;
  readonly comparisons: readonly ScoredComparison[];
  /** Probes are references as well. */
  readonly isSymmetric: boolean;
  /** Samples of the probes' side, by their number in the set. */
  readonly probes: readonly JudgedSample[];
  /** Samples that the engine refuses. */
  readonly extractionFailures: number;
  /** Milliseconds of each extraction. */
  readonly extractMs: readonly number[];
  /** Mean microseconds of a comparison, mated and non-mated, after a warm-up. */
  readonly compareUs: number;
  /** Mean size of the features of an impression. */
  readonly templateBytes: number;
}

/** Impressions of one side, extracted. */
interface Side {
  readonly views: readonly (Int32Array | undefined)[];
  readonly samples: readonly JudgedSample[];
  readonly bytes: readonly number[];
  readonly extractMs: readonly number[];
  /** How many the engine refuses. */
  readonly refused: number;
}

/** Comparisons until the code is compiled. */
const WARM_UP = 3000;

/** Scores folders in a condition, in the order given. Rejects as {@link loadSets} does. */
export async function scoreDatasets(
  folders: readonly string[],
  run: BenchRun,
  condition: PrintCondition = PRINT_CONDITIONS.clean,
): Promise<ScoredDataset[]> {
  const scored: ScoredDataset[] = [];
  for (const set of loadSets(folders)) scored.push(await scoreDataset(set, run, condition));
  return scored;
}

async function scoreDataset(
  { name, impressions, firstNumber }: NumberedSet,
  run: BenchRun,
  { probe, reference, refusedIsMissed = false }: PrintCondition,
): Promise<ScoredDataset> {
  const isSymmetric = probe === reference;
  const total = (isSymmetric ? 2 : 3) * impressions.length;
  const extractSide = async (alter: Alteration, done: number): Promise<Side> => {
    const views: (Int32Array | undefined)[] = [];
    const samples: JudgedSample[] = [];
    const bytes: number[] = [];
    const extractMs: number[] = [];
    let refused = 0;
    for (const [i, { image }] of impressions.entries()) {
      await run.step(done + i, total);
      const altered = alter(image, firstNumber + i);
      const start = performance.now();
      const extraction = extractMinutiae(altered);
      const features = encodeTemplate([describeImpression(extraction)]);
      extractMs.push(performance.now() - start);
      const { value, guidance, rejectDetail } = extraction.quality;
      samples.push({ quality: value, flaws: guidance.map(({ flaw }) => flaw), number: firstNumber + i });
      const isRefused = rejectDetail !== 0;
      if (isRefused) refused++;
      views.push(isRefused && refusedIsMissed ? undefined : prepareTemplate(features).words);
      bytes.push(features.length);
    }
    return { views, samples, bytes, extractMs, refused };
  };
  const probes = await extractSide(probe, 0);
  const references = isSymmetric ? probes : await extractSide(reference, impressions.length);
  const comparer = new Comparer();
  warmUp(
    comparer,
    references.views.filter((words) => words !== undefined),
  );
  const comparisons: ScoredComparison[] = [];
  let compareMs = 0;
  for (const [i, a] of impressions.entries()) {
    await run.step(total - impressions.length + i, total);
    const start = performance.now();
    for (let j = isSymmetric ? i + 1 : 0; j < impressions.length; j++) {
      if (i === j) continue;
      const b = impressions[j]!;
      const [p, q] = [probes.views[i], references.views[j]];
      const logOdds = p && q ? comparer.compare(p, 0, q, 0) : Number.NEGATIVE_INFINITY;
      comparisons.push({
        a: a.finger,
        b: b.finger,
        probe: i,
        reference: j,
        first: a.impression === 1 && b.impression === 1,
        logOdds,
      });
    }
    compareMs += performance.now() - start;
  }
  const sides = isSymmetric ? [probes] : [probes, references];
  const sizes = sides.flatMap(({ bytes }) => bytes);
  return {
    name,
    comparisons,
    isSymmetric,
    probes: probes.samples,
    extractionFailures: sides.reduce((sum, { refused }) => sum + refused, 0),
    extractMs: sides.flatMap(({ extractMs }) => extractMs),
    compareUs: (1000 * compareMs) / comparisons.length,
    templateBytes: sizes.reduce((sum, size) => sum + size, 0) / sizes.length,
  };
}

/** Compares without counting. */
export function warmUp(comparer: Comparer, views: readonly Int32Array[]): void {
  const at = (i: number): Int32Array => views[i % views.length]!;
  if (views.length > 0) for (let i = 0; i < WARM_UP; i++) comparer.compare(at(i), 0, at(7 * i + 1), 0);
}
