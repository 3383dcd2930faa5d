/** The part of a finger that an enrollment has seen. */

/** A map of square cells over the finger, aligned with the first impression. */
export interface FingerCoverage {
  /** Area seen by at least one impression, square millimetres. */
  readonly areaMm2: number;
  /** Side of a cell, millimetres. */
  readonly cellMm: number;
  /** Cells in a row. */
  readonly columns: number;
  /** Rows of cells. */
  readonly rows: number;
  /** `columns * rows` numbers, row by row: how many of the kept impressions saw the cell. */
  readonly views: Uint8Array;
}
