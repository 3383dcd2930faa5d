/** Image weighted by the Gaussian envelope of the Gabor kernels, at the middle of each 4 x 4 cell. */

const RADIUS: usize = 7;

/**
 * Writes one value a foreground cell. `image` is the pixel (0, 0) of a plane of `stride` floats a line with a margin of 8;
 * `taps` 8 floats from the middle outwards; `scratch` `stride` + 4 floats.
 */
export function envelopeSmooth(
  image: usize,
  stride: usize,
  taps: usize,
  mask: usize,
  columns: i32,
  rows: i32,
  out: usize,
  scratch: usize,
): void {
  const line = stride << 2;
  for (let row = 0; row < rows; row++) {
    const middle = image + (<usize>row * 4 + 2) * line - 32;
    for (let at: usize = 0; at < line; at += 16) {
      let sum = f32x4.mul(v128.load32_splat(taps), v128.load(middle + at));
      for (let k: usize = 1; k <= RADIUS; k++) {
        const both = f32x4.add(v128.load(middle + at + k * line), v128.load(middle + at - k * line));
        sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(taps + (k << 2)), both));
      }
      v128.store(scratch + at, sum);
    }
    for (let column = 0; column < columns; column++) {
      const cell = <usize>(row * columns + column);
      if (load<u8>(mask + cell) === 0) continue;
      const p = scratch + ((<usize>column) << 4) + 40;
      let sum = load<f32>(taps) * load<f32>(p);
      for (let k: usize = 4; k <= RADIUS << 2; k += 4)
        sum += load<f32>(taps + k) * (load<f32>(p + k) + load<f32>(p - k));
      store<f32>(out + (cell << 2), sum);
    }
  }
}
