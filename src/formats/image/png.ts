/** PNG to grey pixels: every depth and colour type, interlaced or not, inflated within a bound. PNG 3rd edition. */

import type { GreyImage } from '../../core/grey-image.ts';
import { ByteReader } from '../bytes/byte-reader.ts';
import { crc32 } from '../bytes/crc32.ts';
import { inflateZlib } from '../bytes/inflate.ts';
import { chooseResolution } from './choose-resolution.ts';
import { readExif } from './exif.ts';
import { checkDeclaredSize, type DecodeImageOptions, pixelsPerInch } from './image-limits.ts';
import { orient } from './orient.ts';
import { type PngColour, pngGrey } from './png-grey.ts';
import { passBytes, passesOf, unfilterPass } from './png-scanlines.ts';

const FORMAT = 'PNG';
const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const METRES_PER_INCH = 0.0254;

/** Depths that each colour type may have, and its channels. PNG 11.2.1. */
const COLOUR_TYPES: Readonly<Record<number, { channels: number; depths: readonly number[] }>> = {
  0: { channels: 1, depths: [1, 2, 4, 8, 16] },
  2: { channels: 3, depths: [8, 16] },
  3: { channels: 1, depths: [1, 2, 4, 8] },
  4: { channels: 2, depths: [8, 16] },
  6: { channels: 4, depths: [8, 16] },
};

/** True when the bytes begin as every PNG does. */
export function isPng(bytes: Uint8Array): boolean {
  return SIGNATURE.every((byte, i) => bytes[i] === byte);
}

/**
 * The image as 8-bit grey, upright as its Exif orientation says: colours by their luma, transparency over white, 16
 * bits rounded to 8. The resolution is
 * `resolutionPpi`, else that of the pHYs chunk.
 *
 * Throws WHORL_E_MALFORMED for broken files; WHORL_E_LIMIT_EXCEEDED above `maxPixels` (checked before anything is
 * inflated) and for data that inflate to more than declared; WHORL_E_UNSUPPORTED_FORMAT for unequal resolutions,
 * unknown critical chunks, and a file without a resolution when none was given; E_INVALIDARG for a `resolutionPpi` that
 * is not above zero.
 *
 * @example
 * const image = decodePng(await readFile('print.png'), { resolutionPpi: 500 });
 */
export function decodePng(bytes: Uint8Array, options: DecodeImageOptions = {}): GreyImage {
  const reader = new ByteReader(FORMAT, bytes);
  if (!isPng(bytes)) throw reader.malformed('signature', 'is not that of a PNG');
  reader.skip(SIGNATURE.length, 'signature');
  const header = readHeader(reader, options);
  const chunks = readChunks(reader, header);
  const place = { format: FORMAT, field: 'pHYs', offset: chunks.endsAt };
  const resolutionPpi = chooseResolution(place, chunks.resolutionPpi, options);
  const passes = passesOf(header.widthPx, header.heightPx, header.interlaced);
  const bitsPerPixel = header.depth * COLOUR_TYPES[header.colourType]!.channels;
  const rawBytes = passes.reduce((sum, pass) => sum + passBytes(pass, bitsPerPixel), 0);
  const raw = inflateZlib(chunks.data, rawBytes, { format: FORMAT, field: 'IDAT', offset: chunks.dataAt });
  const pixels = new Uint8Array(header.widthPx * header.heightPx);
  let at = 0;
  for (const pass of passes) {
    const size = passBytes(pass, bitsPerPixel);
    const badRow = unfilterPass(raw.subarray(at, at + size), pass, bitsPerPixel);
    if (badRow !== undefined) throw reader.malformed('IDAT', `row ${badRow} has an unknown filter`, chunks.dataAt);
    const lineBytes = 1 + Math.ceil((pass.widthPx * bitsPerPixel) / 8);
    for (let row = 0; row < pass.heightPx; row++) {
      const line = raw.subarray(at + row * lineBytes + 1, at + (row + 1) * lineBytes);
      const start = (pass.y + row * pass.stepY) * header.widthPx + pass.x;
      pngGrey(line, { ...header, ...chunks }, pass.widthPx, pixels, start, pass.stepX);
    }
    at += size;
  }
  return orient({ widthPx: header.widthPx, heightPx: header.heightPx, resolutionPpi, pixels }, chunks.orientation);
}

interface Header {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly depth: number;
  readonly colourType: number;
  readonly interlaced: boolean;
}

interface Chunks extends Pick<PngColour, 'palette' | 'transparency'> {
  readonly data: Uint8Array;
  readonly dataAt: number;
  readonly endsAt: number;
  readonly resolutionPpi?: number;
  /** As Exif counts it. */
  readonly orientation?: number;
}

function readHeader(reader: ByteReader, options: DecodeImageOptions): Header {
  const at = reader.offset;
  if (reader.u32('IHDR') !== 13 || reader.u32('IHDR') !== 0x4948_4452)
    throw reader.malformed('IHDR', 'is not first', at);
  const widthPx = reader.u32('IHDR width');
  const heightPx = reader.u32('IHDR height');
  checkDeclaredSize({ format: FORMAT, field: 'IHDR width', offset: at + 8 }, widthPx, heightPx, options.maxPixels);
  const depth = reader.u8('IHDR bit depth');
  const colourType = reader.u8('IHDR colour type');
  if (!COLOUR_TYPES[colourType]?.depths.includes(depth)) {
    throw reader.malformed('IHDR colour type', 'does not go with the bit depth', at + 16);
  }
  if (reader.u8('IHDR compression') !== 0) throw reader.malformed('IHDR compression', 'is unknown', at + 18);
  if (reader.u8('IHDR filter') !== 0) throw reader.malformed('IHDR filter', 'is unknown', at + 19);
  const interlace = reader.u8('IHDR interlace');
  if (interlace > 1) throw reader.malformed('IHDR interlace', 'is unknown', at + 20);
  reader.seek(at, 'IHDR');
  return { widthPx, heightPx, depth, colourType, interlaced: interlace === 1 };
}

function readChunks(reader: ByteReader, header: Header): Chunks {
  const parts: Uint8Array[] = [];
  let dataAt = 0;
  let palette: Uint8Array | undefined;
  let transparency: Uint8Array | undefined;
  let resolutionPpi: number | undefined;
  let orientation: number | undefined;
  for (let type = ''; type !== 'IEND'; ) {
    const at = reader.offset;
    const length = reader.u32('chunk length');
    const typed = reader.bytes(4 + length, 'chunk');
    type = String.fromCharCode(...typed.subarray(0, 4));
    if (!/^[A-Za-z]{4}$/.test(type)) throw reader.malformed('chunk type', 'is not four letters', at + 4);
    if (reader.u32('chunk CRC') !== crc32(typed)) throw reader.malformed(`${type} CRC`, 'is wrong', reader.offset - 4);
    const body = typed.subarray(4);
    if (type === 'IDAT') parts.push(body);
    if (type === 'IDAT' && dataAt === 0) dataAt = at + 8;
    if (type === 'PLTE') palette = body;
    if (type === 'tRNS') transparency = body;
    if (type === 'pHYs') resolutionPpi = readResolution(new ByteReader(FORMAT, body), at + 8);
    if (type === 'eXIf') orientation = readExif(body).orientation;
    const isCritical = type.charCodeAt(0) < 0x61;
    if (isCritical && !['IHDR', 'PLTE', 'IDAT', 'IEND'].includes(type)) {
      throw reader.unsupported(type, 'is a critical chunk of unknown kind', at);
    }
  }
  if (parts.length === 0) throw reader.malformed('IDAT', 'is missing');
  if (header.colourType === 3 && (palette === undefined || palette.length % 3 !== 0)) {
    throw reader.malformed('PLTE', 'is missing or no palette');
  }
  return {
    data: concatenate(parts),
    dataAt,
    endsAt: reader.offset,
    ...(palette && { palette }),
    ...(transparency && { transparency }),
    ...(resolutionPpi !== undefined && { resolutionPpi }),
    ...(orientation !== undefined && { orientation }),
  };
}

/** Undefined when the chunk states a shape but no size. PNG 11.3.4.3. */
function readResolution(body: ByteReader, offset: number): number | undefined {
  const x = body.u32('pHYs');
  const y = body.u32('pHYs');
  if (body.u8('pHYs') !== 1) return undefined;
  if (x !== y) throw body.unsupported('pHYs', 'differs between the directions', offset);
  if (x === 0) throw body.malformed('pHYs', 'is zero', offset);
  return pixelsPerInch(x, METRES_PER_INCH);
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  if (parts.length === 1) return parts[0]!;
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
