/** Grey levels that damage is computed on. */

/** Pixels row by row, not rounded. */
export interface Plane {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly values: Float32Array;
}

/** A plane of the same size, each pixel as `value` says. */
export function mapPlane({ widthPx, heightPx, values }: Plane, value: (pixel: number) => number): Plane {
  return { widthPx, heightPx, values: Float32Array.from(values, (_, pixel) => value(pixel)) };
}

/** 0 up to `low`, 1 from `high`, smooth between. */
export function ramp(value: number, low: number, high: number): number {
  const t = Math.max(0, Math.min(1, (value - low) / (high - low)));
  return t * t * (3 - 2 * t);
}
