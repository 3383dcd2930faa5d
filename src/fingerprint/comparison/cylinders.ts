/**
 * Binary minutia cylinders: which neighbours stand where and how they point, seen from each minutia
 * (Cappelli, Ferrara, Maltoni, "Minutia Cylinder-Code", 2010; bit form). The loops are the kernel's (../kernel/assembly/cylinders.ts). Runs anywhere.
 */

import { Kernel } from '../kernel/kernel.ts';
import { CYLINDER } from '../parameters.ts';
import type { Impression } from '../template/impression.ts';
import { POSITION_STEPS_PER_PX } from '../template/impression.ts';

/** Words a cylinder takes: 52 cells inside the circle, 6 layers, 312 bits. */
export const CYLINDER_WORDS = 10;

const SIDE = CYLINDER.cellsPerSide;
const LAYERS = CYLINDER.layers;
const PITCH = (2 * CYLINDER.radiusPx) / SIDE;
const REACH = 3 * CYLINDER.sigmaPx;
/** Doubles of a minutia as the kernel reads them: x, y, cosine, sine, direction. */
const MINUTIA_LENGTH = 5;

/** A kernel with the tables of the cylinders in its memory. */
class CylinderKernel extends Kernel {
  readonly settings = this.memory.float64(5);
  readonly cellIndex = this.memory.uint8(SIDE * SIDE);
  readonly spatial = this.memory.float64(spatialTable().length);
  readonly directional = this.memory.float64(256 * LAYERS);

  constructor() {
    super();
    const { radiusPx, threshold, minNeighbours } = CYLINDER;
    this.settings.set([radiusPx, REACH, PITCH, threshold, minNeighbours]);
    this.cellIndex.set(cellIndex());
    this.spatial.set(spatialTable());
    this.directional.set(directionalTable());
  }
}

let ofThisThread: CylinderKernel | undefined;

/** Writes the cylinder of minutia i to `words` at `start + i * stride`; one with too few neighbours stays zero. */
export function writeCylinders(impression: Impression, words: Int32Array, start: number, stride: number): void {
  ofThisThread ??= new CylinderKernel();
  const { memory, functions, settings, cellIndex, spatial, directional } = ofThisThread;
  const { count } = impression;
  memory.scope(() => {
    const minutiae = memory.float64(MINUTIA_LENGTH * count);
    const directions = new Int32Array(minutiae.buffer, minutiae.byteOffset, 2 * minutiae.length);
    for (let i = 0, at = 0; i < count; i++, at += MINUTIA_LENGTH) {
      const direction = impression.direction[i]!;
      const angle = (direction * Math.PI) / 128;
      minutiae[at] = impression.x[i]! / POSITION_STEPS_PER_PX;
      minutiae[at + 1] = -impression.y[i]! / POSITION_STEPS_PER_PX;
      minutiae[at + 2] = Math.cos(angle);
      minutiae[at + 3] = Math.sin(angle);
      directions[2 * at + 8] = direction;
    }
    const cylinders = memory.int32(CYLINDER_WORDS * count);
    functions.writeCylinders(
      minutiae.byteOffset,
      count,
      settings.byteOffset,
      cellIndex.byteOffset,
      spatial.byteOffset,
      directional.byteOffset,
      cylinders.byteOffset,
      4 * CYLINDER_WORDS,
      memory.float64(52 * LAYERS).byteOffset,
    );
    for (let i = 0, from = 0, to = start; i < count; i++, from += CYLINDER_WORDS, to += stride) {
      for (let k = 0; k < CYLINDER_WORDS; k++) words[to + k] = cylinders[from + k]!;
    }
  });
}

/** Number of each cell whose centre lies inside the circle, -1 outside. */
export function cellIndex(): Int8Array {
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
export function spatialTable(): Float64Array {
  const { sigmaPx } = CYLINDER;
  return Float64Array.from({ length: Math.ceil(REACH * REACH * 4) + 1 }, (_, i) => {
    return Math.exp(-(i + 0.5) / 4 / (2 * sigmaPx ** 2)) / (sigmaPx * Math.sqrt(2 * Math.PI));
  });
}

/** Integral of the normal density over each layer for each directional difference in 1/256 of a turn. */
export function directionalTable(): Float64Array {
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
