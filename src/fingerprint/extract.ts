/** The first thing anybody does: an image becomes features, or a reason why not. */

import type { GreyImage } from '../core/grey-image.ts';
import type { RejectDetail } from '../core/identifiers.ts';
import { type ExtractionWatch, extractMinutiae } from './extraction/extract-minutiae.ts';
import type { Guidance } from './extraction/guidance.ts';
import type { SampleQuality } from './extraction/sample-quality.ts';
import type { Minutia } from './minutia.ts';
import { describeImpression } from './template/describe-impression.ts';
import type { Impression } from './template/impression.ts';
import { encodeTemplate } from './template/template-codec.ts';

/** What {@link extract} found. A rejected sample still says how good it is. */
export type ExtractResult =
  | {
      readonly kind: 'features';
      /** Bytes of one impression; a template as it stands. */
      readonly features: Uint8Array;
      readonly minutiae: readonly Minutia[];
      readonly quality: SampleQuality;
      /** What could be better, most important first; empty for a good sample. */
      readonly guidance: readonly Guidance[];
    }
  | {
      readonly kind: 'rejected';
      readonly detail: RejectDetail;
      readonly quality: SampleQuality;
      /** What to tell the person, most important first. */
      readonly guidance: readonly Guidance[];
    };

/** Options of {@link extract}. */
export type ExtractOptions = ExtractionWatch;

/**
 * Features of a fingerprint image (ridges dark, 200 to 2,400 ppi, at most 4,096 pixels and 3.2 inches a side).
 * Rejects what is not such an image with E_INVALIDARG or WHORL_E_LIMIT_EXCEEDED; an image without a usable finger is
 * an answer (`rejected`), not an error.
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
