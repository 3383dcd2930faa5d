/** Smooths a plane: three box filters, which together are nearly Gaussian. Borders are continued. */

import type { Plane } from './plane.ts';

const PASSES = 3;

/** The plane smoothed with a deviation of `sigmaPx`. */
export function boxBlur({ widthPx, heightPx, values }: Plane, sigmaPx: number): Plane {
  const radius = Math.max(1, Math.round(Math.sqrt(4 * sigmaPx * sigmaPx + 1) / 2 - 0.49));
  let plane = values;
  for (let pass = 0; pass < PASSES; pass++) {
    const across = new Float32Array(plane.length);
    for (let y = 0; y < heightPx; y++) blurLine(plane, across, y * widthPx, 1, widthPx, radius);
    const along = new Float32Array(plane.length);
    for (let x = 0; x < widthPx; x++) blurLine(across, along, x, widthPx, heightPx, radius);
    plane = along;
  }
  return { widthPx, heightPx, values: plane };
}

function blurLine(
  from: Float32Array,
  to: Float32Array,
  start: number,
  step: number,
  length: number,
  radius: number,
): void {
  const at = (i: number): number => from[start + step * Math.min(length - 1, Math.max(0, i))]!;
  let sum = 0;
  for (let i = -radius; i <= radius; i++) sum += at(i);
  for (let i = 0; i < length; i++) {
    to[start + step * i] = sum / (2 * radius + 1);
    sum += at(i + radius + 1) - at(i - radius);
  }
}
