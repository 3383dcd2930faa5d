/** A sample for people to look at: what extraction sees in it, and how it lies on a template. */

import type { ReferencePicture, RidgeFlow, SamplePicture } from '../../core/sample-picture.ts';
import { decodeFingerprintSample } from '../../formats/bir/fingerprint-sample.ts';
import { ANY_ROTATION, type Comparer } from '../comparison/comparer.ts';
import { prepareSoundTemplate } from '../comparison/prepared-template.ts';
import { scoreOfLogOdds } from '../comparison/score.ts';
import { type Extraction, extractMinutiae } from '../extraction/extract-minutiae.ts';
import { CELL_PX } from '../parameters.ts';
import { decodeMinutiae } from '../template/decode-minutiae.ts';
import { describeImpression } from '../template/describe-impression.ts';
import type { Impression } from '../template/impression.ts';
import { decodeTemplate, encodeTemplate } from '../template/template-codec.ts';

const NO_FINGER = 255;

/**
 * The picture of a sample, usable or not; with a template, beside the impression of it that is most like the sample.
 * Calls `checkpoint` between the stages, which may throw. Rejects what the decoders of samples and templates reject.
 */
export function describeSample(
  comparer: Comparer,
  sample: Uint8Array,
  template: Uint8Array | undefined,
  checkpoint: () => void,
): SamplePicture {
  const impressions = template === undefined ? undefined : decodeTemplate(template);
  const image = decodeFingerprintSample(sample);
  const extraction = extractMinutiae(image, { checkpoint });
  const reference = impressions && referencePicture(comparer, describeImpression(extraction), impressions, checkpoint);
  return {
    // A copy: the sample is wiped after use.
    image: { ...image, pixels: image.pixels.slice() },
    minutiae: extraction.minutiae,
    flow: ridgeFlow(extraction),
    ...(reference && { reference }),
  };
}

/** The impression with the best score, the first of those that score the same. */
function referencePicture(
  comparer: Comparer,
  probe: Impression,
  impressions: readonly Impression[],
  checkpoint: () => void,
): ReferencePicture {
  const a = prepareSoundTemplate(encodeTemplate([probe]));
  let best: ReferencePicture | undefined;
  for (const impression of impressions) {
    checkpoint();
    const b = prepareSoundTemplate(encodeTemplate([impression]));
    const score = scoreOfLogOdds(comparer.compare(a.words, 0, b.words, 0, ANY_ROTATION));
    if (best !== undefined && score <= best.score) continue;
    const [aNumbers, bNumbers] = [a.minutiae[0]!, b.minutiae[0]!];
    const pairs = comparer.pairs().map((pair) => [aNumbers[pair.probe]!, bNumbers[pair.reference]!] as const);
    best = { minutiae: decodeMinutiae(impression), pairs, score };
  }
  return best!;
}

/** Which way the ridges run: across the wave, whose double angle is kept with y down. */
function ridgeFlow({ mask, orientation }: Extraction): RidgeFlow {
  const { columns, rows, cells } = mask;
  const degrees = cells.map((inside, cell) => {
    if (inside === 0) return NO_FINGER;
    const angleRad = Math.atan2(orientation.sin2[cell]!, -orientation.cos2[cell]!) / 2;
    return (Math.round((angleRad * 180) / Math.PI) + 180) % 180;
  });
  return { cellPx: CELL_PX, columns, rows, degrees };
}
