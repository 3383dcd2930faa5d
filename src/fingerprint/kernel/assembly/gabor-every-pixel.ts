/** Complex Gabor response at every pixel, one kernel per 4 x 4 cell: rows first, four pixels at once, then columns. */

/** Taps from the middle outwards; coefficients as in gabor-bank.ts: row even, row odd, column even, column odd. */
const TAPS: usize = 8;
const MEAN: usize = 32 << 2;
const ODD_SCALE: usize = 33 << 2;
/** Lines a cell's columns look at: 4 rows of pixels and 7 on either side. */
const LINES: i32 = 18;

/**
 * Writes even and odd response at every pixel of the cells that have a kernel.
 *
 * `image` is the pixel (0, 0) of a plane of `stride` floats a line with a margin of 8; `kernels` one i32 a cell, the
 * offset of its kernel in `bank` in floats, negative for none; `smoothed` the local mean of each cell; `even` and `odd`
 * planes of 4 `columns` floats a line; `scratch` 576 bytes.
 */
export function gaborEveryPixel(
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
  const width = (<usize>columns) << 4;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const cell = (<usize>(row * columns + column)) << 2;
      const kernel = load<i32>(kernels + cell);
      if (kernel < 0) continue;
      const k = bank + ((<usize>kernel) << 2);
      filterRows(image + (<usize>row * 4 - 7) * line + ((<usize>column) << 4), line, k, scratch);
      const target = <usize>row * 4 * width + ((<usize>column) << 4);
      filterColumns(
        scratch,
        k,
        f32x4.mul(v128.load32_splat(k + MEAN), v128.load32_splat(smoothed + cell)),
        even + target,
        odd + target,
        width,
      );
    }
  }
}

/** Row factor: even and odd sums of 15 pixels around each of four, for each line; folded about the middle. */
function filterRows(start: usize, line: usize, k: usize, scratch: usize): void {
  const e0 = v128.load32_splat(k);
  const e1 = v128.load32_splat(k, 4);
  const e2 = v128.load32_splat(k, 8);
  const e3 = v128.load32_splat(k, 12);
  const e4 = v128.load32_splat(k, 16);
  const e5 = v128.load32_splat(k, 20);
  const e6 = v128.load32_splat(k, 24);
  const e7 = v128.load32_splat(k, 28);
  const o1 = v128.load32_splat(k, 36);
  const o2 = v128.load32_splat(k, 40);
  const o3 = v128.load32_splat(k, 44);
  const o4 = v128.load32_splat(k, 48);
  const o5 = v128.load32_splat(k, 52);
  const o6 = v128.load32_splat(k, 56);
  const o7 = v128.load32_splat(k, 60);
  let p = start - 28;
  for (let i = 0; i < LINES; i++, p += line, scratch += 32) {
    const l7 = v128.load(p);
    const l6 = v128.load(p, 4);
    const l5 = v128.load(p, 8);
    const l4 = v128.load(p, 12);
    const l3 = v128.load(p, 16);
    const l2 = v128.load(p, 20);
    const l1 = v128.load(p, 24);
    const r1 = v128.load(p, 32);
    const r2 = v128.load(p, 36);
    const r3 = v128.load(p, 40);
    const r4 = v128.load(p, 44);
    const r5 = v128.load(p, 48);
    const r6 = v128.load(p, 52);
    const r7 = v128.load(p, 56);
    let sum = f32x4.mul(e0, v128.load(p, 28));
    sum = f32x4.add(sum, f32x4.mul(e1, f32x4.add(r1, l1)));
    sum = f32x4.add(sum, f32x4.mul(e2, f32x4.add(r2, l2)));
    sum = f32x4.add(sum, f32x4.mul(e3, f32x4.add(r3, l3)));
    let more = f32x4.mul(e4, f32x4.add(r4, l4));
    more = f32x4.add(more, f32x4.mul(e5, f32x4.add(r5, l5)));
    more = f32x4.add(more, f32x4.mul(e6, f32x4.add(r6, l6)));
    more = f32x4.add(more, f32x4.mul(e7, f32x4.add(r7, l7)));
    v128.store(scratch, f32x4.add(sum, more));
    sum = f32x4.mul(o1, f32x4.sub(r1, l1));
    sum = f32x4.add(sum, f32x4.mul(o2, f32x4.sub(r2, l2)));
    sum = f32x4.add(sum, f32x4.mul(o3, f32x4.sub(r3, l3)));
    more = f32x4.mul(o4, f32x4.sub(r4, l4));
    more = f32x4.add(more, f32x4.mul(o5, f32x4.sub(r5, l5)));
    more = f32x4.add(more, f32x4.mul(o6, f32x4.sub(r6, l6)));
    more = f32x4.add(more, f32x4.mul(o7, f32x4.sub(r7, l7)));
    v128.store(scratch, f32x4.add(sum, more), 16);
  }
}

/** Column factor, mean removal and scale of the odd part, four lines of four pixels. */
function filterColumns(scratch: usize, k: usize, mean: v128, even: usize, odd: usize, width: usize): void {
  const oddScale = v128.load32_splat(k + ODD_SCALE);
  const c0 = v128.load32_splat(k, 64);
  let middle = scratch + 7 * 32;
  for (let y = 0; y < 4; y++, middle += 32, even += width, odd += width) {
    let re = f32x4.sub(f32x4.mul(c0, v128.load(middle)), mean);
    let im = f32x4.mul(c0, v128.load(middle, 16));
    for (let i: usize = 1; i < TAPS; i++) {
      const down = middle - (i << 5);
      const up = middle + (i << 5);
      const ce = v128.load32_splat(k + (i << 2), 64);
      const co = v128.load32_splat(k + (i << 2), 96);
      const evenUp = v128.load(up);
      const evenDown = v128.load(down);
      const oddUp = v128.load(up, 16);
      const oddDown = v128.load(down, 16);
      re = f32x4.add(re, f32x4.mul(ce, f32x4.add(evenUp, evenDown)));
      re = f32x4.sub(re, f32x4.mul(co, f32x4.sub(oddUp, oddDown)));
      im = f32x4.add(im, f32x4.mul(ce, f32x4.add(oddUp, oddDown)));
      im = f32x4.add(im, f32x4.mul(co, f32x4.sub(evenUp, evenDown)));
    }
    v128.store(even, re);
    v128.store(odd, f32x4.mul(im, oddScale));
  }
}
