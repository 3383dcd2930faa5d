/** Turns an extraction into the features of an impression. */

import type { Extraction } from '../extraction/extract-minutiae.ts';
import type { Minutia } from '../minutia.ts';
import { CELL_PX, DESCRIPTOR } from '../parameters.ts';
import { forEachDescriptorSample } from './descriptor-samples.ts';
import type { Impression } from './impression.ts';
import { DESCRIPTOR_BYTES, DESCRIPTOR_SAMPLES } from './impression.ts';
import { packImpression } from './pack-impression.ts';

/** Features of an extraction. */
export function describeImpression(extraction: Extraction): Impression {
  const { minutiae, widthPx, heightPx } = extraction;
  const descriptors = new Uint8Array(minutiae.length * DESCRIPTOR_BYTES);
  minutiae.forEach((minutia, i) => {
    writeDescriptor(extraction, minutia, descriptors.subarray(i * DESCRIPTOR_BYTES, (i + 1) * DESCRIPTOR_BYTES));
  });
  const { quality, texture } = extraction;
  return packImpression(
    { widthPx, heightPx, quality: quality.value, descriptors, ...(texture && { texture }) },
    minutiae,
  );
}

/**
 * Samples the ridge orientation on circles around the minutia. A sample inside the foreground is coded by two bits that
 * name the quadrant of its double angle against the minutia's direction (a Gray code), and marked valid.
 */
function writeDescriptor(extraction: Extraction, minutia: Minutia, bytes: Uint8Array): void {
  const { mask, orientation } = extraction;
  const cosTwice = Math.cos(2 * minutia.directionRad);
  const sinTwice = Math.sin(2 * minutia.directionRad);
  forEachDescriptorSample(minutia, (xPx, yPx, sample) => {
    const column = Math.floor(xPx / CELL_PX);
    const row = Math.floor(yPx / CELL_PX);
    if (column < 0 || row < 0 || column >= mask.columns || row >= mask.rows) return;
    const cell = row * mask.columns + column;
    if (mask.cells[cell] === 0) return;
    // Ridges run across the wave and y points up here: the double angle becomes half a turn minus itself.
    const ridgeCos = -orientation.cos2[cell]!;
    const ridgeSin = orientation.sin2[cell]!;
    const cos = ridgeCos * cosTwice + ridgeSin * sinTwice;
    const sin = ridgeSin * cosTwice - ridgeCos * sinTwice;
    if (cos + DESCRIPTOR.slope * sin > 0) setBit(bytes, sample);
    if (sin - DESCRIPTOR.slope * cos > 0) setBit(bytes, DESCRIPTOR_SAMPLES + sample);
    setBit(bytes, 2 * DESCRIPTOR_SAMPLES + sample);
  });
}

function setBit(bytes: Uint8Array, bit: number): void {
  bytes[bit >> 3]! |= 1 << (bit & 7);
}
