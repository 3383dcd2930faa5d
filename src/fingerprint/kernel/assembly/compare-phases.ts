/**
 * How well the ridges between the minutiae of two aligned prints agree: phase samples of A carried to those of B
 * (texture.ts), and how far their difference drifts from sample to sample. Single precision.
 */

/** Pixels between two samples, and between two nodes of the deformation. */
const GRID: f32 = 12;
const NODE_PLACES: i32 = 4;
/** Most places of a line of the scratch, with two behind it that are empty. */
const LINE: usize = 66;

/** A frame: first column, first row, columns, rows, a byte each; then a word (u16) a place. */
const PLACES: usize = 4;

/** Offsets in the settings, floats: B = R A + d, y up; then least squared cosine of two waves that agree. */
const COS: usize = 0;
const SIN: usize = 4;
const DX: usize = 8;
const DY: usize = 12;
const LEAST_COS2: usize = 16;
/** Waves of 32 angles (x, y up), one over 8 periods, weights of squared distances in steps of 64 px2, sines. */
const WAVES: usize = 32;
const PER_PERIOD: usize = WAVES + 256;
const WARP: usize = PER_PERIOD + 32;
const WARP_BINS: i32 = 512;
const SINES: usize = WARP + 2048;
const TURN: f32 = 1024;
const QUARTER: i32 = 256;

/** Offsets in the scratch: deformation of up to 18 x 18 nodes; real and imaginary parts and weights of the places. */
const NODES: usize = 0;
const REAL: usize = 2624;
const PLANE: usize = 4 * LINE * 66;
const IMAGINARY: usize = REAL + PLANE;
const WEIGHT: usize = IMAGINARY + PLANE;

/**
 * `pairs` holds x and y (y up) of a minutia of B and what is left between it and its partner, 4 floats a pair. Writes the
 * agreement of samples one and two places apart and the sum of the weights. `scratch` has 54,912 bytes.
 */
export function comparePhases(
  a: usize,
  b: usize,
  settings: usize,
  pairs: usize,
  pairCount: i32,
  out: usize,
  scratch: usize,
): void {
  const firstColumn = <i32>load<u8>(b);
  const firstRow = <i32>load<u8>(b, 1);
  const columns = <i32>load<u8>(b, 2);
  const rows = <i32>load<u8>(b, 3);
  const nodeColumns = (columns + NODE_PLACES - 1) / NODE_PLACES + 1;
  deform(scratch, nodeColumns, rows, firstColumn, firstRow, settings, pairs, pairCount);
  memory.fill(scratch + REAL, 0, LINE * <usize>(rows + 2) * 4);
  memory.fill(scratch + IMAGINARY, 0, LINE * <usize>(rows + 2) * 4);
  memory.fill(scratch + WEIGHT, 0, LINE * <usize>(rows + 2) * 4);
  for (let row = 0; row < rows; row++) {
    const words = b + PLACES + ((<usize>(row * columns)) << 1);
    const line = scratch + ((<usize>row * LINE) << 2);
    const y = -GRID * (<f32>(firstRow + row) + 0.5);
    const nodeRow = row / NODE_PLACES;
    const v: f32 = <f32>(row - nodeRow * NODE_PLACES) / <f32>NODE_PLACES;
    const nodes = scratch + NODES + ((<usize>(nodeRow * nodeColumns)) << 3);
    for (let column = 0; column < columns; column++) {
      const word = <i32>load<u16>(words + ((<usize>column) << 1));
      if (word === 0) continue;
      const x = GRID * (<f32>(firstColumn + column) + 0.5);
      const nodeColumn = column / NODE_PLACES;
      const u: f32 = <f32>(column - nodeColumn * NODE_PLACES) / <f32>NODE_PLACES;
      const above = nodes + ((<usize>nodeColumn) << 3);
      const below = above + ((<usize>nodeColumns) << 3);
      const warpX = between(above, below, u, v, 0);
      const warpY = between(above, below, u, v, 4);
      writePlace(a, settings, word, x - warpX, y - warpY, line + ((<usize>column) << 2));
    }
  }
  agree(scratch, columns, rows, out);
}

/** Deformation at every fourth place of B: the mean of what is left of the pairs around it. */
function deform(
  scratch: usize,
  nodeColumns: i32,
  rows: i32,
  firstColumn: i32,
  firstRow: i32,
  settings: usize,
  pairs: usize,
  pairCount: i32,
): void {
  const nodeRows = (rows + NODE_PLACES - 1) / NODE_PLACES + 1;
  const last = pairs + ((<usize>pairCount) << 4);
  let node = scratch + NODES;
  for (let row = 0; row < nodeRows; row++) {
    const y = -GRID * (<f32>(firstRow + row * NODE_PLACES) + 0.5);
    for (let column = 0; column < nodeColumns; column++, node += 8) {
      const x = GRID * (<f32>(firstColumn + column * NODE_PLACES) + 0.5);
      let weight: f32 = 1;
      let warpX: f32 = 0;
      let warpY: f32 = 0;
      for (let pair = pairs; pair < last; pair += 16) {
        const dx = load<f32>(pair) - x;
        const dy = load<f32>(pair, 4) - y;
        const bin = <i32>((dx * dx + dy * dy) * (1.0 / 64));
        if (bin >= WARP_BINS) continue;
        const w = load<f32>(settings + ((<usize>bin) << 2), WARP);
        weight += w;
        warpX += w * load<f32>(pair, 8);
        warpY += w * load<f32>(pair, 12);
      }
      store<f32>(node, warpX / weight);
      store<f32>(node, warpY / weight, 4);
    }
  }
}

/** Bilinear between four nodes. */
function between(above: usize, below: usize, u: f32, v: f32, part: usize): f32 {
  const top = load<f32>(above + part) * (1 - u) + load<f32>(above + part, 8) * u;
  const bottom = load<f32>(below + part) * (1 - u) + load<f32>(below + part, 8) * u;
  return top * (1 - v) + bottom * v;
}

/** Compares the sample `word` of B, which lies at (x, y) before deformation, with that of A there. */
function writePlace(a: usize, settings: usize, word: i32, x: f32, y: f32, place: usize): void {
  const cos = load<f32>(settings, COS);
  const sin = load<f32>(settings, SIN);
  const dx = x - load<f32>(settings, DX);
  const dy = y - load<f32>(settings, DY);
  const aX = cos * dx + sin * dy;
  const aY = cos * dy - sin * dx;
  const gridX = <i32>floor<f32>(aX / GRID);
  const gridY = <i32>floor<f32>(-aY / GRID);
  const column = gridX - <i32>load<u8>(a);
  const row = gridY - <i32>load<u8>(a, 1);
  const columns = <i32>load<u8>(a, 2);
  if (<u32>column >= <u32>columns || <u32>row >= <u32>load<u8>(a, 3)) return;
  const other = <i32>load<u16>(a + PLACES + ((<usize>(row * columns + column)) << 1));
  if (other === 0) return;
  const weight = <f32>((word >> 12) * (other >> 12)) * (1.0 / 9);
  store<f32>(place, weight, WEIGHT);
  const aWave = settings + WAVES + ((<usize>((other >> 4) & 31)) << 3);
  const bWave = settings + WAVES + ((<usize>((word >> 4) & 31)) << 3);
  const waveX = load<f32>(aWave);
  const waveY = load<f32>(aWave, 4);
  const cosine = (cos * waveX - sin * waveY) * load<f32>(bWave) + (sin * waveX + cos * waveY) * load<f32>(bWave, 4);
  if (cosine * cosine <= load<f32>(settings, LEAST_COS2)) return;
  const offsetX = aX - GRID * (<f32>gridX + 0.5);
  const offsetY = aY + GRID * (<f32>gridY + 0.5);
  const perPeriod = load<f32>(settings + ((<usize>((other >> 9) & 7)) << 2), PER_PERIOD);
  const predicted = <f32>(other & 15) * (1.0 / 16) + (waveX * offsetX + waveY * offsetY) * perPeriod;
  const turn = <f32>(word & 15) * (1.0 / 16) - (cosine < 0 ? -predicted : predicted);
  const step = <i32>floor<f32>(turn * TURN + 0.5);
  store<f32>(place, weight * sine(settings, step + QUARTER), REAL);
  store<f32>(place, weight * sine(settings, step), IMAGINARY);
}

function sine(settings: usize, step: i32): f32 {
  return load<f32>(settings + ((<usize>(step & 1023)) << 2), SINES);
}

/** Sums over neighbours to the right and below, one and two places apart. */
function agree(scratch: usize, columns: i32, rows: i32, out: usize): void {
  for (let apart: usize = 1; apart <= 2; apart++) {
    const right = apart << 2;
    const below = (apart * LINE) << 2;
    let together = f32x4.splat(0);
    let weights = f32x4.splat(0);
    for (let row: usize = 0; row < <usize>rows; row++) {
      let at = scratch + ((row * LINE) << 2);
      for (let column = 0; column < columns; column += 4, at += 16) {
        const re = v128.load(at, REAL);
        const im = v128.load(at, IMAGINARY);
        const w = v128.load(at, WEIGHT);
        const others = f32x4.add(v128.load(at + right, REAL), v128.load(at + below, REAL));
        const otherParts = f32x4.add(v128.load(at + right, IMAGINARY), v128.load(at + below, IMAGINARY));
        const otherWeights = f32x4.add(v128.load(at + right, WEIGHT), v128.load(at + below, WEIGHT));
        together = f32x4.add(together, f32x4.add(f32x4.mul(re, others), f32x4.mul(im, otherParts)));
        weights = f32x4.add(weights, f32x4.mul(w, otherWeights));
      }
    }
    store<f32>(out + ((apart - 1) << 2), sumOf(together) / (2 + sumOf(weights)));
  }
  let total = f32x4.splat(0);
  const end = scratch + WEIGHT + ((LINE * <usize>rows) << 2);
  for (let at = scratch + WEIGHT; at < end; at += 16) total = f32x4.add(total, v128.load(at));
  store<f32>(out, sumOf(total), 8);
}

function sumOf(values: v128): f32 {
  const pairs = f32x4.add(values, v128.shuffle<f32>(values, values, 2, 3, 0, 1));
  return f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1);
}
