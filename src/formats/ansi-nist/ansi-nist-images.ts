/** The finger images of an ANSI/NIST-ITL file: types 4, 13 and 14. */

import type { GreyImage } from '../../core/grey-image.ts';
import type { FormatPlace } from '../format-error.ts';
import { type DecodeImageOptions, pixelsPerInch } from '../image/image-limits.ts';
import type { Compression } from '../image/picture-kind.ts';
import { decodeStoredPicture, type StoredPicture } from '../stored-picture.ts';
import type { AnsiNistRecord, BinaryImageRecord, TaggedRecord } from './ansi-nist-reader.ts';

/** Where one finger is in the image of several, as a file states it. ANSI/NIST-ITL 1-2011, 14.021. */
export interface FingerSegment {
  /** Finger position, 1 to 10. */
  readonly position: number;
  /** First column. */
  readonly leftPx: number;
  /** Last column. */
  readonly rightPx: number;
  /** First line. */
  readonly topPx: number;
  /** Last line. */
  readonly bottomPx: number;
}

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
  /** Pixels in a row. */
  readonly widthPx: number;
  /** Pixels in a column. */
  readonly heightPx: number;
  /** How its pixels are stored; undefined for a code that the standard does not define. */
  readonly compression?: string;
  /** Fingers of an image of type 14, as its field 14.021 states them; empty without one. */
  readonly segments: readonly FingerSegment[];
  /**
   * Decodes the pixels: uncompressed 8-bit, WSQ, JPEG, JPEG 2000 or PNG. Throws WHORL_E_MALFORMED,
   * WHORL_E_UNSUPPORTED_FORMAT, WHORL_E_LIMIT_EXCEEDED, E_INVALIDARG as the decoder of its compression does.
   */
  pixels(options?: DecodeImageOptions): GreyImage;
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
  segments: 21,
} as const;
/** By the code of field 4.008. ANSI/NIST-ITL 1-2011, table 15. */
const COMPRESSIONS: readonly Compression[] = [
  'none',
  'WSQ',
  'JPEG',
  'lossless JPEG',
  'JPEG 2000',
  'lossless JPEG 2000',
  'PNG',
];
/** By the label of fields 13.011 and 14.011; some write the code of type 4 instead. ANSI/NIST-ITL 1-2011, table 15. */
const LABELS: Readonly<Record<string, Compression>> = {
  ...Object.fromEntries(COMPRESSIONS.entries()),
  NONE: 'none',
  WSQ20: 'WSQ',
  WSQ: 'WSQ',
  JPEGB: 'JPEG',
  JPEGL: 'lossless JPEG',
  JP2: 'JPEG 2000',
  JP2L: 'lossless JPEG 2000',
  PNG: 'PNG',
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
  const statedPpi = record.isNativeResolution ? rates.native : rates.transmitted;
  const [code, compression] = [record.compression, COMPRESSIONS[record.compression]];
  const stored = { widthPx, heightPx, bitsPerPixel: 8, statedPpi, compression, code, data };
  const place = placeOf(record, '009');
  return { recordType: type, idc, impressionType, positions, segments: [], ...described(stored, place) };
}

function taggedImage(record: TaggedRecord): AnsiNistImage {
  const { type, idc, fields } = record;
  const text = (field: number) => fields.get(field)?.[0]?.[0] ?? '';
  const rate = Number(text(FIELD.rate));
  // 0: no scale, 1: per inch, 2: per centimetre.
  const rates: Readonly<Record<string, number>> = { '1': rate, '2': pixelsPerInch(rate, CM_PER_INCH) };
  const code = text(FIELD.compression);
  const stored = {
    widthPx: Number(text(FIELD.width)),
    heightPx: Number(text(FIELD.height)),
    bitsPerPixel: Number(text(FIELD.bits)),
    statedPpi: rates[text(FIELD.scale)],
    compression: LABELS[code.toUpperCase()],
    code,
    data: record.data!,
  };
  const place = placeOf(record, '999');
  const positions = (fields.get(FIELD.position) ?? []).map(([position]) => Number(position));
  const impressionType = Number(text(FIELD.impression));
  const segments = type === 14 ? (fields.get(FIELD.segments) ?? []).flatMap(segmentOf) : [];
  return { recordType: type, idc, impressionType, positions, segments, ...described(stored, place) };
}

function described(stored: StoredPicture, place: FormatPlace) {
  const { widthPx, heightPx, compression } = stored;
  return {
    widthPx,
    heightPx,
    ...(compression !== undefined && { compression }),
    pixels: (options?: DecodeImageOptions) => decodeStoredPicture(stored, place, options),
  };
}

/** Finger, left, right, top, bottom; subfields that are not five numbers say nothing. */
function segmentOf(items: readonly string[]): FingerSegment[] {
  const [position = Number.NaN, leftPx = 0, rightPx = 0, topPx = 0, bottomPx = 0] = items.slice(0, 5).map(Number);
  const isSound = items.length >= 5 && position >= 1 && position <= 10 && leftPx <= rightPx && topPx <= bottomPx;
  return isSound ? [{ position, leftPx, rightPx, topPx, bottomPx }] : [];
}

function placeOf({ type, offset }: AnsiNistRecord, field: string): FormatPlace {
  return { format: FORMAT, field: `${type}.${field}`, offset };
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
