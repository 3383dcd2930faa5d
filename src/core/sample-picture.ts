/** A sample drawn for people to look at. It is biometric data: only those who may capture raw samples receive it. */

import type { GreyImage } from './grey-image.ts';

/** A minutia to draw. */
export interface MinutiaMark {
  /** From the left edge of the image, pixels at 500 ppi. */
  readonly xPx: number;
  /** From the upper edge of the image, pixels at 500 ppi. */
  readonly yPx: number;
  /** Counter-clockwise from the right, radians. */
  readonly directionRad: number;
  /** Whether a ridge ends or divides. */
  readonly type: 'ending' | 'bifurcation';
  /** How clear it is, 0 to 1. */
  readonly quality: number;
}

/** Directions of the ridges, over a grid of square cells. */
export interface RidgeFlow {
  /** Side of a cell, pixels at 500 ppi. */
  readonly cellPx: number;
  /** Cells in a row. */
  readonly columns: number;
  /** Rows of cells. */
  readonly rows: number;
  /**
   * `columns * rows` angles, row by row: degrees counter-clockwise from the right, 0 to 179; 255 outside the finger.
   */
  readonly degrees: Uint8Array;
}

/** The impression of a template that a sample was compared with. */
export interface ReferencePicture {
  /** Minutiae of the impression, in its own coordinates. */
  readonly minutiae: readonly MinutiaMark[];
  /** Paired minutiae: index in the sample, index in the reference. */
  readonly pairs: readonly (readonly [sample: number, reference: number])[];
  /** Comparison score against this impression alone: -log10 of the false match rate. */
  readonly score: number;
}

/** What an engine sees in a sample. */
export interface SamplePicture {
  /** The sample itself, at the resolution of its sensor. */
  readonly image: GreyImage;
  /** Minutiae of the sample. */
  readonly minutiae: readonly MinutiaMark[];
  /** Directions of its ridges. */
  readonly flow: RidgeFlow;
  /** Present when the sample was compared with a template. */
  readonly reference?: ReferencePicture;
}
