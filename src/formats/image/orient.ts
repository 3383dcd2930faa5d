/** Turns and mirrors pixels as an orientation tag asks. TIFF 6.0, Orientation; Exif 2.32, 4.6.4 A. */

import type { GreyImage } from '../../core/grey-image.ts';

/**
 * Where the stored picture's right and down go: [turned about its diagonal, mirrored across, mirrored down], by code.
 */
const TURNS: Readonly<Record<number, readonly [transposed: boolean, across: boolean, down: boolean]>> = {
  2: [false, true, false],
  3: [false, true, true],
  4: [false, false, true],
  5: [true, false, false],
  6: [true, true, false],
  7: [true, true, true],
  8: [true, false, true],
};

/** The image upright; the same one for orientation 1, and for codes that are none. */
export function orient(image: GreyImage, orientation: number | undefined): GreyImage {
  const turn = TURNS[orientation ?? 1];
  if (turn === undefined) return image;
  const [transposed, across, down] = turn;
  const [widthPx, heightPx] = transposed ? [image.heightPx, image.widthPx] : [image.widthPx, image.heightPx];
  const pixels = new Uint8Array(image.pixels.length);
  let at = 0;
  for (let y = 0; y < heightPx; y++) {
    const line = down ? heightPx - 1 - y : y;
    for (let x = 0; x < widthPx; x++) {
      const column = across ? widthPx - 1 - x : x;
      pixels[at++] = image.pixels[transposed ? column * image.widthPx + line : line * image.widthPx + column]!;
    }
  }
  return { ...image, widthPx, heightPx, pixels };
}
