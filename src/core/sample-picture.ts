/** A sample for people to look at: biometric data, and only for those who may capture raw samples. Runs anywhere. */

import type { GreyImage } from './grey-image.ts';

/** A minutia as it is drawn. */
export interface MinutiaMark {
  /** From the left and upper edge of the image, pixels at 500 ppi. */
  readonly xPx: number;
  readonly yPx: number;
  /** Counter-clockwise from the right, radians. */
  readonly directionRad: number;
  readonly type: 'ending' | 'bifurcation';
  /** 0 to 1. */
  readonly quality: number;
}

/** Which way the ridges run. */
export interface RidgeFlow {
  /** Side of a cell, pixels at 500 ppi. */
  readonly cellPx: number;
  readonly columns: number;
  readonly rows: number;
  /** `columns * rows` angles, row by row: degrees counter-clockwise from the right, 0 to 179; 255 where no finger is. */
  readonly degrees: Uint8Array;
}

/** The impression of a template that a sample was compared with. */
export interface ReferencePicture {
  readonly minutiae: readonly MinutiaMark[];
  /** Indices of minutiae that were found to be the same: of the sample, of the reference. */
  readonly pairs: readonly (readonly [sample: number, reference: number])[];
  /** -log10 of the false match rate, of the sample against this impression alone. */
  readonly score: number;
}

/** What an engine sees in a sample. */
export interface SamplePicture {
  readonly image: GreyImage;
  readonly minutiae: readonly MinutiaMark[];
  readonly flow: RidgeFlow;
  /** When there was a template to compare with. */
  readonly reference?: ReferencePicture;
}
