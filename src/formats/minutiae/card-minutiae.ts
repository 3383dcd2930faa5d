/**
 * Minutiae as a card stores them: no header, no quality, millimetres instead of pixels. Normal size has 5 bytes a
 * minutia and hundredths of a millimetre, compact size 3 bytes and tenths. ISO/IEC 19794-2:2005 8.
 */

import { BiometricError } from '../../core/biometric-error.ts';
import { ByteReader } from '../bytes/byte-reader.ts';
import { ByteWriter } from '../bytes/byte-writer.ts';
import { MINUTIA_TYPES } from './minutiae-record.ts';

/** Sizes of card records. */
export type CardFormat = 'normal' | 'compact';

/** One minutia on a card. */
export interface CardMinutia {
  readonly type: (typeof MINUTIA_TYPES)[number];
  /** In hundredths of a millimetre (normal, 0..16383) or tenths (compact, 0..255). */
  readonly x: number;
  readonly y: number;
  /** In 256 steps a turn (normal) or 64 (compact). */
  readonly angle: number;
}

const SIZES = {
  normal: { bytes: 5, unitsPerCm: 1000, positionMax: 0x3fff, angleSteps: 256 },
  compact: { bytes: 3, unitsPerCm: 100, positionMax: 0xff, angleSteps: 64 },
} as const;
const ISO_ANGLE_STEPS = 256;

/** The minutiae in these bytes. Rejects reserved types and a length that is no multiple with WHORL_E_MALFORMED. */
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

/** The bytes of a card record. Rejects values outside their fields with E_INVALIDARG. */
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

/** Minutiae of an ISO view in the units of a card. Those that lie beyond the field of a compact card are left out. */
export function toCardMinutiae(
  view: { readonly xPixelsPerCm: number; readonly yPixelsPerCm: number; readonly minutiae: readonly PixelMinutia[] },
  format: CardFormat,
): CardMinutia[] {
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

interface PixelMinutia {
  readonly type: (typeof MINUTIA_TYPES)[number];
  readonly xPx: number;
  readonly yPx: number;
  /** In 256 steps a turn. */
  readonly angle: number;
}
