/** Which pairs of minutiae the relaxation looks at. Runs anywhere. */

import { RELAXATION } from '../parameters.ts';
import type { Workspace } from './workspace.ts';
import { MAX_MINUTIAE } from './workspace.ts';

const BINS = 256;
/** Keys lie between -0.3 and 1. */
const KEY_OFFSET = 2 * RELAXATION.rivalWeight;

/** Selects the pairs with the greatest keys: similarity less a share of the best rival in the row and the column. */
export class CandidateSelection {
  /** Greatest and second similarity of each row and column. */
  readonly #rowBest = new Float32Array(2 * MAX_MINUTIAE);
  readonly #columnBest = new Float32Array(2 * MAX_MINUTIAE);
  readonly #histogram = new Int32Array(BINS);
  /** Pairs that are similar enough: place in the matrix and bin of the key. */
  readonly #places = new Int32Array(MAX_MINUTIAE * MAX_MINUTIAE);
  readonly #bins = new Uint8Array(MAX_MINUTIAE * MAX_MINUTIAE);

  /** Fills the candidates of the workspace. */
  run(space: Workspace): void {
    const { similarity, candidates } = space;
    const columns = space.b.count;
    const bins = this.#bins;
    const places = this.#places;
    const found = this.#collect(similarity, space.a.count, columns);
    this.#fillBins(similarity, columns, found);
    const cut = this.#cut();
    let n = 0;
    // First everything above the bin of the cut, then the bin itself in order until there are enough.
    for (let pass = 1; pass >= 0; pass--) {
      for (let k = 0; k < found && n < RELAXATION.candidates; k++) {
        if (pass === 1 ? bins[k]! <= cut : bins[k] !== cut) continue;
        const at = places[k]!;
        candidates.a[n] = (at / columns) | 0;
        candidates.b[n] = at % columns;
        candidates.similarity[n] = similarity[at]!;
        n++;
      }
    }
    candidates.count = n;
  }

  /** Lists the pairs that are similar enough and finds the two best of each row and column; returns their number. */
  #collect(similarity: Float32Array, rows: number, columns: number): number {
    const rowBest = this.#rowBest;
    const columnBest = this.#columnBest.fill(0, 0, 2 * columns);
    const places = this.#places;
    const least = RELAXATION.minSimilarity;
    let found = 0;
    for (let i = 0, at = 0; i < rows; i++) {
      let best = 0;
      let second = 0;
      for (let j = 0; j < columns; j++, at++) {
        const g = similarity[at]!;
        // Rivals below the least similarity change a key by less than 0.03 and are left out.
        if (g < least) continue;
        places[found++] = at;
        if (g > best) {
          second = best;
          best = g;
        } else if (g > second) second = g;
        if (g > columnBest[2 * j]!) {
          columnBest[2 * j + 1] = columnBest[2 * j]!;
          columnBest[2 * j] = g;
        } else if (g > columnBest[2 * j + 1]!) columnBest[2 * j + 1] = g;
      }
      rowBest[2 * i] = best;
      rowBest[2 * i + 1] = second;
    }
    return found;
  }

  #fillBins(similarity: Float32Array, columns: number, found: number): void {
    const rowBest = this.#rowBest;
    const columnBest = this.#columnBest;
    const places = this.#places;
    const bins = this.#bins;
    const histogram = this.#histogram.fill(0);
    for (let k = 0; k < found; k++) {
      const at = places[k]!;
      const i = 2 * ((at / columns) | 0);
      const j = 2 * (at % columns);
      const g = similarity[at]!;
      const rowRival = g === rowBest[i]! ? rowBest[i + 1]! : rowBest[i]!;
      const columnRival = g === columnBest[j]! ? columnBest[j + 1]! : columnBest[j]!;
      const key = g - RELAXATION.rivalWeight * (rowRival + columnRival) + KEY_OFFSET;
      const bin = Math.min(BINS - 1, (key * (BINS / (1 + KEY_OFFSET))) | 0);
      bins[k] = bin;
      histogram[bin]!++;
    }
  }

  /** Bin such that no more than the wanted number of keys lie above it; -1 when all are wanted. */
  #cut(): number {
    let above = 0;
    for (let bin = BINS - 1; bin >= 0; bin--) {
      above += this.#histogram[bin]!;
      if (above > RELAXATION.candidates) return bin;
    }
    return -1;
  }
}
