/** What a JPEG says of itself before its pixels are decoded. ITU-T T.81 annex B; JFIF 1.02; Exif 2.32, 4.5.4. */

import { ByteReader } from '../bytes/byte-reader.ts';
import { type Exif, readExif } from '../image/exif.ts';
import { checkDeclaredSize, pixelsPerInch } from '../image/image-limits.ts';

/** The header of a file. */
export interface JpegHeader {
  readonly widthPx: number;
  readonly heightPx: number;
  /** 1 grey, 3 colours. */
  readonly components: number;
  readonly isLossless: boolean;
  /** Pixels per inch; undefined when the file states none. */
  readonly statedPpi?: number;
  /** As Exif counts it, 1 to 8; undefined when the file has none. */
  readonly orientation?: number;
}

const FORMAT = 'JPEG';
const CM_PER_INCH = 2.54;
/** JPEG begins. */
const SOI = 0xd8;
/** Pixels begin. */
const SOS = 0xda;
const APP0 = 0xe0;
const APP1 = 0xe1;
const EXIF = 'Exif\0\0';
/**
 * Frames: baseline, extended, progressive, lossless; the last three of them arithmetic again. Hierarchical ones are not
 * read.
 */
const FRAMES: readonly number[] = [0xc0, 0xc1, 0xc2, 0xc3, 0xc9, 0xca, 0xcb];
const LOSSLESS: readonly number[] = [0xc3, 0xcb];
const NO_FRAMES: readonly number[] = [0xc4, 0xc8, 0xcc];
/** Markers without a length. */
const isBare = (marker: number) => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);
/**
 * Scans times pixels: every scan of a progressive picture passes over all of it. Encoders write about ten; a decoder
 * takes some ten seconds for so many.
 */
const MAX_SCANNED_PIXELS = 1_000_000_000;

/** True when the bytes begin as every JPEG does. */
export function isJpeg(bytes: Uint8Array): boolean {
  return bytes[0] === 0xff && bytes[1] === SOI && bytes[2] === 0xff;
}

/**
 * Reads up to the pixels. Throws WHORL_E_MALFORMED for broken headers, WHORL_E_UNSUPPORTED_FORMAT for depths other than
 * 8 bits, other numbers of components and unequal resolutions, WHORL_E_LIMIT_EXCEEDED above `maxPixels` and for scans
 * whose decoding would not end.
 */
export function readJpegHeader(bytes: Uint8Array, maxPixels?: number): JpegHeader {
  const reader = new ByteReader(FORMAT, bytes);
  if (!isJpeg(bytes)) throw reader.malformed('SOI', 'is missing', 0);
  reader.skip(2, 'SOI');
  let frame: Pick<JpegHeader, 'widthPx' | 'heightPx' | 'components' | 'isLossless'> | undefined;
  let jfifPpi: number | undefined;
  let exif: Exif = {};
  for (;;) {
    const marker = readMarker(reader);
    if (marker === SOS) break;
    if (isBare(marker)) continue;
    const at = reader.offset;
    const length = reader.u16('segment length');
    if (length < 2) throw reader.malformed('segment length', 'is below 2', at);
    const body = reader.bytes(length - 2, 'segment');
    if (marker === APP0) jfifPpi ??= readDensity(body, at + 2);
    if (marker === APP1 && String.fromCharCode(...body.subarray(0, 6)) === EXIF) exif = readExif(body.subarray(6));
    if (marker >= 0xc0 && marker <= 0xcf && !NO_FRAMES.includes(marker)) {
      if (frame !== undefined) throw reader.malformed('SOF', 'comes twice', at);
      frame = readFrame(marker, body, at + 2, maxPixels);
    }
  }
  if (frame === undefined) throw reader.malformed('SOF', 'is missing');
  checkScans(reader, bytes, frame.widthPx * frame.heightPx);
  const statedPpi = jfifPpi ?? exif.resolutionPpi;
  return {
    ...frame,
    ...(statedPpi !== undefined && { statedPpi }),
    ...(exif.orientation !== undefined && { orientation: exif.orientation }),
  };
}

/** Any number of 0xFF may stand before a marker. */
function readMarker(reader: ByteReader): number {
  const at = reader.offset;
  if (reader.u8('marker') !== 0xff) throw reader.malformed('marker', 'is missing', at);
  let marker = 0xff;
  while (marker === 0xff) marker = reader.u8('marker');
  return marker;
}

/** JFIF: units 1 per inch, 2 per centimetre; 0 states the shape of a pixel only. */
function readDensity(body: Uint8Array, offset: number): number | undefined {
  if (String.fromCharCode(...body.subarray(0, 5)) !== 'JFIF\0') return undefined;
  const reader = new ByteReader(FORMAT, body);
  reader.skip(7, 'JFIF version');
  const unit = reader.u8('JFIF units');
  const [x, y] = [reader.u16('JFIF density'), reader.u16('JFIF density')];
  if (unit !== 1 && unit !== 2) return undefined;
  if (x !== y) throw reader.unsupported('JFIF density', 'differs between the directions', offset + 8);
  if (x === 0) return undefined;
  return unit === 1 ? x : pixelsPerInch(x, CM_PER_INCH);
}

function readFrame(marker: number, body: Uint8Array, offset: number, maxPixels?: number) {
  const reader = new ByteReader(FORMAT, body);
  if (!FRAMES.includes(marker)) throw reader.unsupported('SOF', 'is hierarchical', offset);
  const depth = reader.u8('SOF precision');
  const heightPx = reader.u16('SOF lines');
  const widthPx = reader.u16('SOF samples');
  const components = reader.u8('SOF components');
  checkDeclaredSize({ format: FORMAT, field: 'SOF size', offset: offset + 1 }, widthPx, heightPx, maxPixels);
  if (depth !== 8) throw reader.unsupported('SOF precision', `is ${depth} bits, not 8`, offset);
  if (components !== 1 && components !== 3) {
    throw reader.unsupported('SOF components', `are ${components}, not 1 (grey) or 3 (colours)`, offset + 5);
  }
  return { widthPx, heightPx, components, isLossless: LOSSLESS.includes(marker) };
}

/** Within compressed data 0xFF is followed by 0 or a restart, so that a marker cannot be anything else. */
function checkScans(reader: ByteReader, bytes: Uint8Array, pixelCount: number): void {
  let scans = 1;
  for (let at = bytes.indexOf(0xff, reader.offset); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    if (bytes[at + 1] === SOS) scans++;
  }
  if (scans > 1 && scans * pixelCount > MAX_SCANNED_PIXELS) {
    throw reader.error('WHORL_E_LIMIT_EXCEEDED', 'SOS', `comes ${scans} times for ${pixelCount} pixels`);
  }
}
