/**
 * Complex Gabor response at every second pixel, one kernel per 4 x 4 cell: columns first, four at once, then rows as
 * scalar products, because only two of four pixels of a row are wanted.
 */

const TAPS: usize = 8;
const MEAN: usize = 32 << 2;
const ODD_SCALE: usize = 33 << 2;
/** Bytes of a line of column sums: 20 even, 20 odd. */
const SUMS: usize = 160;

/** As gaborEveryPixel, but the responses have 2 `columns` floats a line, and `scratch` 320 bytes. */
export function gaborEverySecondPixel(
  image: usize,
  stride: usize,
  bank: usize,
  kernels: usize,
  smoothed: usize,
  columns: i32,
  rows: i32,
  even: usize,
  odd: usize,
  scratch: usize,
): void {
  const line = stride << 2;
  const width = (<usize>columns) << 3;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const cell = (<usize>(row * columns + column)) << 2;
      const kernel = load<i32>(kernels + cell);
      if (kernel < 0) continue;
      const k = bank + ((<usize>kernel) << 2);
      const corner = image + <usize>row * 4 * line + ((<usize>column) << 4);
      filterColumns(corner - 28, line, k, scratch);
      const target = <usize>row * 2 * width + ((<usize>column) << 3);
      const mean = load<f32>(k + MEAN) * load<f32>(smoothed + cell);
      filterRows(scratch, k, mean, even + target, odd + target, width);
    }
  }
}

/** Even and odd sums over 15 lines around lines 0 and 2, for 20 columns from `p`; folded about the middle. */
function filterColumns(p: usize, line: usize, k: usize, sums: usize): void {
  for (let block: usize = 0; block < 5; block++, p += 16, sums += 16) {
    for (let y: usize = 0; y < 2; y++) {
      const middle = p + y * 2 * line;
      let evens = f32x4.mul(v128.load32_splat(k, 64), v128.load(middle));
      let odds = f32x4.splat(0);
      let up = middle;
      let down = middle;
      for (let i: usize = 1; i < TAPS; i++) {
        up += line;
        down -= line;
        const u = v128.load(up);
        const d = v128.load(down);
        evens = f32x4.add(evens, f32x4.mul(v128.load32_splat(k + (i << 2), 64), f32x4.add(u, d)));
        odds = f32x4.add(odds, f32x4.mul(v128.load32_splat(k + (i << 2), 96), f32x4.sub(u, d)));
      }
      v128.store(sums + y * SUMS, evens);
      v128.store(sums + y * SUMS, odds, 80);
    }
  }
}

/** Row factor as scalar products with 16 coefficients (the last 0), mean removal and scale of the odd part. */
function filterRows(sums: usize, k: usize, mean: f32, even: usize, odd: usize, width: usize): void {
  const eLow = v128.load(k);
  const eHigh = v128.load(k, 16);
  const oLow = v128.load(k, 32);
  const oHigh = v128.load(k, 48);
  const zero = f32x4.splat(0);
  const e0 = v128.shuffle<f32>(eHigh, eHigh, 3, 2, 1, 0);
  const e1 = v128.shuffle<f32>(eLow, eLow, 3, 2, 1, 0);
  const e2 = v128.shuffle<f32>(eLow, eHigh, 1, 2, 3, 4);
  const e3 = v128.shuffle<f32>(eHigh, zero, 1, 2, 3, 4);
  const o0 = f32x4.neg(v128.shuffle<f32>(oHigh, oHigh, 3, 2, 1, 0));
  const o1 = f32x4.neg(v128.shuffle<f32>(oLow, oLow, 3, 2, 1, 0));
  const o2 = v128.shuffle<f32>(oLow, oHigh, 1, 2, 3, 4);
  const o3 = v128.shuffle<f32>(oHigh, zero, 1, 2, 3, 4);
  const oddScale = load<f32>(k + ODD_SCALE);
  for (let y: usize = 0; y < 2; y++, sums += SUMS, even += width, odd += width) {
    for (let x: usize = 0; x < 2; x++) {
      const s = sums + (x << 3);
      let a = v128.load(s);
      let b = v128.load(s, 80);
      let re = f32x4.sub(f32x4.mul(e0, a), f32x4.mul(o0, b));
      let im = f32x4.add(f32x4.mul(e0, b), f32x4.mul(o0, a));
      a = v128.load(s, 16);
      b = v128.load(s, 96);
      re = f32x4.add(re, f32x4.sub(f32x4.mul(e1, a), f32x4.mul(o1, b)));
      im = f32x4.add(im, f32x4.add(f32x4.mul(e1, b), f32x4.mul(o1, a)));
      a = v128.load(s, 32);
      b = v128.load(s, 112);
      re = f32x4.add(re, f32x4.sub(f32x4.mul(e2, a), f32x4.mul(o2, b)));
      im = f32x4.add(im, f32x4.add(f32x4.mul(e2, b), f32x4.mul(o2, a)));
      a = v128.load(s, 48);
      b = v128.load(s, 128);
      re = f32x4.add(re, f32x4.sub(f32x4.mul(e3, a), f32x4.mul(o3, b)));
      im = f32x4.add(im, f32x4.add(f32x4.mul(e3, b), f32x4.mul(o3, a)));
      store<f32>(even + (x << 2), sumOf(re) - mean);
      store<f32>(odd + (x << 2), sumOf(im) * oddScale);
    }
  }
}

function sumOf(v: v128): f32 {
  const pairs = f32x4.add(v, v128.shuffle<f32>(v, v, 2, 3, 0, 1));
  return f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1);
}
