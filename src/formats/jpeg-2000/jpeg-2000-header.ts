/** What a JPEG 2000 says of itself before its pixels are decoded. ISO/IEC 15444-1 annexes A, I. */

import { ByteReader } from '../bytes/byte-reader.ts';
import { checkWaveletSize, pixelsPerInch } from '../image/image-limits.ts';
import { pictureKind } from '../image/picture-kind.ts';

/** The header of a file or of a bare codestream. */
export interface Jpeg2000Header {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Of the codestream; a palette can make three of one. */
  readonly components: number;
  /** Bits of a sample. */
  readonly depth: number;
  /** True for the reversible wavelet, without which nothing is lossless. */
  readonly isReversible: boolean;
  /** Pixels per inch; undefined when the file states none. */
  readonly statedPpi?: number;
}

const FORMAT = 'JPEG 2000';
const METRES_PER_INCH = 0.0254;
const SIZ = 0xff51;
const COD = 0xff52;
const SOT = 0xff90;
/** What a hostile file can make a decoder keep for each of them is bounded; encoders write one to some fifty. */
const MAX_TILES = 1024;
const MAX_LAYERS = 256;

/** True when the bytes begin as a file or a codestream. */
export function isJpeg2000(bytes: Uint8Array): boolean {
  return pictureKind(bytes) === 'JPEG 2000';
}

/**
 * Reads up to the pixels. Throws WHORL_E_MALFORMED for broken headers, WHORL_E_UNSUPPORTED_FORMAT for depths above 16
 * bits, signed or subsampled components, more than three of them and unequal resolutions, WHORL_E_LIMIT_EXCEEDED above
 * `maxPixels` and for more tiles and layers than encoders write.
 */
export function readJpeg2000Header(bytes: Uint8Array, maxPixels?: number): Jpeg2000Header {
  const reader = new ByteReader(FORMAT, bytes);
  if (!isJpeg2000(bytes)) throw reader.malformed('signature', 'is that of no JPEG 2000', 0);
  if (bytes[0] === 0xff) return readCodestream(reader, bytes.length, maxPixels);
  let statedPpi: number | undefined;
  for (;;) {
    const { type, end } = readBox(reader, bytes.length);
    if (type === 'jp2c') break;
    if (type === 'jp2h') statedPpi = readResolution(reader, end);
    reader.seek(end, `box ${type}`);
  }
  return { ...readCodestream(reader, bytes.length, maxPixels), ...(statedPpi !== undefined && { statedPpi }) };
}

/** A box of 15444-1, I.4: its type, and the byte behind it. The reader then stands at its contents. */
function readBox(reader: ByteReader, outerEnd: number): { type: string; end: number } {
  const at = reader.offset;
  const length = reader.u32('box length');
  const type = String.fromCharCode(...reader.bytes(4, 'box type'));
  const long = length === 1 ? Number(reader.u64('box length')) : length;
  const end = length === 0 ? outerEnd : at + long;
  if (end < reader.offset || end > outerEnd) throw reader.malformed('box length', 'leads out of the file', at);
  return { type, end };
}

/** The resolution at capture, else that for display, of the superbox of resolutions. 15444-1, I.5.3.7. */
function readResolution(reader: ByteReader, end: number): number | undefined {
  let capture: number | undefined;
  let display: number | undefined;
  const walk = (innerEnd: number): void => {
    while (reader.offset < innerEnd) {
      const box = readBox(reader, innerEnd);
      if (box.type === 'res ') walk(box.end);
      if (box.type === 'resc') capture = readDensity(reader);
      if (box.type === 'resd') display = readDensity(reader);
      reader.seek(box.end, 'res');
    }
  };
  walk(end);
  return capture ?? display;
}

/** Pixels per metre as fractions with powers of ten, down and across. */
function readDensity(reader: ByteReader): number | undefined {
  const at = reader.offset;
  const [down, downBy] = [reader.u16('res'), reader.u16('res')];
  const [across, acrossBy] = [reader.u16('res'), reader.u16('res')];
  const perMetre = [(down / downBy) * 10 ** reader.i8('res'), (across / acrossBy) * 10 ** reader.i8('res')] as const;
  if (!perMetre.every((each) => Number.isFinite(each) && each > 0)) return undefined;
  if (perMetre[0] !== perMetre[1]) throw reader.unsupported('res', 'differs between the directions', at);
  return pixelsPerInch(perMetre[0], METRES_PER_INCH);
}

/** SIZ, which is first, and COD. 15444-1, A.5.1, A.6.1. */
function readCodestream(reader: ByteReader, fileBytes: number, maxPixels?: number): Omit<Jpeg2000Header, 'statedPpi'> {
  const at = reader.offset;
  if (reader.u16('SOC') !== 0xff4f) throw reader.malformed('SOC', 'is missing', at);
  if (reader.u16('SIZ') !== SIZ) throw reader.malformed('SIZ', 'is not first', at + 2);
  const size = readSize(reader, fileBytes, maxPixels);
  for (;;) {
    const markerAt = reader.offset;
    const marker = reader.u16('marker');
    if (marker === SOT) throw reader.malformed('COD', 'is missing', markerAt);
    const length = reader.u16('segment length');
    if (marker < 0xff00 || length < 2) throw reader.malformed('marker', 'is none', markerAt);
    if (marker !== COD) {
      reader.skip(length - 2, 'segment');
      continue;
    }
    reader.skip(2, 'COD');
    const layers = reader.u16('COD layers');
    if (layers > MAX_LAYERS) throw reader.error('WHORL_E_LIMIT_EXCEEDED', 'COD layers', `are ${layers}`, markerAt + 6);
    reader.skip(5, 'COD');
    return { ...size, isReversible: reader.u8('COD transformation') === 1 };
  }
}

function readSize(reader: ByteReader, fileBytes: number, maxPixels?: number) {
  const at = reader.offset;
  reader.skip(4, 'SIZ');
  const [right, bottom] = [reader.u32('SIZ width'), reader.u32('SIZ height')];
  const [left, top] = [reader.u32('SIZ offset'), reader.u32('SIZ offset')];
  const [tileWidth, tileHeight] = [reader.u32('SIZ tile'), reader.u32('SIZ tile')];
  const [tileLeft, tileTop] = [reader.u32('SIZ tile offset'), reader.u32('SIZ tile offset')];
  const [widthPx, heightPx] = [right - left, bottom - top];
  const place = { format: FORMAT, field: 'SIZ width', offset: at + 4 };
  checkWaveletSize(place, { widthPx, heightPx }, fileBytes, maxPixels);
  if (tileWidth === 0 || tileHeight === 0 || tileLeft > left || tileTop > top) {
    throw reader.malformed('SIZ tile', 'does not cover the image', at + 20);
  }
  const tiles = Math.ceil((right - tileLeft) / tileWidth) * Math.ceil((bottom - tileTop) / tileHeight);
  if (tiles > MAX_TILES) throw reader.error('WHORL_E_LIMIT_EXCEEDED', 'SIZ tile', `is one of ${tiles}`, at + 20);
  const components = reader.u16('SIZ components');
  if (components !== 1 && components !== 3) {
    throw reader.unsupported('SIZ components', `are ${components}, not 1 (grey) or 3 (colours)`, at + 36);
  }
  const depths = new Set<number>();
  for (let i = 0; i < components; i++) {
    const precision = reader.u8('SIZ precision');
    depths.add((precision & 0x7f) + 1);
    if (precision > 0x7f) throw reader.unsupported('SIZ precision', 'is that of signed samples', reader.offset - 1);
    if (reader.u8('SIZ step') !== 1 || reader.u8('SIZ step') !== 1) {
      throw reader.unsupported('SIZ step', 'leaves samples out', reader.offset - 1);
    }
  }
  const [depth = 0] = depths;
  if (depths.size > 1 || depth > 16) throw reader.unsupported('SIZ precision', 'is not one of 1 to 16 bits', at + 38);
  return { widthPx, heightPx, components, depth };
}
