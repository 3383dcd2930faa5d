/** Sum of the squares of `count` floats, in double precision. */

export function sumOfSquares(values: usize, count: usize): f64 {
  let low = f64x2.splat(0);
  let high = f64x2.splat(0);
  const whole = values + ((count & ~3) << 2);
  let p = values;
  for (; p < whole; p += 16) {
    const v = v128.load(p);
    const a = f64x2.promote_low_f32x4(v);
    const b = f64x2.promote_low_f32x4(v128.shuffle<f32>(v, v, 2, 3, 2, 3));
    low = f64x2.add(low, f64x2.mul(a, a));
    high = f64x2.add(high, f64x2.mul(b, b));
  }
  const sums = f64x2.add(low, high);
  let sum = f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
  for (; p < values + (count << 2); p += 4) sum += <f64>load<f32>(p) * <f64>load<f32>(p);
  return sum;
}
