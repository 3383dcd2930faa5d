/** Makes a PNG of an image, on whichever thread runs it. */

import type { GreyImage } from '../../core/grey-image.ts';
import { encodePng } from '../../formats/image/png-writer.ts';

/** An image to write. */
export interface EncodePngTask {
  readonly kind: 'encode-png';
  readonly image: GreyImage;
}

/** The bytes of the file. */
export function encodeImage({ image }: EncodePngTask): Uint8Array {
  return encodePng(image);
}
