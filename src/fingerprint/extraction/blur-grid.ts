/** Gaussian smoothing of small grids (cells, blocks), weights renormalised at the edges. Runs anywhere. */

/** Smooths a row-major grid in place; `sigma` in grid units. */
export function blurGrid(values: Float32Array, width: number, height: number, sigma: number): void {
  const radius = Math.max(1, Math.ceil(3 * sigma));
  const kernel = Float64Array.from({ length: radius + 1 }, (_, i) => Math.exp(-(i * i) / (2 * sigma * sigma)));
  const line = new Float64Array(Math.max(width, height) + 2 * radius);
  const weights = new Float64Array(Math.max(width, height));
  edgeWeights(kernel, width, weights);
  for (let y = 0; y < height; y++) blurLine(values, y * width, 1, width, kernel, line, weights);
  edgeWeights(kernel, height, weights);
  for (let x = 0; x < width; x++) blurLine(values, x, width, height, kernel, line, weights);
}

/** One over the sum of the weights that fall inside a line, per position. */
function edgeWeights(kernel: Float64Array, length: number, weights: Float64Array): void {
  const radius = kernel.length - 1;
  for (let i = 0; i < length; i++) {
    let sum = 0;
    for (let k = -radius; k <= radius; k++) {
      if (i + k >= 0 && i + k < length) sum += kernel[Math.abs(k)]!;
    }
    weights[i] = 1 / sum;
  }
}

function blurLine(
  values: Float32Array,
  start: number,
  step: number,
  length: number,
  kernel: Float64Array,
  line: Float64Array,
  weights: Float64Array,
): void {
  const radius = kernel.length - 1;
  line.fill(0, length + radius, length + 2 * radius);
  for (let i = 0; i < length; i++) line[radius + i] = values[start + i * step]!;
  for (let i = 0; i < length; i++) {
    let sum = kernel[0]! * line[radius + i]!;
    for (let k = 1; k <= radius; k++) sum += kernel[k]! * (line[radius + i + k]! + line[radius + i - k]!);
    values[start + i * step] = sum * weights[i]!;
  }
}
