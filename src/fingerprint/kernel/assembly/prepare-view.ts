/**
 * An encoded impression made ready for comparison (layouts: template-codec.ts, prepared-view.ts): positions, directions,
 * descriptors, binary cylinders, hull. Double precision in the order of the plain form, so equal bits.
 */

const MINUTIA: usize = 21;
const ROW: usize = 64;
const INFO: usize = 4;
const HULL: usize = 8;
const CYLINDER: usize = 8;
const DESCRIPTOR: usize = 48;
const HULL_DIRECTIONS: i32 = 16;
const SIDE: i32 = 8;
const VALUES: usize = 312;
const OUTSIDE: i32 = 2496;
/** Quarter square pixels from which on a cell is not reached. */
const REACHED: i32 = 3136;

/** Offsets in the tables, doubles unless said otherwise; the order is that of view-tables.ts. */
const PITCH: usize = 0;
const REACH: usize = 8;
const LIMIT: usize = 16;
const THRESHOLD: usize = 24;
const MIN_NEIGHBOURS: usize = 32;
const PER_PITCH: usize = 40;
/** Cosine and sine of 256 directions, then of the hull's 16 in sixteenths of a pixel. */
const COS: usize = 64;
const SIN: usize = COS + 2048;
const HULL_COS: usize = SIN + 2048;
const HULL_SIN: usize = HULL_COS + 128;
/** i32: byte offset of each cell's values; outside the circle that behind all of them. */
const CELLS: usize = HULL_SIN + 128;
/** Share of each of 6 layers for each of 256 turns; weight by quarter square pixels. */
const DIRECTIONAL: usize = CELLS + 256;
const SPATIAL: usize = DIRECTIONAL + 12288;

/** Offsets in the scratch: positions in pixels, y up, and values of one cylinder. */
const Y: usize = 2048;
const CYLINDER_VALUES: usize = 4096;

/** Fills a view of `count` minutiae. `scratch` has 6,656 bytes. */
export function prepareView(minutiae: usize, count: i32, tables: usize, view: usize, scratch: usize): void {
  memory.fill(view, 0, (<usize>(count + 1)) << 6);
  store<i32>(view, count);
  for (let i: usize = 0; i < <usize>count; i++) {
    const from = minutiae + i * MINUTIA;
    const row = view + (i + 1) * ROW;
    const x = <i32>load<u16>(from);
    const y = -(<i32>load<u16>(from, 2));
    store<i32>(row, x | (y << 16));
    const quality = <i32>load<u8>(from, 5);
    store<i32>(row, <i32>load<u8>(from, 4) | ((quality >> 7) << 8) | ((quality & 127) << 9), INFO);
    store<f64>(scratch + (i << 3), <f64>x / 16);
    store<f64>(scratch + (i << 3), <f64>y / 16, Y);
    copyDescriptor(from + 6, row + DESCRIPTOR);
  }
  let valid = 0;
  for (let i = 0; i < count; i++) valid += writeCylinder(view, i, count, tables, scratch);
  store<i32>(view, valid, 4);
  writeHull(minutiae, count, tables, view);
}

/** First, second and validity bits of 38 samples, from one run of bits to words. */
function copyDescriptor(from: usize, to: usize): void {
  const low = load<u64>(from);
  const high = load<u64>(from, 7);
  const mask: u64 = (1 << 38) - 1;
  const first = low & mask;
  const second = (low >> 38) | (((high >> 8) & 0xfff) << 26);
  const valid = (high >> 20) & mask;
  store<u32>(to, <u32>first);
  store<u32>(to, <u32>second, 4);
  store<u32>(to, <u32>valid, 8);
  store<u32>(to, <u32>(first >> 32) | ((<u32>(second >> 32)) << 6) | ((<u32>(valid >> 32)) << 12), 12);
}

/** Sets the bits of one cylinder and counts them; 0 when it has too few neighbours or none is set. */
function writeCylinder(view: usize, i: i32, count: i32, tables: usize, scratch: usize): i32 {
  const row = view + <usize>(i + 1) * ROW;
  const direction = load<i32>(row, INFO) & 255;
  const cos = load<f64>(tables + ((<usize>direction) << 3), COS);
  const sin = load<f64>(tables + ((<usize>direction) << 3), SIN);
  const x = load<f64>(scratch + ((<usize>i) << 3));
  const y = load<f64>(scratch + ((<usize>i) << 3), Y);
  const limit = load<f64>(tables, LIMIT);
  const values = scratch + CYLINDER_VALUES;
  memory.fill(values, 0, VALUES << 3);
  let neighbours = 0;
  for (let j = 0; j < count; j++) {
    const dx = load<f64>(scratch + ((<usize>j) << 3)) - x;
    const dy = load<f64>(scratch + ((<usize>j) << 3), Y) - y;
    if (j === i || dx * dx + dy * dy > limit) continue;
    const other = load<i32>(view + <usize>(j + 1) * ROW, INFO) & 255;
    const turn = <usize>((other - direction) & 255);
    neighbours += addNeighbour(values, dx * cos + dy * sin, dy * cos - dx * sin, turn, tables);
  }
  if (<f64>neighbours < load<f64>(tables, MIN_NEIGHBOURS)) return 0;
  const threshold = f64x2.splat(load<f64>(tables, THRESHOLD));
  let bits = 0;
  for (let word: usize = 0; word < 10; word++) {
    let set: u32 = 0;
    const last = min<usize>(32, VALUES - (word << 5));
    for (let bit: usize = 0; bit < last; bit += 2) {
      const pair = v128.load(values + (((word << 5) + bit) << 3));
      set |= (<u32>i64x2.bitmask(f64x2.gt(pair, threshold))) << (<u32>bit);
    }
    store<u32>(row + (word << 2), set, CYLINDER);
    bits += popcnt<u32>(set);
  }
  store<i32>(row, load<i32>(row, INFO) | (bits << 16), INFO);
  return <i32>(bits > 0);
}

/** Adds one neighbour at (u, v) in the minutia's frame; 1 when it reaches a cell. */
function addNeighbour(values: usize, u: f64, v: f64, turn: usize, tables: usize): i32 {
  const pitch = load<f64>(tables, PITCH);
  const perPitch = load<f64>(tables, PER_PITCH);
  const reach = load<f64>(tables, REACH);
  const middle = <f64>(SIDE / 2);
  const firstColumn = max<i32>(0, <i32>ceil<f64>((u - reach) * perPitch + middle - 0.5));
  const lastColumn = min<i32>(SIDE - 1, <i32>floor<f64>((u + reach) * perPitch + middle - 0.5));
  const firstRow = max<i32>(0, <i32>ceil<f64>((v - reach) * perPitch + middle - 0.5));
  const lastRow = min<i32>(SIDE - 1, <i32>floor<f64>((v + reach) * perPitch + middle - 0.5));
  const layers = tables + DIRECTIONAL + turn * 48;
  const layers01 = v128.load(layers);
  const layers23 = v128.load(layers, 16);
  const layers45 = v128.load(layers, 32);
  let hits = 0;
  for (let row = firstRow; row <= lastRow; row++) {
    const dv = (<f64>row - middle + 0.5) * pitch - v;
    const dv2 = dv * dv;
    for (let column = firstColumn; column <= lastColumn; column++) {
      const cell = load<i32>(tables + ((<usize>(row * SIDE + column)) << 2), CELLS);
      const du = (<f64>column - middle + 0.5) * pitch - u;
      const square = du * du + dv2;
      // Whether a cell is reached is as good as random: what is not weighs nothing, and lies beside the values outside.
      const quarters = <i32>(square * 4);
      hits += <i32>(quarters < REACHED) & <i32>(cell < OUTSIDE);
      const weight = v128.load64_splat(tables + ((<usize>quarters) << 3), SPATIAL);
      const at = values + <usize>cell;
      v128.store(at, f64x2.add(v128.load(at), f64x2.mul(weight, layers01)));
      v128.store(at, f64x2.add(v128.load(at, 16), f64x2.mul(weight, layers23)), 16);
      v128.store(at, f64x2.add(v128.load(at, 32), f64x2.mul(weight, layers45)), 32);
    }
  }
  return <i32>(hits > 0);
}

/** Support of the hull in each of 16 directions, whole pixels rounded up, two a word. */
function writeHull(minutiae: usize, count: i32, tables: usize, view: usize): void {
  for (let k = 0; k < HULL_DIRECTIONS; k++) {
    const cos = load<f64>(tables + ((<usize>k) << 3), HULL_COS);
    const sin = load<f64>(tables + ((<usize>k) << 3), HULL_SIN);
    let most: f64 = -32768;
    for (let i: usize = 0; i < <usize>count; i++) {
      const from = minutiae + i * MINUTIA;
      most = max<f64>(most, <f64>load<u16>(from) * cos - <f64>load<u16>(from, 2) * sin);
    }
    store<u16>(view + ((<usize>k) << 1), <u16>(<i32>ceil<f64>(most)), HULL);
  }
}
