/** The images of any file, in order: one, or several in transactions, records, travel documents and TIFFs. */

import type { GreyImage } from '../core/grey-image.ts';
import { ansiNistImages, decodeAnsiNistLeniently, type FingerSegment } from './ansi-nist/index.ts';
import { decodeFingerprintSample } from './bir/fingerprint-sample.ts';
import { detectFormat, type FormatName } from './detect.ts';
import { decodeFingerImageRecord, fingerImagePixels } from './finger-image/index.ts';
import { formatError } from './format-error.ts';
import { decodeBmp } from './image/bmp.ts';
import type { DecodeImageOptions } from './image/image-limits.ts';
import { decodePgm } from './image/pgm.ts';
import { decodePng } from './image/png.ts';
import { countTiffPages, decodeTiff } from './image/tiff/tiff.ts';
import { decodeJpeg } from './jpeg/jpeg.ts';
import { decodeJpeg2000 } from './jpeg-2000/jpeg-2000.ts';
import { unwrapIcaoDg3 } from './wrapped/icao-dg3.ts';
import { unwrapPivCbeff } from './wrapped/piv-cbeff.ts';
import { decodeWsq } from './wsq/index.ts';

/** An image of a file. */
export interface FileImage {
  /** Format of what holds it: the file, or a record inside. */
  readonly format: FormatName;
  /** Pixels in a row, where a record states them. */
  readonly widthPx?: number;
  /** Pixels in a column, where a record states them. */
  readonly heightPx?: number;
  /** Finger positions, the most likely first; 13 to 15 are several fingers of one hand. ANSI/NIST-ITL, table 12. */
  readonly positions?: readonly number[];
  /** Record type of a transaction. */
  readonly recordType?: number;
  /** How a record stores its pixels, such as `WSQ`; undefined for a code that its standard does not define. */
  readonly compression?: string;
  /** Where the fingers of a transaction's image are, as field 14.021 states. */
  readonly segments?: readonly FingerSegment[];
  /** Decodes the pixels. Throws as {@link decodeImage} does. */
  pixels(options?: DecodeImageOptions): GreyImage;
}

type Find = (bytes: Uint8Array) => readonly FileImage[];
type Decode = (bytes: Uint8Array, options?: DecodeImageOptions) => GreyImage;

const FINDERS: Readonly<Partial<Record<FormatName, Find>>> = {
  'ansi-381-2004': recordImages,
  'iso-19794-4-2005': recordImages,
  'iso-19794-4-2011': recordImages,
  'ansi-nist': transactionImages,
  bir: only('bir', decodeFingerprintSample),
  bmp: only('bmp', decodeBmp),
  'icao-dg3': (bytes) => unwrapIcaoDg3(bytes).flatMap(recordImages),
  jp2: only('jp2', decodeJpeg2000),
  jpeg: only('jpeg', decodeJpeg),
  pgm: only('pgm', decodePgm),
  'piv-cbeff': (bytes) => recordImages(unwrapPivCbeff(bytes)),
  png: only('png', decodePng),
  tiff: tiffImages,
  wsq: only('wsq', decodeWsq),
};

/**
 * The images of a file in any format that {@link detectFormat} knows as one with images, in order; nothing is decoded
 * before {@link FileImage.pixels} is called. Throws WHORL_E_UNSUPPORTED_FORMAT for files without images and other
 * bytes, WHORL_E_MALFORMED for broken records.
 *
 * @example
 * for (const image of fileImages(await readFile('card.an2'))) console.log(image.positions, image.pixels().widthPx);
 */
export function fileImages(bytes: Uint8Array): readonly FileImage[] {
  const format = detectFormat(bytes);
  const find = format === undefined ? undefined : FINDERS[format];
  if (find === undefined) {
    const place = { format: format ?? 'image', field: 'signature', offset: 0 };
    throw formatError('WHORL_E_UNSUPPORTED_FORMAT', place, 'is that of no known image format');
  }
  return find(bytes);
}

function only(format: FormatName, decode: Decode): Find {
  return (bytes) => [{ format, pixels: (options) => decode(bytes, options) }];
}

function recordImages(bytes: Uint8Array): FileImage[] {
  const { format, views } = decodeFingerImageRecord(bytes);
  return views.map((view) => ({
    format,
    widthPx: view.widthPx,
    heightPx: view.heightPx,
    positions: [view.position],
    pixels: (options) => fingerImagePixels(view, options),
  }));
}

function tiffImages(bytes: Uint8Array): FileImage[] {
  return Array.from({ length: countTiffPages(bytes) }, (_, i) => ({
    format: 'tiff',
    pixels: (options) => decodeTiff(bytes, { ...options, image: i + 1 }),
  }));
}

/** Faults of a transaction are thrown when nothing of it can be read. */
function transactionImages(bytes: Uint8Array): readonly FileImage[] {
  const { records, faults } = decodeAnsiNistLeniently(bytes);
  const images = ansiNistImages(records);
  if (images.length > 0) return images.map((image) => ({ format: 'ansi-nist', ...image }));
  const [fault] = faults;
  if (fault !== undefined) throw formatError('WHORL_E_MALFORMED', { format: 'ANSI/NIST-ITL', ...fault }, fault.text);
  const place = { format: 'ANSI/NIST-ITL', field: '1.003', offset: 0 };
  throw formatError('WHORL_E_UNSUPPORTED_FORMAT', place, 'names no finger image');
}
