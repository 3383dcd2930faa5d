/** The pixels of a finger image record, and a record of pixels. */

import { BiometricError } from '../../core/biometric-error.ts';
import type { GreyImage } from '../../core/grey-image.ts';
import { acquisitionLevel } from '../bir/ansi-381.ts';
import { formatError } from '../format-error.ts';
import {
  type ChosenImageOptions,
  checkGreyImage,
  type DecodeImageOptions,
  pixelsPerInch,
} from '../image/image-limits.ts';
import type { Compression } from '../image/picture-kind.ts';
import { encodePng } from '../image/png-writer.ts';
import { encodeJpeg } from '../jpeg/jpeg.ts';
import { encodeJpeg2000 } from '../jpeg-2000/jpeg-2000.ts';
import { decodeStoredPicture } from '../stored-picture.ts';
import { encodeWsq } from '../wsq/index.ts';
import { decodeFingerImageRecord } from './finger-image-reader.ts';
import {
  FINGER_IMAGE_COMPRESSION as CODE,
  FINGER_IMAGE_COMPRESSION_2011 as CODE_2011,
  type FingerImageFormat,
  type FingerImageRecord,
  type FingerImageView,
} from './finger-image-record.ts';
import { UNKNOWN_CAPTURE } from './unknown-capture.ts';

const CM_PER_INCH = 2.54;
/** By code. ANSI INCITS 381-2004, ISO/IEC 19794-4:2005 table 4. */
const COMPRESSIONS: readonly Compression[] = ['none', 'bit packed', 'WSQ', 'JPEG', 'JPEG 2000', 'PNG'];
/** By code. ISO/IEC 19794-4:2011. */
const COMPRESSIONS_2011: readonly Compression[] = [
  'none',
  'bit packed',
  'WSQ',
  'JPEG',
  'JPEG 2000',
  'lossless JPEG 2000',
  'PNG',
];

/**
 * One image of a record, the first unless `image` chooses another. Throws WHORL_E_MALFORMED,
 * WHORL_E_UNSUPPORTED_FORMAT, WHORL_E_LIMIT_EXCEEDED as {@link fingerImagePixels} does, E_INVALIDARG for an `image`
 * that is not there.
 *
 * @example
 * const image = decodeFingerImage(bytes);
 */
export function decodeFingerImage(bytes: Uint8Array, options: ChosenImageOptions = {}): GreyImage {
  const { image = 1, ...decoding } = options;
  const { views } = decodeFingerImageRecord(bytes);
  const view = views[image - 1];
  if (view === undefined)
    throw new BiometricError('E_INVALIDARG', `image is ${image}, but the record has ${views.length}`);
  return fingerImagePixels(view, decoding);
}

/**
 * The pixels of one image: uncompressed 8-bit, WSQ, JPEG, JPEG 2000 or PNG. The resolution is `resolutionPpi`, else
 * that of the record, else that of the picture inside. Throws WHORL_E_UNSUPPORTED_FORMAT for other compressions and
 * unequal resolutions, WHORL_E_MALFORMED for image data that disagree with their header or begin as another compression
 * than it names, WHORL_E_LIMIT_EXCEEDED above `maxPixels`.
 *
 * @example
 * const images = decodeFingerImageRecord(bytes).views.map((view) => fingerImagePixels(view));
 */
export function fingerImagePixels(view: FingerImageView, options: DecodeImageOptions = {}): GreyImage {
  const { sampling, compression: code } = view;
  const place = { format: 'finger image record', field: 'image data', offset: 0 };
  if (sampling.imageX !== sampling.imageY) {
    throw formatError('WHORL_E_UNSUPPORTED_FORMAT', place, 'the resolution differs between the directions');
  }
  const statedPpi = sampling.scaleUnits === 2 ? pixelsPerInch(sampling.imageX, CM_PER_INCH) : sampling.imageX;
  const compression = (view.capture === undefined ? COMPRESSIONS : COMPRESSIONS_2011)[code];
  return decodeStoredPicture({ ...view, statedPpi, compression, code }, place, options);
}

/** How a record stores its pixels. */
export type FingerImageCompression = 'none' | 'wsq' | 'jpeg' | 'jpeg2000' | 'jpeg2000-lossless' | 'png';

/** Options of {@link fingerImageRecord}. */
export interface FingerImageOptions {
  /** Record format to write. */
  readonly format: FingerImageFormat;
  /** Finger position, `WINBIO_ANSI_381_POS_*`; 0 (unknown) when absent. */
  readonly position?: number;
  /** How it was taken, `WINBIO_ANSI_381_IMP_TYPE_*`; 0 (live scan, plain) when absent. */
  readonly impressionType?: number;
  /** 0 to 100; 254 (undefined) when absent. */
  readonly quality?: number;
  /**
   * `none` when absent. Lossy and lossless JPEG 2000 have different codes in ISO/IEC 19794-4:2011, one in the others.
   */
  readonly compression?: FingerImageCompression;
  /** Bits per pixel of WSQ, 0.1 to 8; 0.75 when absent. */
  readonly bitRate?: number;
  /** Quality of JPEG, 1 to 100; 90 when absent. */
  readonly jpegQuality?: number;
  /** How many times smaller `jpeg2000` is than the pixels, 1 to 1000; 10 when absent. */
  readonly compressionRatio?: number;
}

/** Ratio of lossy JPEG 2000 when the caller gives none. */
const USUAL_RATIO = 10;

interface Writing {
  readonly write: (image: GreyImage, options: FingerImageOptions) => Uint8Array;
  /** In ANSI INCITS 381-2004 and ISO/IEC 19794-4:2005. */
  readonly code: number;
  readonly code2011: number;
}

const WRITINGS: Readonly<Record<FingerImageCompression, Writing>> = {
  none: { write: (image) => new Uint8Array(image.pixels), code: CODE.none, code2011: CODE_2011.none },
  wsq: {
    write: (image, { bitRate }) => encodeWsq(image, bitRate === undefined ? {} : { bitRate }),
    code: CODE.wsq,
    code2011: CODE_2011.wsq,
  },
  jpeg: {
    write: (image, { jpegQuality }) => encodeJpeg(image, jpegQuality === undefined ? {} : { quality: jpegQuality }),
    code: CODE.jpeg,
    code2011: CODE_2011.jpeg,
  },
  jpeg2000: {
    write: (image, { compressionRatio = USUAL_RATIO }) => encodeJpeg2000(image, { compressionRatio }),
    code: CODE.jpeg2000,
    code2011: CODE_2011.jpeg2000,
  },
  'jpeg2000-lossless': {
    write: (image) => encodeJpeg2000(image),
    code: CODE.jpeg2000,
    code2011: CODE_2011.jpeg2000Lossless,
  },
  png: { write: (image) => encodePng(image), code: CODE.png, code2011: CODE_2011.png },
};

/**
 * A record of one image; its resolution is rounded to whole pixels per inch. Throws E_INVALIDARG for what the record
 * cannot hold.
 *
 * @example
 * const record = fingerImageRecord(image, { format: 'iso-19794-4-2011', position: 2, compression: 'wsq' });
 */
export function fingerImageRecord(image: GreyImage, options: FingerImageOptions): FingerImageRecord {
  checkGreyImage(image, 0xffff);
  const { format, position = 0, impressionType = 0, quality = 254, compression = 'none' } = options;
  const rate = Math.round(image.resolutionPpi);
  if (rate > 0xffff) throw new BiometricError('E_INVALIDARG', 'resolutionPpi must be 1..65535');
  const writing = Object.hasOwn(WRITINGS, compression) ? WRITINGS[compression] : undefined;
  if (writing === undefined) {
    const text = `compression is ${compression}; give ${Object.keys(WRITINGS).join(', ')}`;
    throw new BiometricError('E_INVALIDARG', text);
  }
  const data = writing.write(image, options);
  const isIso2011 = format === 'iso-19794-4-2011';
  const view: FingerImageView = {
    position,
    viewCount: 1,
    viewNumber: isIso2011 ? 0 : 1,
    qualities: [{ quality, vendorId: 0, algorithmId: 0 }],
    impressionType,
    sampling: { scaleUnits: 1, captureX: rate, captureY: rate, imageX: rate, imageY: rate },
    bitsPerPixel: 8,
    compression: isIso2011 ? writing.code2011 : writing.code,
    widthPx: image.widthPx,
    heightPx: image.heightPx,
    data,
    ...(isIso2011 && { capture: UNKNOWN_CAPTURE }),
  };
  if (isIso2011) return { format, hasCertificates: false, positionCount: 1, views: [view] };
  const device = { id: 0, acquisitionLevel: acquisitionLevel(image.resolutionPpi) };
  return { format, ...(format === 'ansi-381-2004' && { productId: { owner: 0, type: 0 } }), device, views: [view] };
}
