/**
 * Tables of the minutia cylinders: which neighbours stand where and how they point, seen from each minutia
 * (Cappelli, Ferrara, Maltoni, "Minutia Cylinder-Code", 2010; bit form); and of the hull.
 */

import type { Kernel } from '../kernel/kernel.ts';
import { CYLINDER } from '../parameters.ts';
import { STEP_COS, STEP_SIN } from './direction-steps.ts';

const SIDE = CYLINDER.cellsPerSide;
const LAYERS = CYLINDER.layers;
/** Cells inside the circle. */
const CELLS = 52;
const PITCH = (2 * CYLINDER.radiusPx) / SIDE;
const REACH = 3 * CYLINDER.sigmaPx;

/** Number of each cell (-1 outside the circle), weight by quarter square pixels, share of each layer by turn. */
export const CYLINDER_TABLES = {
  cellIndex: cellIndex(),
  spatial: spatialTable(),
  directional: directionalTable(),
} as const;

/** Writes the tables in the order kernel/assembly/prepare-view.ts reads them; returns their address. */
export function writeViewTables({ memory }: Kernel): number {
  const { cellIndex, spatial, directional } = CYLINDER_TABLES;
  const head = [
    PITCH,
    REACH,
    (CYLINDER.radiusPx + REACH) ** 2,
    CYLINDER.threshold,
    CYLINDER.minNeighbours,
    1 / PITCH,
    0,
    0,
  ];
  const hull = Array.from({ length: 16 }, (_, k) => (2 * Math.PI * k) / 16);
  const parts = [
    head,
    STEP_COS,
    STEP_SIN,
    hull.map((angle) => Math.cos(angle) / 16),
    hull.map((angle) => Math.sin(angle) / 16),
    new Float64Array(Int32Array.from(cellIndex, (cell) => 8 * LAYERS * (cell < 0 ? CELLS : cell)).buffer),
    directional,
    spatial,
  ];
  const tables = memory.float64(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    tables.set(part, at);
    at += part.length;
  }
  return tables.byteOffset;
}

/** Number of each cell whose centre lies inside the circle, -1 outside. */
function cellIndex(): Int8Array {
  const index = new Int8Array(SIDE * SIDE).fill(-1);
  let next = 0;
  for (let row = 0; row < SIDE; row++) {
    for (let column = 0; column < SIDE; column++) {
      const u = (column - SIDE / 2 + 0.5) * PITCH;
      const v = (row - SIDE / 2 + 0.5) * PITCH;
      if (u * u + v * v <= CYLINDER.radiusPx ** 2) index[row * SIDE + column] = next++;
    }
  }
  return index;
}

/**
 * Normal density by squared distance, in steps of a quarter square pixel; 0 from the reach on, in the square around it.
 */
function spatialTable(): Float64Array {
  const { sigmaPx } = CYLINDER;
  return Float64Array.from({ length: 2 * REACH * REACH * 4 + 1 }, (_, i) => {
    return i < REACH * REACH * 4
      ? Math.exp(-(i + 0.5) / 4 / (2 * sigmaPx ** 2)) / (sigmaPx * Math.sqrt(2 * Math.PI))
      : 0;
  });
}

/** Integral of the normal density over each layer for each directional difference in 1/256 of a turn. */
function directionalTable(): Float64Array {
  const table = new Float64Array(256 * LAYERS);
  const width = (2 * Math.PI) / LAYERS;
  const steps = 32;
  for (let turn = 0; turn < 256; turn++) {
    for (let layer = 0; layer < LAYERS; layer++) {
      const centre = -Math.PI + (layer + 0.5) * width - (turn * Math.PI) / 128;
      let sum = 0;
      for (let i = 0; i < steps; i++) {
        const angle = centre + ((i + 0.5) / steps - 0.5) * width;
        const wrapped = angle - 2 * Math.PI * Math.round(angle / (2 * Math.PI));
        sum += Math.exp(-(wrapped ** 2) / (2 * CYLINDER.sigmaRad ** 2));
      }
      table[turn * LAYERS + layer] = (sum * width) / steps / (CYLINDER.sigmaRad * Math.sqrt(2 * Math.PI));
    }
  }
  return table;
}
