/** Similarity of every minutia of one view with every minutia of another. */

import type { Kernel } from '../kernel/kernel.ts';
import { RELAXATION, SIMILARITY } from '../parameters.ts';
import { MAX_MINUTIAE, type Workspace } from './workspace.ts';

/** Results of a run beside the similarities; in the kernel's memory. */
export class PairSimilarities {
  /** Places in the matrix of the pairs that are similar enough, in order. */
  readonly places: Int32Array;
  /** Greatest and second similarity of each row and column. */
  readonly rowBest: Float32Array;
  readonly columnBest: Float32Array;
  readonly #settings: Float64Array;
  readonly #scratch: Int32Array;

  constructor({ memory }: Kernel) {
    this.places = memory.int32(MAX_MINUTIAE * MAX_MINUTIAE);
    this.rowBest = memory.float32(2 * MAX_MINUTIAE);
    this.columnBest = memory.float32(2 * MAX_MINUTIAE);
    this.#scratch = memory.int32(MAX_MINUTIAE + 1);
    this.#settings = memory.float64(7);
    this.#settings.set([
      SIMILARITY.gateSteps,
      SIMILARITY.minCylinder,
      SIMILARITY.cylinderWeight,
      SIMILARITY.orientationWeight,
      SIMILARITY.minCommonSamples,
      SIMILARITY.fallback,
      RELAXATION.minSimilarity,
    ]);
  }

  /**
   * Fills the similarities of the workspace with 0.65 cylinder + 0.35 orientation similarity, 0 to 1; 0 where directions
   * differ by more than 90 degrees or cylinders agree no more than by chance. The cylinder part is 1 for equal cylinders
   * and 0 for what chance would give. Returns the number of places.
   */
  run({ kernel, a, b, similarity }: Workspace): number {
    return kernel.functions.pairSimilarities(
      a.view.byteOffset,
      b.view.byteOffset,
      this.#settings.byteOffset,
      similarity.byteOffset,
      this.places.byteOffset,
      this.rowBest.byteOffset,
      this.columnBest.byteOffset,
      this.#scratch.byteOffset,
    );
  }
}
