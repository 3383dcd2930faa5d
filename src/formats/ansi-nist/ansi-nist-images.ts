/** The finger images of an ANSI/NIST-ITL file: types 4, 13 and 14. */

import type { GreyImage } from '../../core/grey-image.ts';
import { formatError } from '../format-error.ts';
import { chooseResolution, insideRecord } from '../image/choose-resolution.ts';
import { checkDeclaredSize, type DecodeImageOptions, pixelsPerInch } from '../image/image-limits.ts';
import { decodePng } from '../image/png.ts';
import { decodeWsq } from '../wsq/index.ts';
import type { AnsiNistRecord, BinaryImageRecord, TaggedRecord } from './ansi-nist-reader.ts';

/** A finger image of a file. */
export interface AnsiNistImage {
  /** Type of its record: 4, 13 or 14. */
  readonly recordType: number;
  /** Image designation character: ties the records of one image together. */
  readonly idc: number;
  /** Code of how the impression was taken. ANSI/NIST-ITL, table 7. */
  readonly impressionType: number;
  /** Finger positions of the image, the most likely first. */
  readonly positions: readonly number[];
  /**
   * Decodes the pixels: uncompressed 8-bit, WSQ or PNG. Throws WHORL_E_MALFORMED, WHORL_E_UNSUPPORTED_FORMAT,
   * WHORL_E_LIMIT_EXCEEDED, E_INVALIDARG as the decoder of its compression does.
   */
  pixels(options?: DecodeImageOptions): GreyImage;
}

type Compression = 'none' | 'wsq' | 'png' | 'other';

interface Stored {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly bitsPerPixel: number;
  readonly resolutionPpi: number | undefined;
  readonly compression: Compression;
  readonly data: Uint8Array;
}

/** Pixels per inch of fields 1.011 and 1.012. */
interface Rates {
  readonly transmitted?: number;
  readonly native?: number;
}

const FORMAT = 'ANSI/NIST-ITL';
const MM_PER_INCH = 25.4;
const CM_PER_INCH = 2.54;
const FIELD = {
  width: 6,
  height: 7,
  scale: 8,
  rate: 9,
  compression: 11,
  bits: 12,
  position: 13,
  impression: 3,
} as const;
const COMPRESSIONS: Readonly<Record<string, Compression>> = {
  NONE: 'none',
  '0': 'none',
  WSQ20: 'wsq',
  WSQ: 'wsq',
  PNG: 'png',
};

/**
 * The images of the records, in order. Records without finger images are skipped. Never fails: broken fields are
 * reported by `pixels`.
 *
 * @example
 * const [first] = ansiNistImages(decodeAnsiNist(bytes));
 * const image = first?.pixels();
 */
export function ansiNistImages(records: readonly AnsiNistRecord[]): AnsiNistImage[] {
  const rates = transmittedRates(records[0]);
  return records.flatMap((record): AnsiNistImage[] => {
    if (record.kind === 'binary') return record.type === 4 ? [binaryImage(record, rates)] : [];
    return (record.type === 13 || record.type === 14) && record.data !== undefined ? [taggedImage(record)] : [];
  });
}

function binaryImage(record: BinaryImageRecord, rates: Rates): AnsiNistImage {
  const { type, idc, impressionType, positions, widthPx, heightPx, data } = record;
  const resolutionPpi = record.isNativeResolution ? rates.native : rates.transmitted;
  const compression = record.compression === 0 ? 'none' : record.compression === 1 ? 'wsq' : 'other';
  const stored: Stored = { widthPx, heightPx, bitsPerPixel: 8, resolutionPpi, compression, data };
  return { recordType: type, idc, impressionType, positions, pixels: (options) => decode(stored, options) };
}

function taggedImage(record: TaggedRecord): AnsiNistImage {
  const { type, idc, fields } = record;
  const text = (field: number) => fields.get(field)?.[0]?.[0] ?? '';
  const rate = Number(text(FIELD.rate));
  // 0: no scale, 1: per inch, 2: per centimetre.
  const rates: Readonly<Record<string, number>> = { '1': rate, '2': pixelsPerInch(rate, CM_PER_INCH) };
  const resolutionPpi = rates[text(FIELD.scale)];
  const stored: Stored = {
    widthPx: Number(text(FIELD.width)),
    heightPx: Number(text(FIELD.height)),
    bitsPerPixel: Number(text(FIELD.bits)),
    resolutionPpi: resolutionPpi !== undefined && resolutionPpi > 0 ? resolutionPpi : undefined,
    compression: COMPRESSIONS[text(FIELD.compression)] ?? 'other',
    data: record.data!,
  };
  const positions = (fields.get(FIELD.position) ?? []).map(([position]) => Number(position));
  const impressionType = Number(text(FIELD.impression));
  return { recordType: type, idc, impressionType, positions, pixels: (options) => decode(stored, options) };
}

function decode(stored: Stored, options: DecodeImageOptions = {}): GreyImage {
  const { widthPx, heightPx, data } = stored;
  const place = { format: FORMAT, field: 'image', offset: 0 };
  checkDeclaredSize(place, widthPx, heightPx, options.maxPixels);
  const inner = { ...insideRecord(stored.resolutionPpi, options), maxPixels: widthPx * heightPx };
  if (stored.compression === 'wsq') return sized(decodeWsq(data, inner), stored);
  if (stored.compression === 'png') return sized(decodePng(data, inner), stored);
  if (stored.compression !== 'none' || stored.bitsPerPixel !== 8) {
    throw formatError('WHORL_E_UNSUPPORTED_FORMAT', place, 'has a compression or depth that is not supported');
  }
  const resolutionPpi = chooseResolution(place, stored.resolutionPpi, options);
  return sized({ widthPx, heightPx, resolutionPpi, pixels: new Uint8Array(data) }, stored);
}

function sized(image: GreyImage, { widthPx, heightPx }: Stored): GreyImage {
  if (image.widthPx === widthPx && image.heightPx === heightPx && image.pixels.length === widthPx * heightPx)
    return image;
  throw formatError('WHORL_E_MALFORMED', { format: FORMAT, field: 'image', offset: 0 }, 'has another size than stated');
}

/** Fields 1.011 and 1.012 count pixels per millimetre; 0 means the file has no such images. */
function transmittedRates(first: AnsiNistRecord | undefined): Rates {
  if (first?.kind !== 'tagged') return {};
  const ppi = (field: number): number | undefined => {
    const perMm = Number(first.fields.get(field)?.[0]?.[0] ?? 0);
    // 19.69 per millimetre are 500 per inch, to the two decimals that are written.
    return perMm > 0 ? Math.round(perMm * MM_PER_INCH) : undefined;
  };
  const [transmitted, native] = [ppi(11), ppi(12)];
  return { ...(transmitted !== undefined && { transmitted }), ...(native !== undefined && { native }) };
}
