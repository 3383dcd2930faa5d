/** Windows bitmaps to grey pixels and back: 1 to 32 bits a pixel, bit fields, run lengths. */

import type { GreyImage } from '../../core/grey-image.ts';
import { ByteReader } from '../bytes/byte-reader.ts';
import { ByteWriter } from '../bytes/byte-writer.ts';
import { type ColourMasks, greyOfBits, readMasks, USUAL_MASKS } from './bmp-bit-fields.ts';
import { decodeRuns } from './bmp-runs.ts';
import { chooseResolution } from './choose-resolution.ts';
import { greyPalette } from './grey.ts';
import { checkDeclaredSize, checkGreyImage, type DecodeImageOptions, pixelsPerInch } from './image-limits.ts';
import { sampler } from './samples.ts';

const FORMAT = 'BMP';
const FILE_HEADER_BYTES = 14;
const INFO_HEADER_BYTES = 40;
const CORE_HEADER_BYTES = 12;
const INCHES_PER_METRE_PIXEL = 0.0254;
/** By their codes. */
const COMPRESSIONS = ['no compression', 'RLE8', 'RLE4', 'bit fields', 'JPEG', 'PNG', 'bit fields'] as const;
/** Bits a pixel of the compressions that are read. */
const DEPTHS: Readonly<Record<string, readonly number[]>> = {
  'no compression': [1, 4, 8, 16, 24, 32],
  RLE8: [8],
  RLE4: [4],
  'bit fields': [16, 32],
};

/** True when the bytes begin as a bitmap file does. */
export function isBmp(bytes: Uint8Array): boolean {
  return bytes[0] === 0x42 && bytes[1] === 0x4d && bytes.length > FILE_HEADER_BYTES + CORE_HEADER_BYTES;
}

/**
 * The image as 8-bit grey. The resolution is `resolutionPpi`, else that of the header. Throws WHORL_E_MALFORMED for
 * broken files, WHORL_E_UNSUPPORTED_FORMAT for JPEG and PNG inside and missing or unequal resolutions,
 * WHORL_E_LIMIT_EXCEEDED above `maxPixels`, E_INVALIDARG for a `resolutionPpi` that is not above zero.
 *
 * @example
 * const image = decodeBmp(await readFile('print.bmp'), { resolutionPpi: 500 });
 */
export function decodeBmp(bytes: Uint8Array, options: DecodeImageOptions = {}): GreyImage {
  const reader = new ByteReader(FORMAT, bytes, { littleEndian: true });
  if (!isBmp(bytes)) throw reader.malformed('signature', 'is not BM');
  reader.skip(10, 'file header');
  const dataAt = reader.u32('data offset');
  const header = readHeader(reader);
  const { widthPx, heightPx, depth } = header;
  checkDeclaredSize({ format: FORMAT, field: 'width', offset: 18 }, widthPx, heightPx, options.maxPixels);
  checkCompression(reader, header);
  const place = { format: FORMAT, field: 'pixels per metre', offset: 38 };
  const resolutionPpi = chooseResolution(place, readResolution(reader, header), options);
  const greyLine = depth <= 8 ? indexedLines(reader, header, dataAt) : colourLines(reader, header, dataAt);
  const pixels = new Uint8Array(widthPx * heightPx);
  for (let row = 0; row < heightPx; row++) {
    const start = (header.isTopDown ? row : heightPx - 1 - row) * widthPx;
    greyLine(row, pixels.subarray(start, start + widthPx));
  }
  return { widthPx, heightPx, resolutionPpi, pixels };
}

/** Writes the grey of a line of the file, counted as they are stored. */
type GreyLine = (row: number, into: Uint8Array) => void;

function checkCompression(reader: ByteReader, { depth, compression, isTopDown }: Header): void {
  const name = COMPRESSIONS[compression] ?? `compression ${compression}`;
  const depths = DEPTHS[name];
  if (depths === undefined) throw reader.unsupported('compression', `is ${name}, which cannot be read`, 30);
  if (!depths.includes(depth)) throw reader.unsupported('bit count', `is ${depth} bits a pixel, with ${name}`, 28);
  if (isTopDown && name.startsWith('RLE')) throw reader.malformed('height', 'is negative, with run lengths', 22);
}

function indexedLines(reader: ByteReader, header: Header, dataAt: number): GreyLine {
  const { widthPx, heightPx, depth, compression } = header;
  const palette = readPalette(reader, header, dataAt);
  reader.seek(dataAt, 'data offset');
  const runs = compression === 0 ? undefined : decodeRuns(reader, { widthPx, heightPx, depth: depth === 8 ? 8 : 4 });
  const lineAt = runs === undefined ? storedLines(reader, header) : undefined;
  return (row, into) => {
    const indexAt = lineAt ? sampler(lineAt(row), depth) : (x: number) => runs![row * widthPx + x]!;
    for (let x = 0; x < widthPx; x++) into[x] = palette[indexAt(x)] ?? 255;
  };
}

function colourLines(reader: ByteReader, header: Header, dataAt: number): GreyLine {
  const { widthPx, depth, compression } = header;
  let masks: ColourMasks = USUAL_MASKS[depth === 16 ? 16 : 32];
  if (compression !== 0) {
    reader.seek(FILE_HEADER_BYTES + INFO_HEADER_BYTES, 'colour mask');
    masks = readMasks(reader);
  }
  const grey = greyOfBits(masks);
  const step = depth / 8;
  reader.seek(dataAt, 'data offset');
  const lineAt = storedLines(reader, header);
  return (row, into) => {
    const line = lineAt(row);
    for (let x = 0, at = 0; x < widthPx; x++, at += step) {
      into[x] = grey(line[at]! | (line[at + 1]! << 8) | ((line[at + 2] ?? 0) << 16) | ((line[at + 3] ?? 0) << 24));
    }
  };
}

/** Lines that are stored as they are, each filled up to four bytes. */
function storedLines(reader: ByteReader, { widthPx, heightPx, depth }: Header): (row: number) => Uint8Array {
  const lineBytes = Math.ceil((widthPx * depth) / 32) * 4;
  const data = reader.bytes(lineBytes * heightPx, 'pixels');
  return (row) => data.subarray(row * lineBytes, (row + 1) * lineBytes);
}

/** Options of {@link encodeBmp}. */
export interface EncodeBmpOptions {
  /** Writes 0 pixels per metre, for images whose resolution is not known; false when absent. */
  readonly withoutResolution?: boolean;
}

/**
 * An 8-bit bitmap with a grey palette and its resolution. Throws E_INVALIDARG when sizes, pixels and resolution are not
 * those of an image.
 *
 * @example
 * await writeFile('print.bmp', encodeBmp(image));
 */
export function encodeBmp(image: GreyImage, options: EncodeBmpOptions = {}): Uint8Array {
  checkGreyImage(image, 0x7fff_ffff);
  const { widthPx, heightPx, pixels } = image;
  const lineBytes = Math.ceil(widthPx / 4) * 4;
  const dataAt = FILE_HEADER_BYTES + INFO_HEADER_BYTES + 4 * 256;
  const perMetre = options.withoutResolution === true ? 0 : Math.round(image.resolutionPpi / INCHES_PER_METRE_PIXEL);
  const writer = new ByteWriter({ littleEndian: true });
  writer.text('BM');
  for (const value of [dataAt + lineBytes * heightPx, 0, dataAt, INFO_HEADER_BYTES, widthPx, heightPx]) {
    writer.u32(value);
  }
  writer.u16(1);
  writer.u16(8);
  for (const value of [0, lineBytes * heightPx, perMetre, perMetre, 256, 0]) writer.u32(value);
  for (let grey = 0; grey < 256; grey++) writer.bytes(Uint8Array.of(grey, grey, grey, 0));
  for (let row = heightPx - 1; row >= 0; row--) {
    writer.bytes(pixels.subarray(row * widthPx, (row + 1) * widthPx));
    writer.zeros(lineBytes - widthPx);
  }
  return writer.finish();
}

interface Header {
  readonly bytes: number;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly isTopDown: boolean;
  readonly depth: number;
  readonly compression: number;
  /** Per metre, horizontally and vertically; zero when not stated. */
  readonly perMetre: readonly [number, number];
  readonly colours: number;
}

function readHeader(reader: ByteReader): Header {
  const at = reader.offset;
  const bytes = reader.u32('header size');
  if (bytes === CORE_HEADER_BYTES) {
    const [widthPx, heightPx] = [reader.u16('width'), reader.u16('height')];
    reader.skip(2, 'planes');
    const depth = reader.u16('bit count');
    return { bytes, widthPx, heightPx, isTopDown: false, depth, compression: 0, perMetre: [0, 0], colours: 0 };
  }
  if (bytes < INFO_HEADER_BYTES || bytes > 1024) throw reader.malformed('header size', 'is unknown', at);
  const [widthPx, height] = [reader.i32('width'), reader.i32('height')];
  reader.skip(2, 'planes');
  const depth = reader.u16('bit count');
  const compression = reader.u32('compression');
  reader.skip(4, 'image size');
  const perMetre = [reader.i32('pixels per metre'), reader.i32('pixels per metre')] as const;
  const colours = reader.u32('colours used');
  return { bytes, widthPx, heightPx: Math.abs(height), isTopDown: height < 0, depth, compression, perMetre, colours };
}

function readResolution(reader: ByteReader, { perMetre: [x, y] }: Header): number | undefined {
  if (x <= 0 || y <= 0) return undefined;
  if (x !== y) throw reader.unsupported('pixels per metre', 'differ between the directions', 38);
  return pixelsPerInch(x, INCHES_PER_METRE_PIXEL);
}

function readPalette(reader: ByteReader, header: Header, dataAt: number): Uint8Array {
  const stride = header.bytes === CORE_HEADER_BYTES ? 3 : 4;
  const most = 2 ** header.depth;
  const start = FILE_HEADER_BYTES + header.bytes;
  const room = Math.max(0, Math.floor((dataAt - start) / stride));
  const colours = Math.min(header.colours === 0 ? most : Math.min(header.colours, most), room);
  reader.seek(start, 'palette');
  return greyPalette(reader.bytes(colours * stride, 'palette'), stride, true);
}
