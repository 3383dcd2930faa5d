/**
 * Minutiae as a card stores them: no header, no quality, millimetres instead of pixels. Normal size has 5 bytes a
 * minutia and hundredths of a millimetre, compact size 3 bytes and tenths. ISO/IEC 19794-2:2005 8.
 */

import { BiometricError } from '../../core/biometric-error.ts';
import { ByteReader } from '../bytes/byte-reader.ts';
import { ByteWriter } from '../bytes/byte-writer.ts';
import { MINUTIA_TYPES, type MinutiaeRecord } from './minutiae-record.ts';

/** Size of card records: `normal` (5 bytes a minutia) or `compact` (3). */
export type CardFormat = 'normal' | 'compact';

/** A minutia on a card. */
export interface CardMinutia {
  /** Kind of minutia. */
  readonly type: (typeof MINUTIA_TYPES)[number];
  /** From the left edge: hundredths of a millimetre, 0 to 16383 (normal), or tenths, 0 to 255 (compact). */
  readonly x: number;
  /** From the upper edge, in the unit of {@link x}. */
  readonly y: number;
  /** Counter-clockwise from the right, in 256 steps a turn (normal) or 64 (compact). */
  readonly angle: number;
}

const SIZES = {
  normal: { bytes: 5, unitsPerCm: 1000, positionMax: 0x3fff, angleSteps: 256 },
  compact: { bytes: 3, unitsPerCm: 100, positionMax: 0xff, angleSteps: 64 },
} as const;
const ISO_ANGLE_STEPS = 256;
/** Resolution of records made of a card: 1,000 ppi, which keeps its places to 1/80 mm. */
const RECORD_PIXELS_PER_CM = 394;

/**
 * The minutiae in these bytes. Throws WHORL_E_MALFORMED for reserved types and bits, and a length that is not a
 * multiple of a minutia's. ISO/IEC 19794-2:2005 8.
 *
 * @example
 * const minutiae = decodeCardMinutiae(bytes, 'compact');
 */
export function decodeCardMinutiae(bytes: Uint8Array, format: CardFormat): CardMinutia[] {
  const reader = new ByteReader(`ISO 19794-2 card, ${format}`, bytes);
  if (bytes.length % SIZES[format].bytes !== 0)
    throw reader.malformed('length', 'is not a whole number of minutiae', 0);
  return Array.from({ length: bytes.length / SIZES[format].bytes }, () => {
    const at = reader.offset;
    const isNormal = format === 'normal';
    const first = isNormal ? reader.u16('x') : reader.u8('x');
    const y = isNormal ? reader.u16('y') : reader.u8('y');
    const last = reader.u8('angle');
    const type = MINUTIA_TYPES[isNormal ? first >> 14 : last >> 6];
    if (type === undefined) throw reader.malformed('type', 'is reserved', at);
    if (y > SIZES[format].positionMax) throw reader.malformed('y', 'has reserved bits set', at + 2);
    return { type, x: isNormal ? first & 0x3fff : first, y, angle: isNormal ? last : last & 63 };
  });
}

/**
 * The bytes of a card record. Throws E_INVALIDARG for values outside their fields. ISO/IEC 19794-2:2005 8.
 *
 * @example
 * const bytes = encodeCardMinutiae(toCardMinutiae(record.views[0], 'compact'), 'compact');
 */
export function encodeCardMinutiae(minutiae: readonly CardMinutia[], format: CardFormat): Uint8Array {
  const { positionMax, angleSteps } = SIZES[format];
  const writer = new ByteWriter();
  for (const { type, x, y, angle } of minutiae) {
    const fits = (value: number, most: number) => Number.isInteger(value) && value >= 0 && value <= most;
    if (!fits(x, positionMax) || !fits(y, positionMax) || !fits(angle, angleSteps - 1)) {
      throw new BiometricError('E_INVALIDARG', `a minutia lies outside what a ${format} card record can hold`);
    }
    const code = MINUTIA_TYPES.indexOf(type);
    if (format === 'normal') {
      writer.u16((code << 14) | x);
      writer.u16(y);
      writer.u8(angle);
    } else {
      writer.u8(x);
      writer.u8(y);
      writer.u8((code << 6) | angle);
    }
  }
  return writer.finish();
}

/**
 * Minutiae of an ISO view in the units of a card; those beyond the range of a compact card are left out. Never fails.
 *
 * @example
 * const [view] = decodeMinutiaeRecord(bytes).views;
 * const minutiae = toCardMinutiae(view, 'normal');
 */
export function toCardMinutiae(view: CardSource, format: CardFormat): CardMinutia[] {
  const { unitsPerCm, positionMax, angleSteps } = SIZES[format];
  return view.minutiae
    .map(({ type, xPx, yPx, angle }) => ({
      type,
      x: Math.round((xPx * unitsPerCm) / view.xPixelsPerCm),
      y: Math.round((yPx * unitsPerCm) / view.yPixelsPerCm),
      angle: Math.round((angle * angleSteps) / ISO_ANGLE_STEPS) % angleSteps,
    }))
    .filter(({ x, y }) => x <= positionMax && y <= positionMax);
}

/**
 * A record of ISO/IEC 19794-2:2005 with the minutiae of a card, at 1,000 pixels per inch. A card states no size, so the
 * frame is that of the minutiae; nor quality, so it is 0, not computed. Never fails.
 *
 * @example
 * const record = fromCardMinutiae(decodeCardMinutiae(bytes, 'compact'), 'compact');
 * const template = importMinutiae(encodeMinutiaeRecord(record));
 */
export function fromCardMinutiae(minutiae: readonly CardMinutia[], format: CardFormat): MinutiaeRecord {
  const { unitsPerCm, angleSteps } = SIZES[format];
  const places = minutiae.map(({ type, x, y, angle }) => ({
    type,
    xPx: Math.round((x * RECORD_PIXELS_PER_CM) / unitsPerCm),
    yPx: Math.round((y * RECORD_PIXELS_PER_CM) / unitsPerCm),
    angle: (angle * ISO_ANGLE_STEPS) / angleSteps,
    quality: 0,
  }));
  const view = {
    position: 0,
    view: 0,
    impressionType: 0,
    qualities: [{ quality: 0, vendorId: 0, algorithmId: 0 }],
    widthPx: 1 + Math.max(0, ...places.map(({ xPx }) => xPx)),
    heightPx: 1 + Math.max(0, ...places.map(({ yPx }) => yPx)),
    xPixelsPerCm: RECORD_PIXELS_PER_CM,
    yPixelsPerCm: RECORD_PIXELS_PER_CM,
    minutiae: places,
    extendedData: [],
  };
  return { format: 'iso-19794-2-2005', device: { isCertified: false, id: 0 }, views: [view] };
}

/** What {@link toCardMinutiae} needs of a view; a MinutiaeView of an ISO record has it. */
export interface CardSource {
  /** Resolution across. */
  readonly xPixelsPerCm: number;
  /** Resolution down. */
  readonly yPixelsPerCm: number;
  /** Minutiae in pixels. */
  readonly minutiae: readonly PixelMinutia[];
}

/** A minutia in pixels. */
export interface PixelMinutia {
  /** Kind of minutia. */
  readonly type: (typeof MINUTIA_TYPES)[number];
  /** From the left edge. */
  readonly xPx: number;
  /** From the upper edge. */
  readonly yPx: number;
  /** In 256 steps a turn. */
  readonly angle: number;
}
