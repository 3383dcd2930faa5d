/** An 8-bit grey image with its resolution: the only form pixels take inside Whorl. Runs anywhere. */

/** Row-major grey pixels, 0 black to 255 white; ridges are dark. */
export interface GreyImage {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Pixels per inch, equal in both directions. */
  readonly resolutionPpi: number;
  /** `widthPx * heightPx` bytes. */
  readonly pixels: Uint8Array;
}
