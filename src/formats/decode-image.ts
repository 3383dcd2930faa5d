/** Any file with an image to grey pixels, whatever its format; of several images the first that can be read. */

import type { GreyImage } from '../core/grey-image.ts';
import { ansiNistImages, decodeAnsiNistLeniently } from './ansi-nist/index.ts';
import { decodeFingerprintSample } from './bir/fingerprint-sample.ts';
import { detectFormat, type FormatName } from './detect.ts';
import { decodeFingerImage } from './finger-image/index.ts';
import { formatError } from './format-error.ts';
import { decodeBmp } from './image/bmp.ts';
import type { DecodeImageOptions } from './image/image-limits.ts';
import { decodePgm } from './image/pgm.ts';
import { pictureKind } from './image/picture-kind.ts';
import { decodePng } from './image/png.ts';
import { decodeTiff } from './image/tiff/tiff.ts';
import { unwrap } from './wrapped/unwrap.ts';
import { decodeWsq } from './wsq/index.ts';

type Decode = (bytes: Uint8Array, options: DecodeImageOptions) => GreyImage;

const DECODERS: Readonly<Partial<Record<FormatName, Decode>>> = {
  'ansi-381-2004': decodeFingerImage,
  'iso-19794-4-2005': decodeFingerImage,
  'iso-19794-4-2011': decodeFingerImage,
  'ansi-nist': decodeFirstImage,
  bir: decodeFingerprintSample,
  bmp: decodeBmp,
  'icao-dg3': decodeWrapped,
  pgm: decodePgm,
  'piv-cbeff': decodeWrapped,
  png: decodePng,
  tiff: decodeTiff,
  wsq: decodeWsq,
};

/**
 * The image of a file in any format that {@link detectFormat} knows as one with an image. Throws WHORL_E_MALFORMED,
 * WHORL_E_UNSUPPORTED_FORMAT (also for other bytes), WHORL_E_LIMIT_EXCEEDED, and E_INVALIDARG for a `resolutionPpi`
 * that is not above zero.
 *
 * @example
 * const image = decodeImage(await readFile('print.wsq'));
 * const image500 = decodeImage(await readFile('print.pgm'), { resolutionPpi: 500 });
 */
export function decodeImage(bytes: Uint8Array, options: DecodeImageOptions = {}): GreyImage {
  const format = detectFormat(bytes);
  const decode = format === undefined ? undefined : DECODERS[format];
  if (decode === undefined) {
    const place = { format: format ?? 'image', field: 'signature', offset: 0 };
    const kind = pictureKind(bytes);
    const text = kind === undefined ? 'that of no known image format' : `that of ${kind}, which cannot be read`;
    throw formatError('WHORL_E_UNSUPPORTED_FORMAT', place, `is ${text}`);
  }
  return decode(bytes, options);
}

function decodeWrapped(bytes: Uint8Array, options: DecodeImageOptions): GreyImage {
  return decodeFingerImage(unwrap(bytes), options);
}

/** The first finger image of an ANSI/NIST-ITL file that can be read. Throws the fault of the first one when none can. */
function decodeFirstImage(bytes: Uint8Array, options: DecodeImageOptions): GreyImage {
  const { records, faults } = decodeAnsiNistLeniently(bytes);
  let thrown: unknown;
  for (const image of ansiNistImages(records)) {
    try {
      return image.pixels(options);
    } catch (fault) {
      thrown ??= fault;
    }
  }
  if (thrown !== undefined) throw thrown;
  const [fault] = faults;
  if (fault !== undefined) throw formatError('WHORL_E_MALFORMED', { format: 'ANSI/NIST-ITL', ...fault }, fault.text);
  const place = { format: 'ANSI/NIST-ITL', field: '1.003', offset: 0 };
  throw formatError('WHORL_E_UNSUPPORTED_FORMAT', place, 'names no finger image');
}
