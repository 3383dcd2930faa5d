/** Fingers for tests that are not about images: a tiny picture whose pixels name the finger. */

import type { GreyImage } from '../../core/grey-image.ts';

const SIDE_PX = 16;
/** Marks a scripted picture, so that no other image passes for one. */
const MARK = [0x57, 0x48, 0x4f, 0x52, 0x4c] as const;

/**
 * The picture of a finger, 0..65535. Equal numbers match, others do not.
 *
 * @throws A `TypeError` for any other number.
 * @example
 * reader.present(scriptedFinger(7));
 */
export function scriptedFinger(finger: number): GreyImage {
  if (!Number.isInteger(finger) || finger < 0 || finger > 0xffff) throw new TypeError('a finger is 0 to 65535');
  const pixels = new Uint8Array(SIDE_PX * SIDE_PX);
  pixels.set([...MARK, finger >>> 8, finger & 0xff]);
  return { widthPx: SIDE_PX, heightPx: SIDE_PX, resolutionPpi: 500, pixels };
}

/**
 * Number of the finger in a scripted picture; undefined for any other image. Never fails.
 *
 * @example
 * scriptedFingerOf(scriptedFinger(7)); // 7
 */
export function scriptedFingerOf(image: GreyImage): number | undefined {
  if (!MARK.every((value, i) => image.pixels[i] === value)) return undefined;
  return ((image.pixels[MARK.length] ?? 0) << 8) | (image.pixels[MARK.length + 1] ?? 0);
}
