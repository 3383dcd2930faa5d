/** Scratch memory of one comparer, allocated once; comparing allocates nothing. */

import { Kernel } from '../kernel/kernel.ts';
import { EVIDENCE } from '../parameters.ts';
import { type CandidateArrays, createCandidates } from './candidate-arrays.ts';
import { ROW_WORDS, viewWords } from './prepared-view.ts';

/** Most minutiae a view may have. */
export const MAX_MINUTIAE = 255;

/** One side of a comparison: positions (pixels, y up) and directions (1/256 of a turn). */
export interface SideArrays {
  count: number;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly direction: Int32Array;
  /** Quality of each minutia, in units of the usual one. */
  readonly trust: Float64Array;
  /** The prepared view, in the kernel's memory. */
  readonly view: Int32Array;
}

/** All scratch of a comparison. */
export interface Workspace {
  readonly kernel: Kernel;
  readonly a: SideArrays;
  readonly b: SideArrays;
  /** Similarity of minutiae i of A and j of B at `i * b.count + j`; in the kernel's memory. */
  readonly similarity: Float32Array;
  readonly candidates: CandidateArrays;
  /** Order of the candidates by likelihood. */
  readonly order: Int32Array;
  /** A as it is moved onto B, and the residuals of its pairs. */
  readonly movedX: Float64Array;
  readonly movedY: Float64Array;
  /** Partner of each minutia, -1 for none. */
  readonly partnerOfA: Int32Array;
  readonly partnerOfB: Int32Array;
  /** Those of A in the best alignment. */
  readonly bestPartnerOfA: Int32Array;
  /** Possible pairs of a pairing pass: costs and indices. */
  readonly pairCost: Float64Array;
  readonly pairA: Int32Array;
  readonly pairB: Int32Array;
  /** Minutiae of B from left to right: number and x. */
  readonly sortedB: Int32Array;
  readonly sortedX: Float64Array;
}

const MAX_POSSIBLE_PAIRS = 2048;

export function createWorkspace(): Workspace {
  const kernel = new Kernel();
  const side = (): SideArrays => ({
    count: 0,
    x: new Float64Array(MAX_MINUTIAE),
    y: new Float64Array(MAX_MINUTIAE),
    direction: new Int32Array(MAX_MINUTIAE),
    trust: new Float64Array(MAX_MINUTIAE),
    view: kernel.memory.int32(viewWords(MAX_MINUTIAE)),
  });
  const candidates = createCandidates(kernel);
  return {
    kernel,
    a: side(),
    b: side(),
    similarity: kernel.memory.float32(MAX_MINUTIAE * MAX_MINUTIAE),
    candidates,
    order: new Int32Array(candidates.a.length),
    movedX: new Float64Array(MAX_MINUTIAE),
    movedY: new Float64Array(MAX_MINUTIAE),
    partnerOfA: new Int32Array(MAX_MINUTIAE),
    partnerOfB: new Int32Array(MAX_MINUTIAE),
    bestPartnerOfA: new Int32Array(MAX_MINUTIAE),
    pairCost: new Float64Array(MAX_POSSIBLE_PAIRS),
    pairA: new Int32Array(MAX_POSSIBLE_PAIRS),
    pairB: new Int32Array(MAX_POSSIBLE_PAIRS),
    sortedB: new Int32Array(MAX_MINUTIAE),
    sortedX: new Float64Array(MAX_MINUTIAE),
  };
}

/** Loads a prepared view. */
export function loadSide(side: SideArrays, words: Int32Array, view: number): void {
  const count = words[view]!;
  side.count = count;
  side.view.set(words.subarray(view, view + viewWords(count)));
  for (let i = 0, row = view + ROW_WORDS; i < count; i++, row += ROW_WORDS) {
    const position = words[row]!;
    side.x[i] = ((position << 16) >> 16) / 16;
    side.y[i] = (position >> 16) / 16;
    side.direction[i] = words[row + 1]! & 255;
    side.trust[i] = ((words[row + 1]! >> 9) & 127) / (127 * EVIDENCE.usualQuality);
  }
}
