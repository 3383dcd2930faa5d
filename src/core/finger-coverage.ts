/** What of a finger an enrollment has seen. Runs anywhere. */

/** A map of square cells over the finger, laid out as the first impression lies. */
export interface FingerCoverage {
  /** Union of what all impressions saw, square millimetres. */
  readonly areaMm2: number;
  /** Side of a cell, millimetres. */
  readonly cellMm: number;
  readonly columns: number;
  readonly rows: number;
  /** `columns * rows` numbers, row by row: how many of the kept impressions saw the cell. */
  readonly views: Uint8Array;
}
