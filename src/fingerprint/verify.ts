/** Comparison without a service: a probe against a reference. */

import { compareTemplates } from './comparison/compare-templates.ts';
import { ANY_ROTATION, threadComparer } from './comparison/comparer.ts';
import { type PreparedTemplate, prepareTemplate } from './comparison/prepared-template.ts';
import { DEFAULT_FMR, thresholdForFmr } from './comparison/score.ts';
import type { Minutia } from './minutia.ts';
import { decodeMinutiae } from './template/decode-minutiae.ts';
import { decodeTemplate } from './template/template-codec.ts';

/** Options of {@link verify}. */
export interface VerifyOptions {
  /** False match rate at which a comparison matches, above 0 and at most 1; 1e-5 when absent. */
  readonly maxFmr?: number;
}

/** Answer of {@link verify}. */
export interface VerifyResult {
  /** Whether the score reached the threshold of `maxFmr`. */
  readonly match: boolean;
  /** -log10 of the false match rate at this score; 0 or more. */
  readonly score: number;
}

/** Two minutiae that were found to be the same. */
export interface PairedMinutiae {
  /** In the image of the probe. */
  readonly probe: Minutia;
  /** In the image of the reference. */
  readonly reference: Minutia;
}

/**
 * Score of features against a reference template: -log10 of the false match rate, 0 or more, however one print is turned
 * against the other. Throws WHORL_E_MALFORMED,
 * WHORL_E_NEWER_FORMAT for broken bytes.
 *
 * @example
 * const score = compare(features, template);
 */
export function compare(probe: Uint8Array, reference: Uint8Array): number {
  return compareTemplates(threadComparer(), prepareTemplate(probe), prepareTemplate(reference));
}

/**
 * Whether features match a reference template. Blocks the calling thread, well below a millisecond. Throws WHORL_E_MALFORMED, WHORL_E_NEWER_FORMAT for broken bytes,
 * TypeError for a rate out of range.
 *
 * @example
 * const { match, score } = verify(features, template, { maxFmr: 1e-6 });
 */
export function verify(probe: Uint8Array, reference: Uint8Array, options: VerifyOptions = {}): VerifyResult {
  const threshold = thresholdForFmr(options.maxFmr ?? DEFAULT_FMR);
  const score = compare(probe, reference);
  return { match: score >= threshold, score };
}

/**
 * The minutiae of both first impressions that lie on each other in the best alignment. Throws WHORL_E_MALFORMED,
 * WHORL_E_NEWER_FORMAT for broken bytes.
 *
 * @example
 * for (const { probe, reference } of pairMinutiae(features, template)) console.log(probe.xPx, reference.xPx);
 */
export function pairMinutiae(probe: Uint8Array, reference: Uint8Array): PairedMinutiae[] {
  const a = prepareTemplate(probe);
  const b = prepareTemplate(reference);
  const comparer = threadComparer();
  comparer.compare(a.words, 0, b.words, 0, ANY_ROTATION);
  const [aMinutiae, bMinutiae] = [firstMinutiae(probe, a), firstMinutiae(reference, b)];
  return comparer.pairs().map((pair) => ({ probe: aMinutiae[pair.probe]!, reference: bMinutiae[pair.reference]! }));
}

/** Minutiae of the first impression, in the order of its prepared view. */
function firstMinutiae(template: Uint8Array, { minutiae: [numbers] }: PreparedTemplate): Minutia[] {
  const minutiae = decodeMinutiae(decodeTemplate(template)[0]!);
  return Array.from(numbers!, (number) => minutiae[number]!);
}
