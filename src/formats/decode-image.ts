/** Any file with an image to grey pixels, whatever its format; of several images the chosen one. */

import { BiometricError } from '../core/biometric-error.ts';
import type { GreyImage } from '../core/grey-image.ts';
import { fileImages } from './file-images.ts';
import { formatError } from './format-error.ts';
import type { ChosenImageOptions } from './image/image-limits.ts';

/**
 * The image of a file in any format that {@link detectFormat} knows as one with an image; of several the one that
 * `image` names, else the first that can be read. Throws WHORL_E_MALFORMED, WHORL_E_UNSUPPORTED_FORMAT (also for other
 * bytes), WHORL_E_LIMIT_EXCEEDED, and E_INVALIDARG for a `resolutionPpi` that is not above zero and for an `image` that
 * is not there.
 *
 * @example
 * const image = decodeImage(await readFile('print.wsq'));
 * const image500 = decodeImage(await readFile('print.pgm'), { resolutionPpi: 500 });
 * const second = decodeImage(await readFile('card.an2'), { image: 2 });
 */
export function decodeImage(bytes: Uint8Array, options: ChosenImageOptions = {}): GreyImage {
  const { image, ...decoding } = options;
  const images = fileImages(bytes);
  if (image !== undefined) {
    const chosen = images[image - 1];
    if (chosen !== undefined) return chosen.pixels(decoding);
    const text = images.length === 1 ? 'the file has one image' : `the file has ${images.length} images, 1 the first`;
    throw new BiometricError('E_INVALIDARG', `image is ${image}, but ${text}`);
  }
  let thrown: unknown;
  for (const each of images) {
    try {
      return each.pixels(decoding);
    } catch (fault) {
      thrown ??= fault;
    }
  }
  if (thrown !== undefined) throw thrown;
  throw formatError('WHORL_E_UNSUPPORTED_FORMAT', { format: 'file', field: 'images', offset: 0 }, 'are none');
}
