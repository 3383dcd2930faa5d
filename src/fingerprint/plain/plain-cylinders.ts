/** Plain form of the cylinders of prepareView. */

import { CYLINDER_TABLES } from '../comparison/view-tables.ts';
import { CYLINDER } from '../parameters.ts';
import type { Impression } from '../template/impression.ts';
import { POSITION_STEPS_PER_PX } from '../template/impression.ts';

const SIDE = CYLINDER.cellsPerSide;
const LAYERS = CYLINDER.layers;
const PITCH = (2 * CYLINDER.radiusPx) / SIDE;
const PER_PITCH = 1 / PITCH;
const REACH = 3 * CYLINDER.sigmaPx;
const { cellIndex: CELL_INDEX, spatial: SPATIAL, directional: DIRECTIONAL } = CYLINDER_TABLES;

/** Writes the cylinder of minutia i to `words` at `start + i * stride`; one with too few neighbours stays zero. */
export function plainCylinders(impression: Impression, words: Int32Array, start: number, stride: number): void {
  const { count, direction } = impression;
  const xs = Float64Array.from(impression.x, (x) => x / POSITION_STEPS_PER_PX);
  const ys = Float64Array.from(impression.y, (y) => -y / POSITION_STEPS_PER_PX);
  const values = new Float64Array(52 * LAYERS);
  const limit = (CYLINDER.radiusPx + REACH) ** 2;
  for (let i = 0; i < count; i++) {
    values.fill(0);
    let neighbours = 0;
    const angle = (direction[i]! * Math.PI) / 128;
    const cos = Math.cos(angle);
    const sin = Math.sin(angle);
    for (let j = 0; j < count; j++) {
      const dx = xs[j]! - xs[i]!;
      const dy = ys[j]! - ys[i]!;
      if (j === i || dx * dx + dy * dy > limit) continue;
      const hit = addNeighbour(values, dx * cos + dy * sin, dy * cos - dx * sin, (direction[j]! - direction[i]!) & 255);
      if (hit) neighbours++;
    }
    if (neighbours < CYLINDER.minNeighbours) continue;
    const at = start + i * stride;
    for (let bit = 0; bit < values.length; bit++) {
      if (values[bit]! > CYLINDER.threshold) words[at + (bit >> 5)]! |= 1 << (bit & 31);
    }
  }
}

/** Adds one neighbour at (u, v) in the minutia's frame; true when it reaches a cell. */
function addNeighbour(values: Float64Array, u: number, v: number, turn: number): boolean {
  const firstColumn = Math.max(0, Math.ceil((u - REACH) * PER_PITCH + SIDE / 2 - 0.5));
  const lastColumn = Math.min(SIDE - 1, Math.floor((u + REACH) * PER_PITCH + SIDE / 2 - 0.5));
  const firstRow = Math.max(0, Math.ceil((v - REACH) * PER_PITCH + SIDE / 2 - 0.5));
  const lastRow = Math.min(SIDE - 1, Math.floor((v + REACH) * PER_PITCH + SIDE / 2 - 0.5));
  let hit = false;
  for (let row = firstRow; row <= lastRow; row++) {
    const dv = (row - SIDE / 2 + 0.5) * PITCH - v;
    for (let column = firstColumn; column <= lastColumn; column++) {
      const cell = CELL_INDEX[row * SIDE + column]!;
      const du = (column - SIDE / 2 + 0.5) * PITCH - u;
      const square = du * du + dv * dv;
      if (cell < 0 || square >= REACH * REACH) continue;
      hit = true;
      const weight = SPATIAL[(square * 4) | 0]!;
      for (let layer = 0; layer < LAYERS; layer++) {
        values[cell * LAYERS + layer]! += weight * DIRECTIONAL[turn * LAYERS + layer]!;
      }
    }
  }
  return hit;
}
