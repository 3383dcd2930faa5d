/** Binomial 3 x 3 smoothing, times 16. */

/**
 * Writes the smoothed plane of `count` floats in lines of `stride` to `out`; its outermost pixels are left as they are.
 */
export function smoothImage(image: usize, stride: usize, count: usize, out: usize): void {
  const line = stride << 2;
  const last = (count << 2) - line - 4;
  const two = f32x4.splat(2);
  for (let at = line + 4; at < last; at += 16) {
    const p = image + at;
    const above = binomial(p - line, two);
    const below = binomial(p + line, two);
    v128.store(out + at, f32x4.add(f32x4.add(above, f32x4.mul(two, binomial(p, two))), below));
  }
}

function binomial(p: usize, two: v128): v128 {
  return f32x4.add(f32x4.add(v128.load(p - 4), f32x4.mul(two, v128.load(p))), v128.load(p, 4));
}
