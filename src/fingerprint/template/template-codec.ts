/**
 * The bytes of features and templates. Little endian:
 *
 *     0   4   'WHRL'
 *     4   1   version: 2, or 1 when no impression has phase samples
 *     5   1   number of impressions: 1 for features, up to 8 for a template
 *     6   2   0
 *     then each impression:
 *     0   2   width of the image at 500 ppi      2   2   height
 *     4   1   quality, 0..100                    5   1   number of minutiae, best quality first
 *     6   2   number of phase samples, 0 in version 1
 *     then 21 bytes a minutia:
 *     0   2   x in 1/16 px from the left         2   2   y from the top
 *     4   1   direction in 1/256 of a turn, counter-clockwise, ISO/IEC 19794-2 sense
 *     5   1   quality 0..127, bit 7 set for a bifurcation
 *     6  15   orientation descriptor: 38 first bits, 38 second bits, 38 validity bits, 6 zero bits
 *     then, with phase samples, on a grid of 12 px:
 *     0   1   first column of the frame          1   1   first row
 *     2   1   columns, 1..64                     3   1   rows, 1..64
 *     4   n   a bit a place of the frame, row by row, lowest bit first: set where there is a sample; then zero bits
 *         2   each sample, see texture.ts
 *
 * An impression of 45 minutiae has 953 bytes, and 450 phase samples take about 1,050 more. Everything else (cylinders, hull) is computed when it is loaded, so that
 * templates stay readable when comparison improves.
 */

import { BiometricError } from '../../core/biometric-error.ts';
import { ByteReader } from '../../formats/bytes/byte-reader.ts';
import type { Impression } from './impression.ts';
import { DESCRIPTOR_BYTES, POSITION_STEPS_PER_PX } from './impression.ts';
import {
  isSoundTexture,
  readTexture,
  textureBytes,
  textureBytesAt,
  textureCountAt,
  writeTexture,
} from './texture-codec.ts';

/** GUID of this template format. */
export const TEMPLATE_FORMAT = '5B0C6A4E-93D1-4F27-A8C5-0E7D41B26F93';
/** Most impressions a template holds. */
export const MAX_VIEWS = 8;

/** Positions are signed 16-bit sixteenths of a pixel in comparison. */
const MAX_SIDE_PX = 2047;
const FORMAT = 'Whorl template';
const MAGIC = [0x57, 0x48, 0x52, 0x4c];
/** Version without phase samples, and the latest. */
const PLAIN_VERSION = 1;
const VERSION = 2;
const HEAD = 8;
/** Bytes before the minutiae of an impression; the number of minutiae is the sixth. */
export const IMPRESSION_HEAD = 8;
export const MINUTIA_BYTES = 6 + DESCRIPTOR_BYTES;

/**
 * Bytes of one impression (features) or several (a template). Throws E_INVALIDARG for an empty list or more than {@link
 * MAX_VIEWS}.
 *
 * @example
 * const template = encodeTemplate([...decodeTemplate(first), ...decodeTemplate(second)]);
 */
export function encodeTemplate(impressions: readonly Impression[]): Uint8Array {
  if (impressions.length < 1 || impressions.length > MAX_VIEWS) {
    throw new BiometricError('E_INVALIDARG', `a template has 1 to ${MAX_VIEWS} impressions`);
  }
  const bytes = new Uint8Array(impressions.reduce((sum, impression) => sum + impressionBytes(impression), HEAD));
  const isPlain = impressions.every(({ texture }) => textureBytes(texture) === 0);
  bytes.set([...MAGIC, isPlain ? PLAIN_VERSION : VERSION, impressions.length]);
  let at = HEAD;
  for (const impression of impressions) {
    const end = at + impressionBytes(impression);
    writeImpression(bytes.subarray(at, end), impression);
    at = end;
  }
  return bytes;
}

/**
 * The impressions of a template: at most 8, of 255 minutiae each. Throws WHORL_E_MALFORMED for bytes that are not a
 * template, WHORL_E_NEWER_FORMAT for those of a later version.
 *
 * @example
 * for (const { count, quality } of decodeTemplate(template)) console.log(count, quality);
 */
export function decodeTemplate(bytes: Uint8Array): Impression[] {
  const reader = new ByteReader(FORMAT, bytes, { littleEndian: true });
  if (MAGIC.some((byte) => reader.u8('magic') !== byte)) throw reader.malformed('magic', 'is not WHRL', 0);
  const version = reader.u8('version');
  if (version > VERSION) {
    throw new BiometricError('WHORL_E_NEWER_FORMAT', `${FORMAT}: version ${version}, this one reads up to ${VERSION}`);
  }
  if (version < 1) throw reader.malformed('version', 'is 0', 4);
  const views = reader.u8('impression count');
  if (views < 1 || views > MAX_VIEWS) throw reader.malformed('impression count', `is ${views}`, 5);
  if (reader.u16('reserved') !== 0) throw reader.malformed('reserved', 'is not 0', 6);
  const impressions = Array.from({ length: views }, () => readImpression(reader, version));
  if (reader.remaining > 0) throw reader.malformed('end', `${reader.remaining} bytes follow`);
  return impressions;
}

/** Where each impression of a template begins. Throws as {@link decodeTemplate} does, but decodes nothing. */
export function locateImpressions(bytes: Uint8Array): number[] {
  // Decoding reports what is wrong.
  if (!isSound(bytes)) decodeTemplate(bytes);
  return impressionStarts(bytes);
}

/** Where each impression of a sound template begins. */
export function impressionStarts(bytes: Uint8Array): number[] {
  const starts: number[] = [];
  for (let at = HEAD; starts.length < bytes[5]!; ) {
    starts.push(at);
    const texture = textureStart(bytes, at);
    at = texture + textureBytesAt(bytes, texture, textureCountAt(bytes, at));
  }
  return starts;
}

/** Where the phase samples of the impression that begins at `start` of a sound template begin, if it has some. */
export function textureStart(bytes: Uint8Array, start: number): number {
  return start + IMPRESSION_HEAD + MINUTIA_BYTES * bytes[start + 5]!;
}

function impressionBytes({ count, texture }: Impression): number {
  return IMPRESSION_HEAD + MINUTIA_BYTES * count + textureBytes(texture);
}

function isSound(bytes: Uint8Array): boolean {
  const views = bytes[5] ?? 0;
  const version = bytes[4]!;
  if (MAGIC.some((byte, i) => bytes[i] !== byte) || version < PLAIN_VERSION || version > VERSION) return false;
  if (views < 1 || views > MAX_VIEWS || bytes[6] !== 0 || bytes[7] !== 0) return false;
  const u16 = (at: number): number => bytes[at]! | (bytes[at + 1]! << 8);
  let at = HEAD;
  for (let view = 0; view < views; view++) {
    const end = at + IMPRESSION_HEAD + MINUTIA_BYTES * (bytes[at + 5] ?? 0);
    if (end > bytes.length || at + IMPRESSION_HEAD > bytes.length) return false;
    const width = u16(at);
    const height = u16(at + 2);
    if (width > MAX_SIDE_PX || height > MAX_SIDE_PX || bytes[at + 4]! > 100) return false;
    const samples = u16(at + 6);
    for (at += IMPRESSION_HEAD; at < end; at += MINUTIA_BYTES) {
      if (u16(at) > width * POSITION_STEPS_PER_PX || u16(at + 2) > height * POSITION_STEPS_PER_PX) return false;
      if (bytes[at + MINUTIA_BYTES - 1]! >> 2 !== 0) return false;
    }
    if (samples === 0) continue;
    if (version === PLAIN_VERSION || !isSoundTexture(bytes, at, samples, width, height)) return false;
    at += textureBytesAt(bytes, at, samples);
  }
  return at === bytes.length;
}

function writeImpression(bytes: Uint8Array, impression: Impression): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  view.setUint16(0, impression.widthPx, true);
  view.setUint16(2, impression.heightPx, true);
  bytes[4] = impression.quality;
  bytes[5] = impression.count;
  let at = IMPRESSION_HEAD;
  for (let i = 0; i < impression.count; i++, at += MINUTIA_BYTES) {
    view.setUint16(at, impression.x[i]!, true);
    view.setUint16(at + 2, impression.y[i]!, true);
    bytes[at + 4] = impression.direction[i]!;
    bytes[at + 5] = impression.minutiaQuality[i]! | (impression.bifurcation[i]! << 7);
    bytes.set(impression.descriptors.subarray(i * DESCRIPTOR_BYTES, (i + 1) * DESCRIPTOR_BYTES), at + 6);
  }
  const { texture } = impression;
  if (texture && textureBytes(texture) > 0) view.setUint16(6, writeTexture(bytes, at, texture), true);
}

function readImpression(reader: ByteReader, version: number): Impression {
  const start = reader.offset;
  const widthPx = reader.u16('width');
  const heightPx = reader.u16('height');
  const quality = reader.u8('quality');
  const count = reader.u8('minutia count');
  if (widthPx > MAX_SIDE_PX || heightPx > MAX_SIDE_PX)
    throw reader.malformed('size', `is ${widthPx} x ${heightPx}`, start);
  if (quality > 100) throw reader.malformed('quality', `is ${quality}`, start + 4);
  const samples = reader.u16('sample count');
  if (version === PLAIN_VERSION && samples !== 0) throw reader.malformed('reserved', 'is not 0', start + 6);
  const impression = {
    widthPx,
    heightPx,
    quality,
    count,
    x: new Uint16Array(count),
    y: new Uint16Array(count),
    direction: new Uint8Array(count),
    bifurcation: new Uint8Array(count),
    minutiaQuality: new Uint8Array(count),
    descriptors: new Uint8Array(count * DESCRIPTOR_BYTES),
  };
  for (let i = 0; i < count; i++) readMinutia(reader, impression, i);
  return samples === 0 ? impression : { ...impression, texture: readTexture(reader, samples, widthPx, heightPx) };
}

function readMinutia(reader: ByteReader, impression: Impression, i: number): void {
  const start = reader.offset;
  const x = reader.u16('x');
  const y = reader.u16('y');
  const { widthPx, heightPx } = impression;
  if (x > widthPx * POSITION_STEPS_PER_PX || y > heightPx * POSITION_STEPS_PER_PX) {
    throw reader.malformed('minutia', `${i} lies outside the image`, start);
  }
  impression.x[i] = x;
  impression.y[i] = y;
  impression.direction[i] = reader.u8('direction');
  const quality = reader.u8('quality');
  impression.minutiaQuality[i] = quality & 0x7f;
  impression.bifurcation[i] = quality >> 7;
  const descriptor = reader.bytes(DESCRIPTOR_BYTES, 'descriptor');
  if (descriptor[DESCRIPTOR_BYTES - 1]! >> 2 !== 0)
    throw reader.malformed('descriptor', 'unused bits are set', start + 20);
  impression.descriptors.set(descriptor, i * DESCRIPTOR_BYTES);
}
