/** From an image to features, or to a reason why there are none. */

import type { GreyImage } from '../core/grey-image.ts';
import type { RejectDetail } from '../core/identifiers.ts';
import { type ExtractionWatch, extractMinutiae } from './extraction/extract-minutiae.ts';
import type { Guidance } from './extraction/guidance.ts';
import type { SampleQuality } from './extraction/sample-quality.ts';
import type { Minutia } from './minutia.ts';
import { describeImpression } from './template/describe-impression.ts';
import type { Impression } from './template/impression.ts';
import { encodeTemplate } from './template/template-codec.ts';

/** What {@link extract} found. A rejected sample still has its quality and guidance. */
export type ExtractResult =
  | {
      /** The image has usable features. */
      readonly kind: 'features';
      /** Bytes of one impression, which can serve as a template. */
      readonly features: Uint8Array;
      /** At 500 ppi, best quality first. */
      readonly minutiae: readonly Minutia[];
      /** How good the sample is. */
      readonly quality: SampleQuality;
      /** What could be better, most important first; empty for a good sample. */
      readonly guidance: readonly Guidance[];
    }
  | {
      /** The image should not be used. */
      readonly kind: 'rejected';
      /** Why the sample should not be used: `WINBIO_FP_*`. */
      readonly detail: RejectDetail;
      /** How good the sample is. */
      readonly quality: SampleQuality;
      /** What to tell the person, most important first; never empty. */
      readonly guidance: readonly Guidance[];
    };

/** Options of {@link extract}: what watches or ends the extraction. */
export type ExtractOptions = ExtractionWatch;

/**
 * Features of a fingerprint image (ridges dark, 200 to 2,400 ppi, at most 4,096 pixels and 3.2 inches a side). An image
 * without a usable finger is an answer (`rejected`), not an error. Throws E_INVALIDARG, WHORL_E_LIMIT_EXCEEDED for
 * other images, WHORL_E_PLATFORM without WebAssembly SIMD, E_OUTOFMEMORY.
 *
 * Blocks the calling thread, some milliseconds for 500 ppi. A server lets `createEngine` of `whorl/fingerprint` do it.
 *
 * @example
 * const result = extract(decodePng(await readFile('print.png')));
 * if (result.kind === 'features') console.log(result.minutiae.length, result.quality.value);
 */
export function extract(image: GreyImage, options: ExtractOptions = {}): ExtractResult {
  const extraction = extractMinutiae(image, options);
  const { minutiae, quality } = extraction;
  const { guidance, rejectDetail } = quality;
  if (rejectDetail !== 0) return { kind: 'rejected', detail: rejectDetail, quality, guidance };
  return { kind: 'features', features: encodeTemplate([describeImpression(extraction)]), minutiae, quality, guidance };
}

/** Features of an image in comparable form, whatever its quality. */
export function extractImpression(image: GreyImage): Impression {
  return describeImpression(extractMinutiae(image));
}
