/**
 * Wave directions as vectors. A direction is known up to half a turn only, so neighbouring vectors may point opposite
 * ways; where they do, the odd part of the response changes its sign.
 */

import type { CellGrid, OrientationField } from './planes.ts';

/** Unit vector across the ridges per cell, angle 0 to half a turn, image axes. */
export interface WaveVectors {
  readonly x: Float32Array;
  readonly y: Float32Array;
}

/** Halves the angles of the field by the half-angle formulas. */
export function waveVectors({ cos2, sin2 }: OrientationField): WaveVectors {
  const x = new Float32Array(cos2.length);
  const y = new Float32Array(cos2.length);
  for (let cell = 0; cell < cos2.length; cell++) {
    const cos = Math.sqrt(Math.max(0, (1 + cos2[cell]!) / 2));
    x[cell] = sin2[cell]! < 0 ? -cos : cos;
    y[cell] = Math.sqrt(Math.max(0, (1 - cos2[cell]!) / 2));
  }
  return { x, y };
}

/** -1 where the vectors of two cells point more than a quarter turn apart, else 1. */
export function flip({ x, y }: WaveVectors, a: number, b: number): 1 | -1 {
  return a === b || x[a]! * x[b]! + y[a]! * y[b]! >= 0 ? 1 : -1;
}

/** 1 for cells whose vector does not flip against the cells to the right, below and across, else 0. */
export function flatCells(waves: WaveVectors, { columns, rows }: CellGrid): Uint8Array {
  const flat = new Uint8Array(columns * rows);
  for (let row = 0, cell = 0; row < rows; row++) {
    const below = row + 1 < rows ? columns : 0;
    for (let column = 0; column < columns; column++, cell++) {
      const right = column + 1 < columns ? 1 : 0;
      const isFlat =
        flip(waves, cell, cell + right) === 1 &&
        flip(waves, cell, cell + below) === 1 &&
        flip(waves, cell, cell + below + right) === 1;
      flat[cell] = isFlat ? 1 : 0;
    }
  }
  return flat;
}
