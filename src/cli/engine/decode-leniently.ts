/** The image of a file, also of a finger image record that breaks its standard, and how it does. */

import { BiometricError } from '../../core/biometric-error.ts';
import type { GreyImage } from '../../core/grey-image.ts';
import {
  type ChosenImageOptions,
  decodeFingerImageRecordLeniently,
  decodeImage,
  detectFingerImageFormat,
  fingerImagePixels,
  unwrap,
} from '../../formats/index.ts';
import { deviationWords } from './deviation-words.ts';

/** The image; what is wrong with the record is added to `deviations`. Throws as the decoders do. */
export function decodeLeniently(bytes: Uint8Array, options: ChosenImageOptions, deviations: string[]): GreyImage {
  const record = unwrap(bytes);
  const { image = 1, ...decoding } = options;
  // Of a travel document, each finger is a record of its own.
  if (detectFingerImageFormat(record) === undefined || (record !== bytes && image > 1))
    return decodeImage(bytes, options);
  const read = decodeFingerImageRecordLeniently(record);
  const view = read.record.views[image - 1];
  if (view === undefined) {
    throw new BiometricError('E_INVALIDARG', `image is ${image}, but the record has ${read.record.views.length}`);
  }
  deviations.push(...deviationWords(read.deviations));
  return fingerImagePixels(view, decoding);
}
