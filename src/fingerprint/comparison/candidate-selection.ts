/** Selects the pairs of minutiae that the relaxation considers. */

import type { Kernel } from '../kernel/kernel.ts';
import { RELAXATION } from '../parameters.ts';
import { STEP_COS, STEP_SIN } from './direction-steps.ts';
import { PairSimilarities } from './pair-similarity.ts';
import { MAX_MINUTIAE, type Workspace } from './workspace.ts';

const BINS = 256;
/** Keys lie between -0.3 and 1. */
const KEY_OFFSET = 2 * RELAXATION.rivalWeight;

/** Selects the pairs with the greatest keys: similarity less a share of the best rival in the row and the column. */
export class CandidateSelection {
  readonly #pairs: PairSimilarities;
  readonly #histogram = new Int32Array(BINS);
  /** Bin of the key of each place. */
  readonly #bins = new Uint8Array(MAX_MINUTIAE * MAX_MINUTIAE);

  constructor(kernel: Kernel) {
    this.#pairs = new PairSimilarities(kernel);
  }

  /** Fills similarities and candidates of the workspace. */
  run(space: Workspace): void {
    const { candidates } = space;
    const columns = space.b.count;
    const bins = this.#bins;
    const { places } = this.#pairs;
    const found = this.#pairs.run(space);
    this.#fillBins(space.similarity, columns, found);
    const cut = this.#cut();
    candidates.count = 0;
    // First everything above the bin of the cut, then the bin itself in order until there are enough.
    for (let pass = 1; pass >= 0; pass--) {
      for (let k = 0; k < found && candidates.count < RELAXATION.candidates; k++) {
        if (pass === 1 ? bins[k]! <= cut : bins[k] !== cut) continue;
        addCandidate(space, places[k]!);
      }
    }
  }

  #fillBins(similarity: Float32Array, columns: number, found: number): void {
    // Rivals below the least similarity change a key by less than 0.03 and are left out.
    const { places, rowBest, columnBest } = this.#pairs;
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

function addCandidate({ a, b, candidates, similarity }: Workspace, at: number): void {
  const i = (at / b.count) | 0;
  const j = at % b.count;
  const n = candidates.count++;
  candidates.a[n] = i;
  candidates.b[n] = j;
  candidates.aX[n] = a.x[i]!;
  candidates.aY[n] = a.y[i]!;
  candidates.bX[n] = b.x[j]!;
  candidates.bY[n] = b.y[j]!;
  const turn = (b.direction[j]! - a.direction[i]!) & 255;
  candidates.turn[n] = turn;
  candidates.cos[n] = STEP_COS[turn]!;
  candidates.sin[n] = STEP_SIN[turn]!;
  candidates.similarity[n] = similarity[at]!;
}
