/** The typed planes that extraction hands from stage to stage. */

/** Grey values at working resolution, ridges high; row-major. */
export interface GreyPlane {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly values: Uint8Array;
}

/** Dimensions of the grid of cells over an image; cell (i, j) covers the pixels from (4 i, 4 j). */
export interface CellGrid {
  readonly columns: number;
  readonly rows: number;
}

/** 1 for foreground, 0 for background, one value a cell. */
export interface CellMask extends CellGrid {
  readonly cells: Uint8Array;
}

/**
 * Normalised image with a margin of zeros, so that filters need no bounds checks.
 * Pixel (x, y) is `values[(y + marginPx) * stridePx + x + marginPx]`.
 */
export interface NormalizedPlane {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly marginPx: number;
  readonly stridePx: number;
  readonly values: Float32Array;
}

/** Wave direction (across the ridges) per cell as unit double-angle vectors, image axes (y down). */
export interface OrientationField extends CellGrid {
  readonly cos2: Float32Array;
  readonly sin2: Float32Array;
}

/** Complex filter response; sample (x, y) lies at pixel (step x, step y). Zero outside the mask. */
export interface ResponsePlane {
  readonly stepPx: number;
  readonly width: number;
  readonly height: number;
  readonly even: Float32Array;
  readonly odd: Float32Array;
}
