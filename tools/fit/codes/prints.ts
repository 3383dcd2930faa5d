/** Prints of the development sets, and the mated minutiae that comparing them yields. */

import { loadDataset } from '../../../src/evaluation/load-dataset.ts';
import { Comparer } from '../../../src/fingerprint/comparison/comparer.ts';
import { prepareImpression } from '../../../src/fingerprint/comparison/prepared-template.ts';
import { ROW_CYLINDER, ROW_WORDS } from '../../../src/fingerprint/comparison/prepared-view.ts';
import { extractImpression } from '../../../src/fingerprint/extract.ts';
import { CODE } from '../../../src/fingerprint/parameters.ts';
import type { Impression } from '../../../src/fingerprint/template/impression.ts';
import type { MatedMinutiae } from './learn-projection.ts';

/** One print. */
export interface Print {
  /** Number of its data set. */
  readonly set: number;
  readonly finger: string;
  readonly impression: Impression;
  /** Its prepared view. */
  readonly words: Int32Array;
}

/** All prints of the folders. */
export function loadPrints(folders: readonly string[]): Print[] {
  return folders.flatMap((folder, set) =>
    loadDataset(folder).map(({ finger, image }) => {
      const impression = extractImpression(image);
      return { set, finger: `${set} ${finger}`, impression, words: prepareImpression(impression) };
    }),
  );
}

/** Minutiae paired by successful comparisons of mated prints. */
export function matedMinutiae(prints: readonly Print[]): MatedMinutiae[] {
  const comparer = new Comparer();
  return prints.flatMap((a, i) =>
    prints.slice(i + 1).flatMap((b) => {
      if (a.finger !== b.finger || comparer.compare(a.words, 0, b.words, 0) < 0) return [];
      return comparer
        .pairs()
        .map(({ probe, reference }) => ({
          set: a.set,
          a: cylinderBits(a.words, probe),
          b: cylinderBits(b.words, reference),
        }))
        .filter((pair) => pair.a.includes(1) && pair.b.includes(1));
    }),
  );
}

/** Bits of a minutia's cylinder, each 0 or 1. */
export function cylinderBits(words: Int32Array, i: number): Uint8Array {
  const row = ROW_WORDS * (i + 1) + ROW_CYLINDER;
  return Uint8Array.from({ length: CODE.cylinderBits }, (_, bit) => (words[row + (bit >> 5)]! >>> (bit & 31)) & 1);
}
