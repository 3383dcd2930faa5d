/** Plain form of prepareView. */

import { distinctMinutiae } from '../comparison/distinct-minutiae.ts';
import { popcount } from '../comparison/popcount.ts';
import {
  CYLINDER_WORDS,
  HEAD_MISPLACED,
  HULL_DIRECTIONS,
  ROW_CYLINDER,
  ROW_DESCRIPTOR,
  ROW_WORDS,
  viewWords,
} from '../comparison/prepared-view.ts';
import type { Impression } from '../template/impression.ts';
import { DESCRIPTOR_BYTES, DESCRIPTOR_SAMPLES } from '../template/impression.ts';
import { pickMinutiae } from './pick-minutiae.ts';
import { plainCylinders } from './plain-cylinders.ts';

/** The view of an impression. */
export function plainPreparedView(whole: Impression): Int32Array {
  const { numbers, misplaced } = distinctMinutiae(whole);
  const impression = pickMinutiae(whole, [...numbers]);
  const { count } = impression;
  // A view without phase samples: the word of their frame is 0.
  const words = new Int32Array(viewWords(count) + 1);
  words[0] = count;
  words[HEAD_MISPLACED] = misplaced;
  for (let i = 0; i < count; i++) {
    const row = ROW_WORDS * (i + 1);
    words[row] = (impression.x[i]! & 0xffff) | (-impression.y[i]! << 16);
    words[row + 1] =
      impression.direction[i]! | (impression.bifurcation[i]! << 8) | (impression.minutiaQuality[i]! << 9);
    copyDescriptor(impression.descriptors, i, words, row + ROW_DESCRIPTOR);
  }
  plainCylinders(impression, words, ROW_WORDS + ROW_CYLINDER, ROW_WORDS);
  for (let i = 0; i < count; i++) {
    const row = ROW_WORDS * (i + 1);
    let bits = 0;
    for (let k = 0; k < CYLINDER_WORDS; k++) bits += popcount(words[row + ROW_CYLINDER + k]!);
    words[row + 1]! |= bits << 16;
    if (bits > 0) words[1]!++;
  }
  writeHull(impression, words);
  return words;
}

/** Support of the hull in each of 16 directions: greatest x cos + y sin (y up), whole pixels rounded up. */
function writeHull(impression: Impression, words: Int32Array): void {
  for (let k = 0; k < HULL_DIRECTIONS; k++) {
    const cos = Math.cos((2 * Math.PI * k) / HULL_DIRECTIONS) / 16;
    const sin = Math.sin((2 * Math.PI * k) / HULL_DIRECTIONS) / 16;
    let most = -32768;
    for (let i = 0; i < impression.count; i++) most = Math.max(most, impression.x[i]! * cos - impression.y[i]! * sin);
    words[2 + (k >> 1)]! |= (Math.ceil(most) & 0xffff) << (16 * (k & 1));
  }
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
