/** Smooth random fields: random values on a coarse grid, interpolated with a cosine fade. */

import type { Random } from './random.ts';

/** Value of a field at (x, y) in pixels; deviation about 1, correlation length the scale it was made with. */
export type NoiseField = (x: number, y: number) => number;

/** A field that covers (0, 0) to (width, height) and repeats its border outside. */
export function smoothNoise(random: Random, widthPx: number, heightPx: number, scalePx: number): NoiseField {
  const columns = Math.ceil(widthPx / scalePx) + 2;
  const rows = Math.ceil(heightPx / scalePx) + 2;
  const values = Float32Array.from({ length: columns * rows }, () => 1.5 * random.normal());
  return (x, y) => {
    const u = Math.min(columns - 1.001, Math.max(0, x / scalePx));
    const v = Math.min(rows - 1.001, Math.max(0, y / scalePx));
    const at = Math.floor(v) * columns + Math.floor(u);
    const fx = u - Math.floor(u);
    const fy = v - Math.floor(v);
    const sx = fx * fx * (3 - 2 * fx);
    const sy = fy * fy * (3 - 2 * fy);
    const top = values[at]! + (values[at + 1]! - values[at]!) * sx;
    const bottom = values[at + columns]! + (values[at + columns + 1]! - values[at + columns]!) * sx;
    return top + (bottom - top) * sy;
  };
}
