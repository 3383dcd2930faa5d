/** Mean Sobel magnitude per 4 x 4 cell, and a histogram of the magnitudes. */

/**
 * Adds a sixteenth of each pixel's magnitude (grey levels a pixel) to its cell of `strength`, and counts the pixels by
 * whole magnitude in `histogram` (256 i32). The outermost pixels have none.
 */
export function gradientCells(
  image: usize,
  width: i32,
  height: i32,
  columns: i32,
  strength: usize,
  histogram: usize,
): void {
  for (let y = 1; y < height - 1; y++) {
    const line = image + <usize>(y * width);
    let cell = strength + ((<usize>((y >> 2) * columns)) << 2);
    for (let x = 0; x < width; x += 4, cell += 4) {
      const whole = x > 0 && x + 4 < width;
      const sum = whole
        ? fourMagnitudes(line + <usize>x, <usize>width, histogram)
        : edgeMagnitudes(line, x, width, histogram);
      store<f32>(cell, load<f32>(cell) + sum * 0.0625);
    }
  }
}

function fourMagnitudes(p: usize, width: usize, histogram: usize): f32 {
  const north = p - width;
  const south = p + width;
  const ne = v128.load8x8_u(north, 1);
  const nw = v128.load8x8_u(north - 1);
  const se = v128.load8x8_u(south, 1);
  const sw = v128.load8x8_u(south - 1);
  const east = i16x8.sub(v128.load8x8_u(p, 1), v128.load8x8_u(p - 1));
  const down = i16x8.sub(v128.load8x8_u(south), v128.load8x8_u(north));
  // The diagonals that rise and fall to the right.
  const rising = i16x8.sub(ne, sw);
  const falling = i16x8.sub(se, nw);
  const gx = i16x8.add(i16x8.add(rising, falling), i16x8.shl(east, 1));
  const gy = i16x8.add(i16x8.sub(falling, rising), i16x8.shl(down, 1));
  const both = v128.shuffle<i16>(gx, gy, 0, 8, 1, 9, 2, 10, 3, 11);
  const magnitude = f32x4.mul(f32x4.sqrt(f32x4.convert_i32x4_s(i32x4.dot_i16x8_s(both, both))), f32x4.splat(0.125));
  const bins = i32x4.shl(i32x4.trunc_sat_f32x4_s(magnitude), 2);
  count(histogram + i32x4.extract_lane(bins, 0));
  count(histogram + i32x4.extract_lane(bins, 1));
  count(histogram + i32x4.extract_lane(bins, 2));
  count(histogram + i32x4.extract_lane(bins, 3));
  const pairs = f32x4.add(magnitude, v128.shuffle<f32>(magnitude, magnitude, 2, 3, 0, 1));
  return f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1);
}

/** The same for the cells at the left and right edge, pixel by pixel. */
function edgeMagnitudes(line: usize, x: i32, width: i32, histogram: usize): f32 {
  let sum: f32 = 0;
  const last = min(width - 1, x + 4);
  for (let at = max(1, x); at < last; at++) {
    const p = line + <usize>at;
    const north = p - <usize>width;
    const south = p + <usize>width;
    const rising = <i32>load<u8>(north, 1) - <i32>load<u8>(south - 1);
    const falling = <i32>load<u8>(south, 1) - <i32>load<u8>(north - 1);
    const gx = rising + falling + 2 * (<i32>load<u8>(p, 1) - <i32>load<u8>(p - 1));
    const gy = falling - rising + 2 * (<i32>load<u8>(south) - <i32>load<u8>(north));
    const magnitude = sqrt<f32>(<f32>(gx * gx + gy * gy)) * 0.125;
    sum += magnitude;
    count(histogram + ((<usize>(<i32>magnitude)) << 2));
  }
  return sum;
}

function count(bin: usize): void {
  store<i32>(bin, load<i32>(bin) + 1);
}
