/** Bitmaps of 16 and 32 bits a pixel whose colours are fields of bits. */

import type { ByteReader } from '../bytes/byte-reader.ts';
import { luma } from './grey.ts';

/** Bits of red, green and blue. */
export type ColourMasks = readonly [number, number, number];

/** Without masks of their own: five bits a colour, or eight. */
export const USUAL_MASKS: Readonly<Record<16 | 32, ColourMasks>> = {
  16: [0x7c00, 0x03e0, 0x001f],
  32: [0xff0000, 0x00ff00, 0x0000ff],
};

/** The masks at the reader. Throws WHORL_E_MALFORMED for a colour of no bits, or of bits apart. */
export function readMasks(reader: ByteReader): ColourMasks {
  const mask = (): number => {
    const at = reader.offset;
    const bits = reader.u32('colour mask');
    const field = bits / ((bits & -bits) >>> 0);
    if (bits === 0 || !Number.isInteger(Math.log2(field + 1))) {
      throw reader.malformed('colour mask', 'is no field of bits', at);
    }
    return bits;
  };
  return [mask(), mask(), mask()];
}

/** Reads the grey of a pixel from its bits. */
export function greyOfBits(masks: ColourMasks): (bits: number) => number {
  const [red, green, blue] = masks.map((mask) => {
    const shift = 31 - Math.clz32(mask & -mask);
    const most = mask >>> shift;
    return (bits: number) => Math.round(((((bits & mask) >>> 0) >>> shift) * 255) / most);
  }) as [(bits: number) => number, (bits: number) => number, (bits: number) => number];
  return (bits) => luma(red(bits), green(bits), blue(bits));
}
