/** Plain form of blurGrid: the two-dimensional sum. */

/** Gaussian smoothing with weights renormalised at the edges; taps reach three deviations. */
export function plainBlur(values: Float32Array, width: number, height: number, sigma: number): Float64Array {
  const radius = Math.max(1, Math.ceil(3 * sigma));
  return Float64Array.from(values, (_, i) => {
    const x = i % width;
    const y = Math.floor(i / width);
    let [sum, weight] = [0, 0];
    for (let v = Math.max(0, y - radius); v <= Math.min(height - 1, y + radius); v++) {
      for (let u = Math.max(0, x - radius); u <= Math.min(width - 1, x + radius); u++) {
        const tap = Math.exp(-((u - x) ** 2 + (v - y) ** 2) / (2 * sigma * sigma));
        sum += tap * values[v * width + u]!;
        weight += tap;
      }
    }
    return sum / weight;
  });
}
