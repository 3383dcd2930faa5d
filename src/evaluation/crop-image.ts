/** Prints as small sensors see them: squares out of the middle of whole ones. */

import type { GreyImage } from '../core/grey-image.ts';
import { extractMinutiae } from '../fingerprint/extraction/extract-minutiae.ts';
import { WORKING_RESOLUTION_PPI } from '../fingerprint/parameters.ts';
import { Random } from '../fingerprint/synthesis/random.ts';

/** Greatest shift of the square from the centre of the foreground, across and along the finger, pixels at 500 ppi. */
const SHIFT_PX = { across: 30, along: 35 };

/** A square of `sidePx` (at 500 ppi) around the foreground's centre, shifted at random, inside the image. */
export function cropImage(image: GreyImage, sidePx: number, seed: number): GreyImage {
  const { centreX, centreY } = extractMinutiae(image, { acceptSeveral: true }).quality;
  const random = new Random(seed);
  const shiftX = random.between(-SHIFT_PX.across, SHIFT_PX.across);
  const shiftY = random.between(-SHIFT_PX.along, SHIFT_PX.along);
  const scale = image.resolutionPpi / WORKING_RESOLUTION_PPI;
  const side = Math.round(sidePx * scale);
  return cut(image, centreX * image.widthPx + shiftX * scale, centreY * image.heightPx + shiftY * scale, side);
}

function cut(image: GreyImage, xPx: number, yPx: number, side: number): GreyImage {
  const [widthPx, heightPx] = [Math.min(side, image.widthPx), Math.min(side, image.heightPx)];
  const left = Math.max(0, Math.min(image.widthPx - widthPx, Math.round(xPx - widthPx / 2)));
  const top = Math.max(0, Math.min(image.heightPx - heightPx, Math.round(yPx - heightPx / 2)));
  const pixels = new Uint8Array(widthPx * heightPx);
  for (let y = 0; y < heightPx; y++) {
    const start = (top + y) * image.widthPx + left;
    pixels.set(image.pixels.subarray(start, start + widthPx), y * widthPx);
  }
  return { ...image, widthPx, heightPx, pixels };
}
