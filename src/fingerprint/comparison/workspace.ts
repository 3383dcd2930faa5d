/** Scratch memory of one comparer, allocated once; comparing allocates nothing. Runs anywhere. */

import { RELAXATION } from '../parameters.ts';
import { ROW_WORDS } from './prepared-view.ts';

/** Most minutiae a view may have. */
export const MAX_MINUTIAE = 255;

/** Positions (pixels, y up) and directions (1/256 of a turn) of one side. */
export interface SideArrays {
  count: number;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly direction: Int32Array;
}

/** Pairs of minutiae considered by the relaxation, and what it found. */
export interface CandidateArrays {
  count: number;
  readonly a: Int32Array;
  readonly b: Int32Array;
  readonly similarity: Float64Array;
  readonly likelihood: Float64Array;
  /** Compatibility of each two, `count` a row. */
  readonly compatibility: Float64Array;
}

/** All scratch of a comparison. */
export interface Workspace {
  readonly a: SideArrays;
  readonly b: SideArrays;
  /** Similarity of minutiae i of A and j of B at `i * b.count + j`. */
  readonly similarity: Float32Array;
  readonly candidates: CandidateArrays;
  /** Relaxation's next likelihoods; order of candidates. */
  readonly next: Float64Array;
  readonly order: Int32Array;
  /** A as it is moved onto B, and the residuals of its pairs. */
  readonly movedX: Float64Array;
  readonly movedY: Float64Array;
  /** Partner of each minutia, -1 for none. */
  readonly partnerOfA: Int32Array;
  readonly partnerOfB: Int32Array;
  /** Possible pairs of a pairing pass: cost and indices. */
  readonly pairCost: Float64Array;
  readonly pairA: Int32Array;
  readonly pairB: Int32Array;
  /** Minutiae of B from left to right: number and x. */
  readonly sortedB: Int32Array;
  readonly sortedX: Float64Array;
}

const MAX_POSSIBLE_PAIRS = 2048;

export function createWorkspace(): Workspace {
  const side = (): SideArrays => ({
    count: 0,
    x: new Float64Array(MAX_MINUTIAE),
    y: new Float64Array(MAX_MINUTIAE),
    direction: new Int32Array(MAX_MINUTIAE),
  });
  const k = RELAXATION.candidates;
  return {
    a: side(),
    b: side(),
    similarity: new Float32Array(MAX_MINUTIAE * MAX_MINUTIAE),
    candidates: {
      count: 0,
      a: new Int32Array(k),
      b: new Int32Array(k),
      similarity: new Float64Array(k),
      likelihood: new Float64Array(k),
      compatibility: new Float64Array(k * k),
    },
    next: new Float64Array(k),
    order: new Int32Array(k),
    movedX: new Float64Array(MAX_MINUTIAE),
    movedY: new Float64Array(MAX_MINUTIAE),
    partnerOfA: new Int32Array(MAX_MINUTIAE),
    partnerOfB: new Int32Array(MAX_MINUTIAE),
    pairCost: new Float64Array(MAX_POSSIBLE_PAIRS),
    pairA: new Int32Array(MAX_POSSIBLE_PAIRS),
    pairB: new Int32Array(MAX_POSSIBLE_PAIRS),
    sortedB: new Int32Array(MAX_MINUTIAE),
    sortedX: new Float64Array(MAX_MINUTIAE),
  };
}

/** Reads positions and directions of a prepared view. */
export function loadSide(side: SideArrays, words: Int32Array, view: number): void {
  const count = words[view]!;
  side.count = count;
  for (let i = 0, row = view + ROW_WORDS; i < count; i++, row += ROW_WORDS) {
    const position = words[row]!;
    side.x[i] = ((position << 16) >> 16) / 16;
    side.y[i] = (position >> 16) / 16;
    side.direction[i] = words[row + 1]! & 255;
  }
}
