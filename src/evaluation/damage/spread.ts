/** Makes ridges thicker or thinner. */

import type { Plane } from './plane.ts';

/** The plane whose pixels are the darkest, or the lightest, of the square around them. */
export function spread(plane: Plane, radiusPx: number, wins: 'darkest' | 'lightest'): Plane {
  const pick = wins === 'darkest' ? Math.min : Math.max;
  const { widthPx, heightPx, values } = plane;
  const across = new Float32Array(values.length);
  for (let y = 0; y < heightPx; y++) spreadLine(values, across, y * widthPx, 1, widthPx, radiusPx, pick);
  const along = new Float32Array(values.length);
  for (let x = 0; x < widthPx; x++) spreadLine(across, along, x, widthPx, heightPx, radiusPx, pick);
  return { widthPx, heightPx, values: along };
}

function spreadLine(
  from: Float32Array,
  to: Float32Array,
  start: number,
  step: number,
  length: number,
  radius: number,
  pick: (...values: number[]) => number,
): void {
  for (let i = 0; i < length; i++) {
    let value = from[start + step * i]!;
    for (let k = Math.max(0, i - radius); k <= Math.min(length - 1, i + radius); k++) {
      value = pick(value, from[start + step * k]!);
    }
    to[start + step * i] = value;
  }
}
