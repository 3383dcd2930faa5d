/** The only form pixels take inside Whorl. */

/** An 8-bit grey image with its resolution. Ridges are dark. */
export interface GreyImage {
  /** Pixels in a row. */
  readonly widthPx: number;
  /** Pixels in a column. */
  readonly heightPx: number;
  /** Pixels per inch, equal in both directions. */
  readonly resolutionPpi: number;
  /** `widthPx * heightPx` bytes, row by row: 0 black to 255 white. */
  readonly pixels: Uint8Array;
}
