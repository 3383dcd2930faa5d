/** Local mean and deviation removed, by running box sums of integers. */

/**
 * (value - mean) / (deviation + softening) over a box of the given radius, clipped, for the pixels of the cells in `mask`.
 * `out` is the pixel (0, 0) of a zeroed plane of `stride` floats a line; `scratch` 6 x (`width` + 8) zeroed 32-bit words.
 */
export function normalize(
  image: usize,
  width: i32,
  height: i32,
  mask: usize,
  columns: i32,
  radius: i32,
  softening: f64,
  clip: f64,
  out: usize,
  stride: usize,
  scratch: usize,
): void {
  const plane = (<usize>(width + 8)) << 2;
  const columnSums = scratch;
  const columnSquares = scratch + plane;
  const boxSums = scratch + 2 * plane;
  const boxSquares = scratch + 3 * plane;
  const weights = scratch + 4 * plane;
  let weightLines = 0;
  for (let y = 0; y < min(radius, height); y++) addLine(image + <usize>(y * width), width, columnSums, columnSquares);
  for (let y = 0; y < height; y++) {
    const line = image + <usize>(y * width);
    if (y + radius < height) addLine(line + <usize>(radius * width), width, columnSums, columnSquares);
    if (y > radius) removeLine(line - <usize>((radius + 1) * width), width, columnSums, columnSquares);
    runningSums(columnSums, boxSums, width, radius);
    runningSums(columnSquares, boxSquares, width, radius);
    const lines = min(height - 1, y + radius) - max(0, y - radius) + 1;
    if (lines !== weightLines) writeWeights(weights, width, radius, lines);
    weightLines = lines;
    const cells = mask + <usize>((y >> 2) * columns);
    const target = out + ((<usize>y * stride) << 2);
    for (let column = 0; column < columns; column++) {
      if (load<u8>(cells + <usize>column) === 0) continue;
      for (let x = column * 4; x < min(width, column * 4 + 4); x += 2) {
        const at = (<usize>x) << 2;
        const grey = f64x2(<f64>load<u8>(line + <usize>x), <f64>load<u8>(line + <usize>x, 1));
        const weight = v128.load(weights + (at << 1));
        const mean = f64x2.mul(f64x2.convert_low_i32x4_s(v128.load64_zero(boxSums + at)), weight);
        const square = f64x2.mul(f64x2.convert_low_i32x4_s(v128.load64_zero(boxSquares + at)), weight);
        const variance = f64x2.max(f64x2.splat(0), f64x2.sub(square, f64x2.mul(mean, mean)));
        const deviation = f64x2.add(f64x2.sqrt(variance), f64x2.splat(softening));
        const value = f64x2.div(f64x2.sub(grey, mean), deviation);
        const clipped = f64x2.min(f64x2.splat(clip), f64x2.max(f64x2.splat(-clip), value));
        v128.store64_lane(target + at, f32x4.demote_f64x2_zero(clipped), 0);
      }
    }
    // The second of two pixels may lie beyond the image.
    if ((width & 1) === 1) store<f32>(target + ((<usize>width) << 2), 0);
  }
}

function addLine(line: usize, width: i32, sums: usize, squares: usize): void {
  for (let x = 0; x < width; x += 8) {
    const at = (<usize>x) << 2;
    const grey = v128.load8x8_u(line + <usize>x);
    v128.store(sums + at, i32x4.add(v128.load(sums + at), i32x4.extend_low_i16x8_u(grey)));
    v128.store(sums + at, i32x4.add(v128.load(sums + at, 16), i32x4.extend_high_i16x8_u(grey)), 16);
    v128.store(squares + at, i32x4.add(v128.load(squares + at), i32x4.extmul_low_i16x8_u(grey, grey)));
    v128.store(squares + at, i32x4.add(v128.load(squares + at, 16), i32x4.extmul_high_i16x8_u(grey, grey)), 16);
  }
}

function removeLine(line: usize, width: i32, sums: usize, squares: usize): void {
  for (let x = 0; x < width; x += 8) {
    const at = (<usize>x) << 2;
    const grey = v128.load8x8_u(line + <usize>x);
    v128.store(sums + at, i32x4.sub(v128.load(sums + at), i32x4.extend_low_i16x8_u(grey)));
    v128.store(sums + at, i32x4.sub(v128.load(sums + at, 16), i32x4.extend_high_i16x8_u(grey)), 16);
    v128.store(squares + at, i32x4.sub(v128.load(squares + at), i32x4.extmul_low_i16x8_u(grey, grey)));
    v128.store(squares + at, i32x4.sub(v128.load(squares + at, 16), i32x4.extmul_high_i16x8_u(grey, grey)), 16);
  }
}

/** Sum over the box around each column. */
function runningSums(from: usize, to: usize, width: i32, radius: i32): void {
  let sum = 0;
  for (let x = 0; x < min(radius, width); x++) sum += load<i32>(from + ((<usize>x) << 2));
  for (let x = 0; x < width; x++) {
    if (x + radius < width) sum += load<i32>(from + ((<usize>(x + radius)) << 2));
    if (x > radius) sum -= load<i32>(from + ((<usize>(x - radius - 1)) << 2));
    store<i32>(to + ((<usize>x) << 2), sum);
  }
}

/** One over the number of pixels of the box around each column. */
function writeWeights(weights: usize, width: i32, radius: i32, lines: i32): void {
  for (let x = 0; x < width; x++) {
    const count = min(width - 1, x + radius) - max(0, x - radius) + 1;
    store<f64>(weights + ((<usize>x) << 3), 1 / <f64>(lines * count));
  }
}
