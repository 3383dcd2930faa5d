/**
 * One impression made ready for comparison, as 32-bit words, so that a gallery is one flat (shared) array.
 *
 * A view of n minutiae has 16 (n + 1) words. The first 16 are its head: count, number of valid cylinders, then 16
 * supports of the convex hull (whole pixels, signed 16 bits, two a word, low half first), number of misplaced minutiae
 * (see distinct-minutiae.ts), rest 0. Then 16 words a minutia:
 *
 *     0       x (low 16 bits) and -y (high), 1/16 px
 *     1       direction (bits 0..7), bifurcation (8), quality (9..15), bits set in the cylinder (16..25; none: invalid)
 *     2..11   cylinder, 312 bits
 *     12..15  orientation descriptor: first, second, validity bits of samples 0..31; of samples 32..37 in bits
 *             0..5, 6..11, 12..17 of the last
 *
 * Then the phase samples (texture.ts): a word of first column, first row, columns and rows of their frame, a byte each,
 * and a half word a place. Without samples the word is 0, and nothing follows.
 *
 * The kernel writes it, but for the misplaced ones and the samples; see view-preparer.ts.
 */

import { TEXTURE } from '../parameters.ts';

export const ROW_WORDS = 16;
export const ROW_CYLINDER = 2;
export const ROW_DESCRIPTOR = 12;
export const HULL_DIRECTIONS = 16;
/** Words a cylinder takes: 52 cells inside the circle, 6 layers, 312 bits. */
export const CYLINDER_WORDS = 10;
const HEAD_HULL = 2;
/** Word of the head that counts the misplaced minutiae. */
export const HEAD_MISPLACED = 10;

/** Words a view of this many minutiae takes, up to its phase samples. */
export function viewWords(count: number): number {
  return ROW_WORDS * (count + 1);
}

/** Words of the phase samples in a frame of this word. */
export function textureWords(frame: number): number {
  return 1 + ((((frame >> 16) & 255) * (frame >>> 24) + 1) >> 1);
}

/** Most words of phase samples. */
export const TEXTURE_WORDS = 1 + TEXTURE.maxSide ** 2 / 2;

/** Support of a view's hull in direction k, pixels. */
export function hullSupport(words: Int32Array, view: number, k: number): number {
  const word = words[view + HEAD_HULL + (k >> 1)]!;
  return (k & 1) === 0 ? (word << 16) >> 16 : word >> 16;
}
