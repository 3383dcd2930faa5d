/** The pairs of minutiae that the relaxation considers, in the kernel's memory. */

import type { Kernel } from '../kernel/kernel.ts';

/** Values of a column; candidates are fewer. The layout is that of kernel/assembly/relax.ts. */
export const CANDIDATE_COLUMN = 32;
const COLUMNS = 13;

/** The columns, and results of the relaxation. */
export interface CandidateArrays {
  count: number;
  /** Address of the first column. */
  readonly address: number;
  /** Minutiae of A and B, their positions, and how B is turned against A (1/256 of a turn). */
  readonly a: Int32Array;
  readonly b: Int32Array;
  readonly aX: Float32Array;
  readonly aY: Float32Array;
  readonly bX: Float32Array;
  readonly bY: Float32Array;
  readonly turn: Int32Array;
  readonly cos: Float32Array;
  readonly sin: Float32Array;
  readonly similarity: Float32Array;
  /** Sum of the similarities of the candidates it agrees with. */
  readonly support: Float32Array;
  readonly likelihood: Float32Array;
  /** Compatibility of each two, `CANDIDATE_COLUMN` a row. */
  readonly compatibility: Float32Array;
}

export function createCandidates({ memory }: Kernel): CandidateArrays {
  const columns = memory.float32(COLUMNS * CANDIDATE_COLUMN);
  const floats = (i: number) => columns.subarray(i * CANDIDATE_COLUMN, (i + 1) * CANDIDATE_COLUMN);
  const whole = (i: number) => new Int32Array(columns.buffer, floats(i).byteOffset, CANDIDATE_COLUMN);
  return {
    count: 0,
    address: columns.byteOffset,
    a: whole(0),
    b: whole(1),
    aX: floats(2),
    aY: floats(3),
    bX: floats(4),
    bY: floats(5),
    turn: whole(6),
    cos: floats(7),
    sin: floats(8),
    similarity: floats(9),
    support: floats(10),
    likelihood: floats(11),
    compatibility: memory.float32(CANDIDATE_COLUMN * CANDIDATE_COLUMN),
  };
}
