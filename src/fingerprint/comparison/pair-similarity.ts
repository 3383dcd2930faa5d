/** Similarity of every minutia of one view with every minutia of another. Runs anywhere. */

import { SIMILARITY } from '../parameters.ts';
import { popcount as count } from './popcount.ts';
import { ROW_CYLINDER, ROW_DESCRIPTOR, ROW_WORDS } from './prepared-view.ts';

const CYLINDER_BITS = 312;
const GATE = SIMILARITY.gateSteps;
const MAX_DISTANCE = 1 - SIMILARITY.minCylinder;
const MIN_COMMON = SIMILARITY.minCommonSamples;

/**
 * Fills `similarity` (count of B a row) with 0.65 cylinder + 0.35 orientation similarity, 0 to 1; 0 where directions
 * differ by more than 90 degrees or cylinders agree no more than by chance. The cylinder part is 1 for equal cylinders and 0 for what chance would give.
 */
export function pairSimilarities(
  aWords: Int32Array,
  aView: number,
  bWords: Int32Array,
  bView: number,
  similarity: Float32Array,
): void {
  const aCount = aWords[aView]!;
  const bCount = bWords[bView]!;
  let out = 0;
  for (let i = 0, p = aView + ROW_WORDS; i < aCount; i++, p += ROW_WORDS) {
    const info = aWords[p + 1]!;
    const direction = info & 255;
    const bits = info >> 16;
    const chance = 1 - (2 * bits) / CYLINDER_BITS;
    const a0 = aWords[p + ROW_CYLINDER]!;
    const a1 = aWords[p + ROW_CYLINDER + 1]!;
    const a2 = aWords[p + ROW_CYLINDER + 2]!;
    const a3 = aWords[p + ROW_CYLINDER + 3]!;
    const a4 = aWords[p + ROW_CYLINDER + 4]!;
    const a5 = aWords[p + ROW_CYLINDER + 5]!;
    const a6 = aWords[p + ROW_CYLINDER + 6]!;
    const a7 = aWords[p + ROW_CYLINDER + 7]!;
    const a8 = aWords[p + ROW_CYLINDER + 8]!;
    const a9 = aWords[p + ROW_CYLINDER + 9]!;
    const first = aWords[p + ROW_DESCRIPTOR]!;
    const second = aWords[p + ROW_DESCRIPTOR + 1]!;
    const valid = aWords[p + ROW_DESCRIPTOR + 2]!;
    const tail = aWords[p + ROW_DESCRIPTOR + 3]!;
    for (let j = 0, q = bView + ROW_WORDS; j < bCount; j++, q += ROW_WORDS, out++) {
      const other = bWords[q + 1]!;
      const turn = ((direction - other) << 24) >> 24;
      if (turn > GATE || turn < -GATE) {
        similarity[out] = 0;
        continue;
      }
      const otherBits = other >> 16;
      if (bits === 0 || otherBits === 0) {
        similarity[out] = 0;
        continue;
      }
      const w0 = a0 ^ bWords[q + ROW_CYLINDER]!;
      const w1 = a1 ^ bWords[q + ROW_CYLINDER + 1]!;
      const w2 = a2 ^ bWords[q + ROW_CYLINDER + 2]!;
      const w3 = a3 ^ bWords[q + ROW_CYLINDER + 3]!;
      const w4 = a4 ^ bWords[q + ROW_CYLINDER + 4]!;
      const w5 = a5 ^ bWords[q + ROW_CYLINDER + 5]!;
      const w6 = a6 ^ bWords[q + ROW_CYLINDER + 6]!;
      const w7 = a7 ^ bWords[q + ROW_CYLINDER + 7]!;
      const w8 = a8 ^ bWords[q + ROW_CYLINDER + 8]!;
      const w9 = a9 ^ bWords[q + ROW_CYLINDER + 9]!;
      // Carry-save adders (Harley-Seal) leave five words to count instead of ten.
      const x0 = w0 ^ w1;
      const s0 = x0 ^ w2;
      const c0 = (w0 & w1) | (x0 & w2);
      const x1 = w3 ^ w4;
      const s1 = x1 ^ w5;
      const c1 = (w3 & w4) | (x1 & w5);
      const x2 = w6 ^ w7;
      const s2 = x2 ^ w8;
      const c2 = (w6 & w7) | (x2 & w8);
      const y0 = s0 ^ s1;
      const ones = y0 ^ s2;
      const twos = (s0 & s1) | (y0 & s2);
      const y1 = c0 ^ c1;
      const moreTwos = y1 ^ c2;
      const fours = (c0 & c1) | (y1 & c2);
      // Bits are counted in nibbles, then bytes (at most 80 each), then summed once.
      const bytes =
        inBytes(inNibbles(ones) + inNibbles(w9)) +
        2 * inBytes(inNibbles(twos) + inNibbles(moreTwos)) +
        4 * inBytes(inNibbles(fours));
      const halves = (bytes & 0x00ff00ff) + ((bytes >>> 8) & 0x00ff00ff);
      const distance = (halves & 0xffff) + (halves >>> 16);
      const expected = bits + otherBits * chance;
      if (distance > MAX_DISTANCE * expected) {
        similarity[out] = 0;
        continue;
      }
      const cylinder = 1 - distance / expected;
      const both = valid & bWords[q + ROW_DESCRIPTOR + 2]!;
      const otherTail = bWords[q + ROW_DESCRIPTOR + 3]!;
      const bothTail = (tail & otherTail) >>> 12;
      const common = count(both) + count(bothTail);
      let orientation: number = SIMILARITY.fallback;
      if (common >= MIN_COMMON) {
        const differing =
          count((first ^ bWords[q + ROW_DESCRIPTOR]!) & both) +
          count((second ^ bWords[q + ROW_DESCRIPTOR + 1]!) & both) +
          count((tail ^ otherTail) & (bothTail | (bothTail << 6)));
        orientation = differing < common ? 1 - differing / common : 0;
      }
      similarity[out] = SIMILARITY.cylinderWeight * cylinder + SIMILARITY.orientationWeight * orientation;
    }
  }
}

/** Bits set in each nibble, at most 4. */
function inNibbles(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  return (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
}

/** Sums of the two nibbles of each byte, for nibbles up to 8. */
function inBytes(nibbles: number): number {
  return (nibbles & 0x0f0f0f0f) + ((nibbles >>> 4) & 0x0f0f0f0f);
}
