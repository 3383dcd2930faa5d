/** Gaussian smoothing of small grids in place, weights renormalised at the edges. */

/**
 * Smooths rows, then columns. `taps` are `radius` + 1 floats from the middle outwards; `columnWeights` and `rowWeights`
 * one over the sum of the taps that fall inside, for each column and row; `scratch` zeroed, (`height` + 2 `radius` + 1)
 * lines of (`width` + 2 `radius` + 8) floats.
 */
export function blurGrid(
  values: usize,
  width: i32,
  height: i32,
  taps: usize,
  radius: i32,
  columnWeights: usize,
  rowWeights: usize,
  scratch: usize,
): void {
  const reach = (<usize>radius) << 2;
  const line = (<usize>(width + 2 * radius + 8)) << 2;
  const padded = scratch + <usize>(height + 2 * radius) * line;
  for (let y = 0; y < height; y++) {
    memory.copy(padded + reach, values + ((<usize>(y * width)) << 2), (<usize>width) << 2);
    const target = scratch + <usize>(y + radius) * line;
    for (let x = 0; x < width; x += 4) {
      const at = (<usize>x) << 2;
      const sum = foldedSum(padded + reach + at, 4, taps, radius);
      v128.store(target + at, f32x4.mul(sum, v128.load(columnWeights + at)));
    }
  }
  for (let y = 0; y < height; y++) {
    const source = scratch + <usize>(y + radius) * line;
    const weight = v128.load32_splat(rowWeights + ((<usize>y) << 2));
    // Up to three values too many are written behind each row; the next row overwrites them.
    const target = values + ((<usize>(y * width)) << 2);
    for (let x = 0; x < width; x += 4) {
      const at = (<usize>x) << 2;
      v128.store(target + at, f32x4.mul(foldedSum(source + at, line, taps, radius), weight));
    }
  }
}

/** Sums of the taps around four values, `step` bytes apart, folded about the middle. */
function foldedSum(middle: usize, step: usize, taps: usize, radius: i32): v128 {
  let sum = f32x4.mul(v128.load32_splat(taps), v128.load(middle));
  let up = middle;
  let down = middle;
  for (let k = 1; k <= radius; k++) {
    up += step;
    down -= step;
    const tap = v128.load32_splat(taps + ((<usize>k) << 2));
    sum = f32x4.add(sum, f32x4.mul(tap, f32x4.add(v128.load(up), v128.load(down))));
  }
  return sum;
}
