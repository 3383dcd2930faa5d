/** Gaussian smoothing of small grids (cells, blocks), weights renormalised at the edges. */

import type { Kernel } from '../kernel/kernel.ts';

/** Smooths a row-major grid in the kernel's memory, in place; `sigma` in grid units. */
export function blurGrid(
  { memory, functions }: Kernel,
  values: Float32Array,
  width: number,
  height: number,
  sigma: number,
): void {
  const radius = Math.max(1, Math.ceil(3 * sigma));
  memory.scope(() => {
    const taps = memory.float32(radius + 1);
    for (let i = 0; i <= radius; i++) taps[i] = Math.exp(-(i * i) / (2 * sigma * sigma));
    const columnWeights = memory.float32(width);
    const rowWeights = memory.float32(height);
    writeEdgeWeights(taps, columnWeights);
    writeEdgeWeights(taps, rowWeights);
    const scratch = memory.float32((height + 2 * radius + 1) * (width + 2 * radius + 8));
    functions.blurGrid(
      memory.addressOf(values),
      width,
      height,
      taps.byteOffset,
      radius,
      columnWeights.byteOffset,
      rowWeights.byteOffset,
      scratch.byteOffset,
    );
  });
}

/** One over the sum of the taps that fall inside the line, per position. */
function writeEdgeWeights(taps: Float32Array, weights: Float32Array): void {
  const radius = taps.length - 1;
  let whole = taps[0]!;
  for (let k = 1; k <= radius; k++) whole += 2 * taps[k]!;
  for (let i = 0; i < weights.length; i++) {
    let sum = whole;
    for (let k = i + 1; k <= radius; k++) sum -= taps[k]!;
    for (let k = weights.length - i; k <= radius; k++) sum -= taps[k]!;
    weights[i] = 1 / sum;
  }
}
