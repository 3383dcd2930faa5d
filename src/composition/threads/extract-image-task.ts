/** Reads an image and extracts its features, on whichever thread runs it. */

import type { GreyImage } from '../../core/grey-image.ts';
import { throwIfCanceled } from '../../fingerprint/engine/cancel-word.ts';
import { type ExtractResult, extract } from '../../fingerprint/index.ts';
import { type DecodeImageOptions, decodeImage } from '../../formats/index.ts';

/** An image, or a file of any format with one. */
export interface ExtractImageTask {
  readonly kind: 'extract-image';
  readonly image: GreyImage | Uint8Array;
  /** How a file is read. */
  readonly reading: DecodeImageOptions;
  /** Four bytes; the task ends with WINBIO_E_CANCELED soon after they are no longer 0. */
  readonly cancel: SharedArrayBuffer;
}

/** What `extract` answers. Throws what reading and extracting throw, and WINBIO_E_CANCELED. */
export function extractImage({ image, reading, cancel }: ExtractImageTask): ExtractResult {
  const word = new Int32Array(cancel);
  throwIfCanceled(word);
  const pixels = image instanceof Uint8Array ? decodeImage(image, reading) : image;
  return extract(pixels, { checkpoint: () => throwIfCanceled(word) });
}
