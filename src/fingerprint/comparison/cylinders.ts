/**
 * Binary minutia cylinders: which neighbours stand where and how they point, seen from each minutia
 * (Cappelli, Ferrara, Maltoni, "Minutia Cylinder-Code", 2010; bit form). Runs anywhere.
 */

import { CYLINDER } from '../parameters.ts';
import type { Impression } from '../template/impression.ts';
import { POSITION_STEPS_PER_PX } from '../template/impression.ts';

/** Words a cylinder takes: 52 cells inside the circle, 6 layers, 312 bits. */
export const CYLINDER_WORDS = 10;

const SIDE = CYLINDER.cellsPerSide;
const LAYERS = CYLINDER.layers;
const PITCH = (2 * CYLINDER.radiusPx) / SIDE;
const REACH = 3 * CYLINDER.sigmaPx;
const CELL_INDEX = cellIndex();
const SPATIAL = spatialTable();
const DIRECTIONAL = directionalTable();

/** Writes the cylinder of minutia i to `words` at `start + i * stride`; one with too few neighbours stays zero. */
export function writeCylinders(impression: Impression, words: Int32Array, start: number, stride: number): void {
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
  const firstColumn = Math.max(0, Math.ceil((u - REACH) / PITCH + SIDE / 2 - 0.5));
  const lastColumn = Math.min(SIDE - 1, Math.floor((u + REACH) / PITCH + SIDE / 2 - 0.5));
  const firstRow = Math.max(0, Math.ceil((v - REACH) / PITCH + SIDE / 2 - 0.5));
  const lastRow = Math.min(SIDE - 1, Math.floor((v + REACH) / PITCH + SIDE / 2 - 0.5));
  let hit = false;
  for (let row = firstRow; row <= lastRow; row++) {
    const dv = (row - SIDE / 2 + 0.5) * PITCH - v;
    for (let column = firstColumn; column <= lastColumn; column++) {
      const cell = CELL_INDEX[row * SIDE + column]!;
      const du = (column - SIDE / 2 + 0.5) * PITCH - u;
      const square = du * du + dv * dv;
      if (cell < 0 || square > REACH * REACH) continue;
      hit = true;
      const weight = SPATIAL[(square * 4) | 0]!;
      for (let layer = 0; layer < LAYERS; layer++) {
        values[cell * LAYERS + layer]! += weight * DIRECTIONAL[turn * LAYERS + layer]!;
      }
    }
  }
  return hit;
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

/** Normal density by squared distance, in steps of a quarter square pixel. */
function spatialTable(): Float64Array {
  const { sigmaPx } = CYLINDER;
  return Float64Array.from({ length: Math.ceil(REACH * REACH * 4) + 1 }, (_, i) => {
    return Math.exp(-(i + 0.5) / 4 / (2 * sigmaPx ** 2)) / (sigmaPx * Math.sqrt(2 * Math.PI));
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
