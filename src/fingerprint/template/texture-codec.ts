/** The bytes of an impression's phase samples; the layout is in template-codec.ts. */

import type { ByteReader } from '../../formats/bytes/byte-reader.ts';
import { TEXTURE } from '../parameters.ts';
import type { Texture } from '../texture.ts';
import { sampleCount } from '../texture.ts';

/** Bytes of the frame. */
export const FRAME_BYTES = 4;
/** Where the head of an impression says how many samples there are. */
const COUNT_OFFSET = 6;
/** Highest word a sample can be. */
const MOST = (1 << 14) - 1;

/** Bytes of an impression's samples; 0 without. */
export function textureBytes(texture: Texture | undefined): number {
  if (texture === undefined) return 0;
  const count = sampleCount(texture);
  return count === 0 ? 0 : FRAME_BYTES + bitmapBytes(texture.columns, texture.rows) + 2 * count;
}

/** Bytes of the samples at `at` in a sound template, `count` of them. */
export function textureBytesAt(bytes: Uint8Array, at: number, count: number): number {
  return count === 0 ? 0 : FRAME_BYTES + bitmapBytes(bytes[at + 2]!, bytes[at + 3]!) + 2 * count;
}

/** Number of samples of the impression that begins at `start`. */
export function textureCountAt(bytes: Uint8Array, start: number): number {
  return bytes[start + COUNT_OFFSET]! | (bytes[start + COUNT_OFFSET + 1]! << 8);
}

/** Writes the samples; returns their number. */
export function writeTexture(bytes: Uint8Array, at: number, texture: Texture): number {
  const { firstColumn, firstRow, columns, rows, samples } = texture;
  bytes.set([firstColumn, firstRow, columns, rows], at);
  const bitmap = at + FRAME_BYTES;
  let next = bitmap + bitmapBytes(columns, rows);
  let count = 0;
  for (const [place, word] of samples.entries()) {
    if (word === 0) continue;
    bytes[bitmap + (place >> 3)]! |= 1 << (place & 7);
    bytes[next++] = word & 255;
    bytes[next++] = word >> 8;
    count++;
  }
  return count;
}

/** Fills `words` with the places of the frame, from the samples at `at` in a sound template. */
export function unpackTexture(bytes: Uint8Array, at: number, words: Uint16Array): void {
  const places = bytes[at + 2]! * bytes[at + 3]!;
  const bitmap = at + FRAME_BYTES;
  let next = bitmap + ((places + 7) >> 3);
  for (let place = 0; place < places; place++) {
    const isThere = (bytes[bitmap + (place >> 3)]! >> (place & 7)) & 1;
    words[place] = isThere === 0 ? 0 : bytes[next]! | (bytes[next + 1]! << 8);
    next += 2 * isThere;
  }
}

/** Reads `count` samples. Throws WHORL_E_MALFORMED. */
export function readTexture(reader: ByteReader, count: number, widthPx: number, heightPx: number): Texture {
  const start = reader.offset;
  const [firstColumn, firstRow] = [reader.u8('first column'), reader.u8('first row')];
  const [columns, rows] = [reader.u8('columns'), reader.u8('rows')];
  if (count > TEXTURE.maxSamples) throw reader.malformed('samples', `are ${count}`, start);
  if (!fits(firstColumn, columns, widthPx) || !fits(firstRow, rows, heightPx)) {
    throw reader.malformed('frame', 'does not lie in the image', start);
  }
  const bitmap = reader.bytes(bitmapBytes(columns, rows), 'places');
  if (bitsSet(bitmap) !== count) throw reader.malformed('places', `are not ${count}`, start + FRAME_BYTES);
  const samples = new Uint16Array(columns * rows);
  for (let place = 0; place < 8 * bitmap.length; place++) {
    if (((bitmap[place >> 3]! >> (place & 7)) & 1) === 0) continue;
    if (place >= samples.length) throw reader.malformed('places', 'lie outside the frame', start + FRAME_BYTES);
    const word = reader.u16('sample');
    if (word >> 12 === 0 || word > MOST) throw reader.malformed('sample', 'has no weight', reader.offset - 2);
    samples[place] = word;
  }
  return { firstColumn, firstRow, columns, rows, samples };
}

/** Whether {@link readTexture} would read `count` samples at `at`. */
export function isSoundTexture(
  bytes: Uint8Array,
  at: number,
  count: number,
  widthPx: number,
  heightPx: number,
): boolean {
  if (count > TEXTURE.maxSamples || at + FRAME_BYTES > bytes.length) return false;
  const [columns, rows] = [bytes[at + 2]!, bytes[at + 3]!];
  if (!fits(bytes[at]!, columns, widthPx) || !fits(bytes[at + 1]!, rows, heightPx)) return false;
  const end = at + textureBytesAt(bytes, at, count);
  if (end > bytes.length) return false;
  const first = end - 2 * count;
  if (bitsSet(bytes.subarray(at + FRAME_BYTES, first)) !== count) return false;
  const spare = (columns * rows) & 7;
  if (spare !== 0 && bytes[first - 1]! >> spare !== 0) return false;
  for (let sample = first + 1; sample < end; sample += 2) {
    const high = bytes[sample]!;
    if (high >> 4 === 0 || high >> 6 !== 0) return false;
  }
  return true;
}

/** Whether a frame has a side that is allowed, and its last sample lies in the image. */
function fits(first: number, places: number, sidePx: number): boolean {
  const last = TEXTURE.gridPx * (first + places - 0.5);
  return places >= 1 && places <= TEXTURE.maxSide && last < sidePx;
}

function bitmapBytes(columns: number, rows: number): number {
  return (columns * rows + 7) >> 3;
}

function bitsSet(bytes: Uint8Array): number {
  let count = 0;
  for (let byte of bytes) for (; byte !== 0; byte &= byte - 1) count++;
  return count;
}
