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
 * The kernel writes it, but for the misplaced ones; see view-preparer.ts.
 */

export const ROW_WORDS = 16;
export const ROW_CYLINDER = 2;
export const ROW_DESCRIPTOR = 12;
export const HULL_DIRECTIONS = 16;
/** Words a cylinder takes: 52 cells inside the circle, 6 layers, 312 bits. */
export const CYLINDER_WORDS = 10;
const HEAD_HULL = 2;
/** Word of the head that counts the misplaced minutiae. */
export const HEAD_MISPLACED = 10;

/** Words a view of this many minutiae takes. */
export function viewWords(count: number): number {
  return ROW_WORDS * (count + 1);
}

/** Support of a view's hull in direction k, pixels. */
export function hullSupport(words: Int32Array, view: number, k: number): number {
  const word = words[view + HEAD_HULL + (k >> 1)]!;
  return (k & 1) === 0 ? (word << 16) >> 16 : word >> 16;
}
