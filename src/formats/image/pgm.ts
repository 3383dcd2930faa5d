/** Portable grey maps, plain (P2) and raw (P5). They state no resolution. */

import type { GreyImage } from '../../core/grey-image.ts';
import { ByteReader } from '../bytes/byte-reader.ts';
import { ByteWriter } from '../bytes/byte-writer.ts';
import { chooseResolution } from './choose-resolution.ts';
import { checkDeclaredSize, checkGreyImage, type DecodeImageOptions } from './image-limits.ts';

const FORMAT = 'PGM';
const SPACE = /\s/;
const NEWLINE = 0x0a;
const HASH = 0x23;

/** True when the bytes begin as a grey map does. */
export function isPgm(bytes: Uint8Array): boolean {
  return (
    bytes[0] === 0x50 && (bytes[1] === 0x32 || bytes[1] === 0x35) && SPACE.test(String.fromCharCode(bytes[2] ?? 0))
  );
}

/**
 * The image, scaled to 8 bits. PGM states no resolution, so give `resolutionPpi`. Throws WHORL_E_MALFORMED for broken
 * files, WHORL_E_UNSUPPORTED_FORMAT without a resolution, WHORL_E_LIMIT_EXCEEDED above `maxPixels`, E_INVALIDARG for a
 * `resolutionPpi` that is not above zero.
 *
 * @example
 * const image = decodePgm(await readFile('print.pgm'), { resolutionPpi: 500 });
 */
export function decodePgm(bytes: Uint8Array, options: DecodeImageOptions = {}): GreyImage {
  const reader = new ByteReader(FORMAT, bytes);
  if (!isPgm(bytes)) throw reader.malformed('signature', 'is not P2 or P5');
  reader.skip(2, 'signature');
  const widthPx = readNumber(reader, 'width');
  const heightPx = readNumber(reader, 'height');
  const place = { format: FORMAT, field: 'width', offset: 3 };
  checkDeclaredSize(place, widthPx, heightPx, options.maxPixels);
  const highestAt = reader.offset;
  const highest = readNumber(reader, 'maximum');
  if (highest === 0 || highest > 0xffff) throw reader.malformed('maximum', 'is not 1..65535', highestAt);
  const resolutionPpi = chooseResolution(place, undefined, options);
  // A sample takes at least a byte, so the rest cannot be shorter than the image.
  if (widthPx * heightPx > reader.remaining) throw reader.malformed('pixels', 'are fewer than declared');
  const pixels = new Uint8Array(widthPx * heightPx);
  const isRaw = bytes[1] === 0x35;
  for (let i = 0; i < pixels.length; i++) {
    const at = reader.offset;
    const value = !isRaw ? readNumber(reader, 'pixels') : highest > 255 ? reader.u16('pixels') : reader.u8('pixels');
    if (value > highest) throw reader.malformed('pixels', 'are above the maximum', at);
    pixels[i] = highest === 255 ? value : Math.round((value * 255) / highest);
  }
  return { widthPx, heightPx, resolutionPpi, pixels };
}

/**
 * A raw grey map (P5); the resolution is lost. Throws E_INVALIDARG when sizes, pixels and resolution are not those of
 * an image.
 *
 * @example
 * await writeFile('print.pgm', encodePgm(image));
 */
export function encodePgm(image: GreyImage): Uint8Array {
  checkGreyImage(image);
  const writer = new ByteWriter();
  writer.text(`P5\n${image.widthPx} ${image.heightPx}\n255\n`);
  writer.bytes(image.pixels);
  return writer.finish();
}

/** A decimal number behind white space and comments, and the one separator that ends it. */
function readNumber(reader: ByteReader, field: string): number {
  let byte = reader.u8(field);
  while (SPACE.test(String.fromCharCode(byte)) || byte === HASH) {
    if (byte === HASH) while (byte !== NEWLINE) byte = reader.u8(field);
    byte = reader.u8(field);
  }
  const at = reader.offset - 1;
  let value = 0;
  while (byte >= 0x30 && byte <= 0x39) {
    value = value * 10 + byte - 0x30;
    if (value > 0xffff_ffff) throw reader.malformed(field, 'is too large', at);
    if (reader.remaining === 0) return value;
    byte = reader.u8(field);
  }
  if (reader.offset - 1 === at || !SPACE.test(String.fromCharCode(byte)))
    throw reader.malformed(field, 'is no number', at);
  return value;
}
