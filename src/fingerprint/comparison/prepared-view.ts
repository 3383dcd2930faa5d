/**
 * One impression made ready for comparison, as 32-bit words, so that a gallery is one flat (shared) array.
 *
 * A view of n minutiae has 16 (n + 1) words. The first 16 are its head: count, number of valid cylinders, then 16
 * supports of the convex hull (whole pixels, signed 16 bits, two a word, low half first), rest 0. Then 16 words a
 * minutia:
 *
 *     0       x (low 16 bits) and -y (high), 1/16 px
 *     1       direction (bits 0..7), bifurcation (8), bits set in the cylinder (16..25); all-zero cylinder = invalid
 *     2..11   cylinder, 312 bits
 *     12..15  orientation descriptor: first, second, validity bits of samples 0..31; of samples 32..37 in bits
 *             0..5, 6..11, 12..17 of the last
 *
 * Runs anywhere.
 */

import type { Impression } from '../template/impression.ts';

import { DESCRIPTOR_BYTES, DESCRIPTOR_SAMPLES } from '../template/impression.ts';
import { CYLINDER_WORDS, writeCylinders } from './cylinders.ts';
import { popcount } from './popcount.ts';

export const ROW_WORDS = 16;
export const ROW_CYLINDER = 2;
export const ROW_DESCRIPTOR = 12;
export const HULL_DIRECTIONS = 16;
const HEAD_HULL = 2;

/** Words a view of this many minutiae takes. */
export function viewWords(count: number): number {
  return ROW_WORDS * (count + 1);
}

/** Fills `words` (at least {@link viewWords}) from an impression. */
export function prepareView(impression: Impression, words: Int32Array): void {
  const { count } = impression;
  words.fill(0, 0, viewWords(count));
  words[0] = count;
  for (let i = 0; i < count; i++) {
    const row = ROW_WORDS * (i + 1);
    words[row] = (impression.x[i]! & 0xffff) | (-impression.y[i]! << 16);
    words[row + 1] = impression.direction[i]! | (impression.bifurcation[i]! << 8);
    copyDescriptor(impression.descriptors, i, words, row + ROW_DESCRIPTOR);
  }
  writeCylinders(impression, words, ROW_WORDS + ROW_CYLINDER, ROW_WORDS);
  for (let i = 0; i < count; i++) {
    const row = ROW_WORDS * (i + 1);
    let bits = 0;
    for (let k = 0; k < CYLINDER_WORDS; k++) bits += popcount(words[row + ROW_CYLINDER + k]!);
    words[row + 1]! |= bits << 16;
    if (bits > 0) words[1]!++;
  }
  writeHull(impression, words);
}

/** A view of its own memory. */
export function prepareImpression(impression: Impression): Int32Array {
  const words = new Int32Array(viewWords(impression.count));
  prepareView(impression, words);
  return words;
}

/** Support of the hull in each of 16 directions: greatest x cos + y sin (y up), whole pixels rounded up. */
function writeHull(impression: Impression, words: Int32Array): void {
  for (let k = 0; k < HULL_DIRECTIONS; k++) {
    const cos = Math.cos((2 * Math.PI * k) / HULL_DIRECTIONS) / 16;
    const sin = Math.sin((2 * Math.PI * k) / HULL_DIRECTIONS) / 16;
    let most = -32768;
    for (let i = 0; i < impression.count; i++) most = Math.max(most, impression.x[i]! * cos - impression.y[i]! * sin);
    words[HEAD_HULL + (k >> 1)]! |= (Math.ceil(most) & 0xffff) << (16 * (k & 1));
  }
}

/** Support of a view's hull in direction k, pixels. */
export function hullSupport(words: Int32Array, view: number, k: number): number {
  const word = words[view + HEAD_HULL + (k >> 1)]!;
  return (k & 1) === 0 ? (word << 16) >> 16 : word >> 16;
}

function copyDescriptor(bytes: Uint8Array, index: number, words: Int32Array, at: number): void {
  const start = index * DESCRIPTOR_BYTES * 8;
  for (let plane = 0; plane < 3; plane++) {
    for (let sample = 0; sample < DESCRIPTOR_SAMPLES; sample++) {
      const bit = start + plane * DESCRIPTOR_SAMPLES + sample;
      if (((bytes[bit >> 3]! >> (bit & 7)) & 1) === 0) continue;
      if (sample < 32) words[at + plane]! |= 1 << sample;
      else words[at + 3]! |= 1 << (6 * plane + sample - 32);
    }
  }
}
