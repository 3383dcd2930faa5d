/** Sums of 2 x 2 pixels. */

/** `image` is the pixel (0, 0) of a plane of `stride` floats a line; `out` has `width` x `height` floats. */
export function halve(image: usize, stride: usize, width: i32, height: i32, out: usize): void {
  const line = stride << 2;
  for (let y = 0; y < height; y++) {
    let p = image + <usize>(2 * y) * line;
    const target = out + ((<usize>(y * width)) << 2);
    // Up to three values too many are written behind each row; the next row overwrites them.
    for (let x = 0; x < width; x += 4, p += 32) {
      const low = f32x4.add(v128.load(p), v128.load(p + line));
      const high = f32x4.add(v128.load(p, 16), v128.load(p + line, 16));
      const sums = f32x4.add(v128.shuffle<f32>(low, high, 0, 2, 4, 6), v128.shuffle<f32>(low, high, 1, 3, 5, 7));
      v128.store(target + ((<usize>x) << 2), sums);
    }
  }
}
