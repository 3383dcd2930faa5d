/** Plain form of pairSimilarities: bit by bit, on prepared views. */

import { popcount } from '../comparison/popcount.ts';
import { CYLINDER_WORDS, ROW_CYLINDER, ROW_DESCRIPTOR, ROW_WORDS } from '../comparison/prepared-view.ts';
import { SIMILARITY } from '../parameters.ts';

/** Similarity of each minutia of A (row) with each of B (column). */
export function plainPairSimilarities(a: Int32Array, b: Int32Array): Float32Array {
  const [rows, columns] = [a[0]!, b[0]!];
  return Float32Array.from({ length: rows * columns }, (_, at) => {
    return plainSimilarity(a, Math.floor(at / columns), b, at % columns);
  });
}

function plainSimilarity(a: Int32Array, i: number, b: Int32Array, j: number): number {
  const p = ROW_WORDS * (i + 1);
  const q = ROW_WORDS * (j + 1);
  const turn = Math.abs((((a[p + 1]! - b[q + 1]!) & 255) ^ 128) - 128);
  if (turn > SIMILARITY.gateSteps) return 0;
  let [aBits, bBits, distance] = [0, 0, 0];
  for (let k = ROW_CYLINDER; k < ROW_CYLINDER + CYLINDER_WORDS; k++) {
    aBits += popcount(a[p + k]!);
    bBits += popcount(b[q + k]!);
    distance += popcount(a[p + k]! ^ b[q + k]!);
  }
  if (aBits === 0 || bBits === 0) return 0;
  const expected = aBits + bBits * (1 - (2 * aBits) / 312);
  if (distance > (1 - SIMILARITY.minCylinder) * expected) return 0;
  const cylinder = 1 - distance / expected;
  return SIMILARITY.cylinderWeight * cylinder + SIMILARITY.orientationWeight * plainOrientation(a, p, b, q);
}

function plainOrientation(a: Int32Array, p: number, b: Int32Array, q: number): number {
  const bit = (words: Int32Array, row: number, plane: number, sample: number): number => {
    const at = row + ROW_DESCRIPTOR;
    return sample < 32 ? (words[at + plane]! >>> sample) & 1 : (words[at + 3]! >>> (6 * plane + sample - 32)) & 1;
  };
  let [common, differing] = [0, 0];
  for (let sample = 0; sample < 38; sample++) {
    if (bit(a, p, 2, sample) === 0 || bit(b, q, 2, sample) === 0) continue;
    common++;
    differing += bit(a, p, 0, sample) ^ bit(b, q, 0, sample);
    differing += bit(a, p, 1, sample) ^ bit(b, q, 1, sample);
  }
  return common < SIMILARITY.minCommonSamples ? SIMILARITY.fallback : Math.max(0, 1 - differing / common);
}
