/** Any file with an image to grey pixels, whatever its format; of several images the first. */

import type { GreyImage } from '../core/grey-image.ts';
import { ansiNistImages, decodeAnsiNist } from './ansi-nist/index.ts';
import { decodeFingerprintSample } from './bir/fingerprint-sample.ts';
import { detectFormat, type FormatName } from './detect.ts';
import { decodeFingerImage } from './finger-image/index.ts';
import { formatError } from './format-error.ts';
import { decodeBmp } from './image/bmp.ts';
import type { DecodeImageOptions } from './image/image-limits.ts';
import { decodePgm } from './image/pgm.ts';
import { decodePng } from './image/png.ts';
import { decodeTiff } from './image/tiff/tiff.ts';
import { decodeWsq } from './wsq/index.ts';

type Decode = (bytes: Uint8Array, options: DecodeImageOptions) => GreyImage;

const DECODERS: Readonly<Partial<Record<FormatName, Decode>>> = {
  'ansi-381-2004': decodeFingerImage,
  'iso-19794-4-2005': decodeFingerImage,
  'iso-19794-4-2011': decodeFingerImage,
  'ansi-nist': decodeFirstImage,
  bir: decodeFingerprintSample,
  bmp: decodeBmp,
  pgm: decodePgm,
  png: decodePng,
  tiff: decodeTiff,
  wsq: decodeWsq,
};

/**
 * The image of a file of any format that {@link detectFormat} knows as one with an image. Rejects as the decoder of
 * the format does, and other bytes with WHORL_E_UNSUPPORTED_FORMAT.
 */
export function decodeImage(bytes: Uint8Array, options: DecodeImageOptions = {}): GreyImage {
  const format = detectFormat(bytes);
  const decode = format === undefined ? undefined : DECODERS[format];
  if (decode === undefined) {
    const place = { format: format ?? 'image', field: 'signature', offset: 0 };
    throw formatError('WHORL_E_UNSUPPORTED_FORMAT', place, 'is that of no image format that is known');
  }
  return decode(bytes, options);
}

/** The first finger image of an ANSI/NIST-ITL file. */
function decodeFirstImage(bytes: Uint8Array, options: DecodeImageOptions): GreyImage {
  const [first] = ansiNistImages(decodeAnsiNist(bytes));
  if (first !== undefined) return first.pixels(options);
  const place = { format: 'ANSI/NIST-ITL', field: '1.003', offset: 0 };
  throw formatError('WHORL_E_UNSUPPORTED_FORMAT', place, 'names no finger image');
}
