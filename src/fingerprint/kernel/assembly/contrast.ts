/** The measures by which the quality of a sample is judged. */

/** Number of values greater than 0. */
export function countPositive(values: usize, count: usize): i32 {
  const zero = f32x4.splat(0);
  let sum = 0;
  const whole = values + ((count & ~3) << 2);
  let p = values;
  for (; p < whole; p += 16) sum += popcnt<i32>(i32x4.bitmask(f32x4.gt(v128.load(p), zero)));
  for (; p < values + (count << 2); p += 4) sum += <i32>(load<f32>(p) > 0);
  return sum;
}

/** Sum of the squares of each 4 x 4 cell; `image` is the pixel (0, 0) of a plane of `stride` floats a line. */
export function cellEnergies(image: usize, stride: usize, columns: i32, rows: i32, out: usize): void {
  const line = stride << 2;
  for (let row = 0; row < rows; row++) {
    let p = image + <usize>row * 4 * line;
    for (let column = 0; column < columns; column++, p += 16, out += 4) {
      const a = v128.load(p);
      const b = v128.load(p + line);
      const c = v128.load(p + 2 * line);
      const d = v128.load(p + 3 * line);
      const sum = f32x4.add(f32x4.add(f32x4.mul(a, a), f32x4.mul(b, b)), f32x4.add(f32x4.mul(c, c), f32x4.mul(d, d)));
      const pairs = f32x4.add(sum, v128.shuffle<f32>(sum, sum, 2, 3, 0, 1));
      store<f32>(out, f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1));
    }
  }
}
