/**
 * An image at another resolution, inverted: every pixel is a weighted sum of some rows and columns of the source
 * (extraction/resample.ts says with which weights). Single precision, eight columns at once.
 */

/** Bytes of an entry before its weights: the first row or column (i32). */
const WEIGHTS: usize = 4;

/**
 * Writes `outWidth` x `outHeight` pixels to `out`. An entry of `rows` and `columns` is the first row or column and `rowTaps`,
 * `columnTaps` weights (f32; a multiple of 4 for columns). `line` holds `width` + `columnTaps` + 8 floats. Behind the
 * pixels are `rowTaps` rows that may be read.
 */
export function resampleImage(
  pixels: usize,
  width: i32,
  rows: usize,
  outHeight: i32,
  rowTaps: i32,
  columns: usize,
  outWidth: i32,
  columnTaps: i32,
  line: usize,
  out: usize,
): void {
  const rowBytes = WEIGHTS + ((<usize>rowTaps) << 2);
  for (let y = 0; y < outHeight; y++) {
    const row = rows + <usize>y * rowBytes;
    blendRows(pixels + <usize>(load<i32>(row) * width), width, row + WEIGHTS, rowTaps, line);
    blendColumns(line, columns, outWidth, columnTaps, out + <usize>(y * outWidth));
  }
}

function blendRows(first: usize, width: i32, weights: usize, taps: i32, line: usize): void {
  for (let x = 0; x < width; x += 8) {
    let low = f32x4.splat(0);
    let high = low;
    let from = first + <usize>x;
    for (let k = 0; k < taps; k++) {
      const weight = v128.load32_splat(weights + ((<usize>k) << 2));
      const eight = v128.load8x8_u(from);
      low = f32x4.add(low, f32x4.mul(weight, f32x4.convert_i32x4_u(i32x4.extend_low_i16x8_u(eight))));
      high = f32x4.add(high, f32x4.mul(weight, f32x4.convert_i32x4_u(i32x4.extend_high_i16x8_u(eight))));
      from += <usize>width;
    }
    v128.store(line + ((<usize>x) << 2), low);
    v128.store(line + ((<usize>x) << 2), high, 16);
  }
}

function blendColumns(line: usize, columns: usize, outWidth: i32, taps: i32, out: usize): void {
  let column = columns;
  for (let x = 0; x < outWidth; x++) {
    const from = line + ((<usize>load<i32>(column)) << 2);
    column += WEIGHTS;
    let sum = f32x4.splat(0);
    for (let k: usize = 0; k < (<usize>taps) << 2; k += 16) {
      sum = f32x4.add(sum, f32x4.mul(v128.load(from + k), v128.load(column + k)));
    }
    column += (<usize>taps) << 2;
    const value =
      f32x4.extract_lane(sum, 0) +
      f32x4.extract_lane(sum, 1) +
      (f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3));
    store<u8>(out + <usize>x, <u8>max<i32>(0, min<i32>(255, <i32>(<f32>255.5 - value))));
  }
}
