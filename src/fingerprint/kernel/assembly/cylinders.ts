/** Binary minutia cylinders (Cappelli et al. 2010), as comparison/cylinders.ts says. Double precision. */

/** Cells a side of the square around the circle, and those inside the circle. */
const SIDE: i32 = 8;
const CELLS: usize = 52;
const LAYERS: usize = 6;
/** Bytes of the values of a cell: six doubles. */
const CELL: usize = LAYERS << 3;

/** Columns of a minutia: x, y (up), cosine and sine of its direction, all doubles, and the direction in 1/256 of a turn, i32. */
const X: usize = 0;
const Y: usize = 8;
const COS: usize = 16;
const SIN: usize = 24;
const DIRECTION: usize = 32;
const MINUTIA: usize = 40;

/** Offsets in the settings, doubles. */
const RADIUS: usize = 0;
const REACH: usize = 8;
const PITCH: usize = 16;
const THRESHOLD: usize = 24;
const MIN_NEIGHBOURS: usize = 32;

/**
 * Sets the bits of the cylinder of minutia i in ten zeroed words at `words` + i * `stride` bytes; one with too few neighbours stays
 * zero. `cellIndex` is the number of each cell of the square, an i8, negative outside the circle; `spatial` the weights
 * by squared distance in quarters of a square pixel, `directional` by difference of direction and layer, doubles;
 * `scratch` 52 x 6 doubles.
 */
export function writeCylinders(
  minutiae: usize,
  count: i32,
  settings: usize,
  cellIndex: usize,
  spatial: usize,
  directional: usize,
  words: usize,
  stride: usize,
  scratch: usize,
): void {
  const limit = load<f64>(settings, RADIUS) + load<f64>(settings, REACH);
  const minNeighbours = <i32>load<f64>(settings, MIN_NEIGHBOURS);
  for (let i = 0, p = minutiae; i < count; i++, p += MINUTIA, words += stride) {
    memory.fill(scratch, 0, CELLS * CELL);
    const cos = load<f64>(p, COS);
    const sin = load<f64>(p, SIN);
    let neighbours = 0;
    for (let j = 0, q = minutiae; j < count; j++, q += MINUTIA) {
      const dx = load<f64>(q, X) - load<f64>(p, X);
      const dy = load<f64>(q, Y) - load<f64>(p, Y);
      if (j === i || dx * dx + dy * dy > limit * limit) continue;
      const turn = (load<i32>(q, DIRECTION) - load<i32>(p, DIRECTION)) & 255;
      const layers = directional + <usize>turn * CELL;
      neighbours += addNeighbour(
        dx * cos + dy * sin,
        dy * cos - dx * sin,
        layers,
        settings,
        cellIndex,
        spatial,
        scratch,
      );
    }
    if (neighbours >= minNeighbours) writeBits(scratch, load<f64>(settings, THRESHOLD), words);
  }
}

/** Adds one neighbour at (u, v) in the minutia's frame; 1 when it reaches a cell. */
function addNeighbour(
  u: f64,
  v: f64,
  layers: usize,
  settings: usize,
  cellIndex: usize,
  spatial: usize,
  values: usize,
): i32 {
  const reach = load<f64>(settings, REACH);
  const pitch = load<f64>(settings, PITCH);
  const middle = <f64>(SIDE / 2);
  const firstColumn = max(0, <i32>Math.ceil((u - reach) / pitch + middle - 0.5));
  const lastColumn = min(SIDE - 1, <i32>Math.floor((u + reach) / pitch + middle - 0.5));
  const firstRow = max(0, <i32>Math.ceil((v - reach) / pitch + middle - 0.5));
  const lastRow = min(SIDE - 1, <i32>Math.floor((v + reach) / pitch + middle - 0.5));
  const low = v128.load(layers);
  const mid = v128.load(layers, 16);
  const high = v128.load(layers, 32);
  let hit = 0;
  for (let row = firstRow; row <= lastRow; row++) {
    const dv = (<f64>row - middle + 0.5) * pitch - v;
    for (let column = firstColumn; column <= lastColumn; column++) {
      const cell = <i32>load<i8>(cellIndex + <usize>(row * SIDE + column));
      const du = (<f64>column - middle + 0.5) * pitch - u;
      const square = du * du + dv * dv;
      if (cell < 0 || square > reach * reach) continue;
      hit = 1;
      const weight = v128.load64_splat(spatial + ((<usize>(square * 4)) << 3));
      const value = values + <usize>cell * CELL;
      v128.store(value, f64x2.add(v128.load(value), f64x2.mul(weight, low)));
      v128.store(value, f64x2.add(v128.load(value, 16), f64x2.mul(weight, mid)), 16);
      v128.store(value, f64x2.add(v128.load(value, 32), f64x2.mul(weight, high)), 32);
    }
  }
  return hit;
}

/** One bit a value, lowest first: whether it exceeds the threshold. */
function writeBits(values: usize, threshold: f64, words: usize): void {
  const least = f64x2.splat(threshold);
  for (let first: usize = 0; first < CELLS * LAYERS; first += 8) {
    let bits = 0;
    for (let pair: usize = 0; pair < 8; pair += 2) {
      bits |= i64x2.bitmask(f64x2.gt(v128.load(values + ((first + pair) << 3)), least)) << (<i32>pair);
    }
    store<u8>(words + (first >> 3), <u8>bits);
  }
}
