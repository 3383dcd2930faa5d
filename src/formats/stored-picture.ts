/** A picture as records of fingers store it: its pixels, if what it is agrees with what the record says. */

import type { GreyImage } from '../core/grey-image.ts';
import { type FormatPlace, formatError } from './format-error.ts';
import { chooseResolution, insideRecord } from './image/choose-resolution.ts';
import { checkDeclaredSize, type DecodeImageOptions } from './image/image-limits.ts';
import { type Compression, pictureKind } from './image/picture-kind.ts';
import { decodePng } from './image/png.ts';
import { decodeJpeg } from './jpeg/jpeg.ts';
import { readJpegHeader } from './jpeg/jpeg-header.ts';
import { decodeJpeg2000 } from './jpeg-2000/jpeg-2000.ts';
import { readJpeg2000Header } from './jpeg-2000/jpeg-2000-header.ts';
import { decodeWsq } from './wsq/index.ts';

/** What a record says about its picture. */
export interface StoredPicture {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly bitsPerPixel: number;
  /** Pixels per inch; undefined when the record states none. */
  readonly statedPpi: number | undefined;
  /** Undefined for a code that its standard does not define. */
  readonly compression: Compression | undefined;
  /** The code of the compression, as the record writes it. */
  readonly code: string | number;
  readonly data: Uint8Array;
}

const DECODERS: Readonly<Partial<Record<Compression, typeof decodePng>>> = {
  JPEG: decodeJpeg,
  'JPEG 2000': decodeJpeg2000,
  PNG: decodePng,
  WSQ: decodeWsq,
  'lossless JPEG': decodeJpeg,
  'lossless JPEG 2000': decodeJpeg2000,
};
/** Whether a picture is as lossless as its code says. */
const IS_LOSSLESS: Readonly<Partial<Record<Compression, (data: Uint8Array, maxPixels?: number) => boolean>>> = {
  'lossless JPEG': (data, maxPixels) => readJpegHeader(data, maxPixels).isLossless,
  'lossless JPEG 2000': (data, maxPixels) => readJpeg2000Header(data, maxPixels).isReversible,
};

/**
 * Its pixels. Throws WHORL_E_MALFORMED when the picture contradicts the code, in its kind or as a lossy one that is
 * stated to be lossless, and when its size is another than the record says; WHORL_E_UNSUPPORTED_FORMAT for other
 * compressions and depths, and what the decoder of its compression throws.
 */
export function decodeStoredPicture(
  stored: StoredPicture,
  place: FormatPlace,
  options: DecodeImageOptions = {},
): GreyImage {
  const { widthPx, heightPx, data, compression, code, statedPpi } = stored;
  checkDeclaredSize(place, widthPx, heightPx, options.maxPixels);
  checkKind(stored, place);
  const isBare = compression === 'none' || compression === 'bit packed';
  const decode = compression && DECODERS[compression];
  if (isBare && stored.bitsPerPixel !== 8) {
    throw formatError('WHORL_E_UNSUPPORTED_FORMAT', place, `has ${stored.bitsPerPixel} bits a pixel, not 8`);
  }
  if (!isBare && decode === undefined) {
    const name = compression === undefined ? `of compression ${code}, which is unknown,` : compression;
    throw formatError('WHORL_E_UNSUPPORTED_FORMAT', place, `is ${name} and cannot be read`);
  }
  if (compression && IS_LOSSLESS[compression]?.(data, options.maxPixels) === false) {
    throw formatError('WHORL_E_MALFORMED', place, `is lossy, but compression ${code} is ${compression}`);
  }
  const image = decode?.(data, { ...insideRecord(statedPpi, options), maxPixels: widthPx * heightPx }) ?? {
    widthPx,
    heightPx,
    resolutionPpi: chooseResolution(place, statedPpi, options),
    pixels: new Uint8Array(data),
  };
  if (image.widthPx !== widthPx || image.heightPx !== heightPx || image.pixels.length !== widthPx * heightPx) {
    throw formatError('WHORL_E_MALFORMED', place, `has another size than ${widthPx} x ${heightPx}, which is stated`);
  }
  return image;
}

/** Refuses a picture that begins as another kind than its code names; bare pixels may begin with any bytes. */
function checkKind({ widthPx, heightPx, data, compression, code }: StoredPicture, place: FormatPlace): void {
  const kind = pictureKind(data);
  if (kind === undefined || compression === undefined || compression.endsWith(kind)) return;
  const isBare = compression === 'none' || compression === 'bit packed';
  if (isBare && data.length === widthPx * heightPx) return;
  throw formatError('WHORL_E_MALFORMED', place, `begins as ${kind}, but compression ${code} is ${compression}`);
}
