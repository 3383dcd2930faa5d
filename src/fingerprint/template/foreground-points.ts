/** What an impression reveals about its foreground, although a template holds no mask. */

import { decodeMinutiae } from './decode-minutiae.ts';
import { forEachDescriptorSample } from './descriptor-samples.ts';
import { DESCRIPTOR_BYTES, DESCRIPTOR_SAMPLES, type Impression } from './impression.ts';

/** A point of the image, pixels at 500 ppi, and whether the finger was there. */
export interface ForegroundPoint {
  readonly xPx: number;
  readonly yPx: number;
  readonly inside: boolean;
}

/**
 * The minutiae, and the points their descriptors have looked at: each says whether it lay in the mask. Together some
 * 1,500, dense wherever there are minutiae. Of impressions without descriptors (imported ones) the minutiae alone.
 */
export function foregroundPoints(impression: Impression): ForegroundPoint[] {
  const { descriptors } = impression;
  const minutiae = decodeMinutiae(impression);
  const points: ForegroundPoint[] = minutiae.map(({ xPx, yPx }) => ({ xPx, yPx, inside: true }));
  if (descriptors.every((byte) => byte === 0)) return points;
  minutiae.forEach((minutia, i) => {
    forEachDescriptorSample(minutia, (xPx, yPx, sample) => {
      const bit = 2 * DESCRIPTOR_SAMPLES + sample;
      points.push({ xPx, yPx, inside: ((descriptors[i * DESCRIPTOR_BYTES + (bit >> 3)]! >> (bit & 7)) & 1) === 1 });
    });
  });
  return points;
}
