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

/** Offsets in the scratch: deformation of up to 18 x 18 nodes; waves of A as B sees them; planes of the places. */
const NODES: usize = 0;
const TURNED: usize = 2624;
const REAL: usize = TURNED + 256;
const PLANE: usize = 4 * LINE * 66;
const IMAGINARY: usize = REAL + PLANE;
const WEIGHT: usize = IMAGINARY + PLANE;

/**
 * `pairs` holds x and y (y up) of a minutia of B and what is left between it and its partner, 4 floats a pair; without pairs
 * nothing is deformed. Writes the agreement of samples one and two places apart and the sum of the weights. `scratch` has
 * 55,168 bytes.
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
  if (pairCount > 0) deform(scratch, nodeColumns, rows, firstColumn, firstRow, settings, pairs, pairCount);
  const bytes = LINE * <usize>(rows + 2) * 4;
  memory.fill(scratch + REAL, 0, bytes);
  memory.fill(scratch + IMAGINARY, 0, bytes);
  memory.fill(scratch + WEIGHT, 0, bytes);
  const cos = load<f32>(settings, COS);
  const sin = load<f32>(settings, SIN);
  turnWaves(settings, cos, sin, scratch);
  const dx = load<f32>(settings, DX);
  const dy = load<f32>(settings, DY);
  const leastCos2 = load<f32>(settings, LEAST_COS2);
  const aColumn = <i32>load<u8>(a);
  const aRow = <i32>load<u8>(a, 1);
  const aColumns = <i32>load<u8>(a, 2);
  const aRows = <i32>load<u8>(a, 3);
  // Without pairs this is a first look, for which every second row is enough.
  const step = pairCount > 0 ? 1 : 2;
  for (let row = 0; row < rows; row += step) {
    let words = b + PLACES + ((<usize>(row * columns)) << 1);
    let place = scratch + ((<usize>row * LINE) << 2);
    const y = -GRID * (<f32>(firstRow + row) + 0.5) - dy;
    const nodeRow = row / NODE_PLACES;
    const v: f32 = <f32>(row - nodeRow * NODE_PLACES) / <f32>NODE_PLACES;
    const nodes = scratch + NODES + ((<usize>(nodeRow * nodeColumns)) << 3);
    for (let column = 0; column < columns; column++, words += 2, place += 4) {
      const word = <i32>load<u16>(words);
      if (word === 0) continue;
      let bX = GRID * (<f32>(firstColumn + column) + 0.5) - dx;
      let bY = y;
      if (pairCount > 0) {
        const u: f32 = <f32>(column & (NODE_PLACES - 1)) / <f32>NODE_PLACES;
        const above = nodes + ((<usize>(column / NODE_PLACES)) << 3);
        const below = above + ((<usize>nodeColumns) << 3);
        bX -= between(above, below, u, v, 0);
        bY -= between(above, below, u, v, 4);
      }
      const aX = cos * bX + sin * bY;
      const aY = cos * bY - sin * bX;
      const gridX = <i32>floor<f32>(aX * (1 / GRID));
      const gridY = <i32>floor<f32>(-aY * (1 / GRID));
      const inRow = gridX - aColumn;
      const inColumn = gridY - aRow;
      if (<u32>inRow >= <u32>aColumns || <u32>inColumn >= <u32>aRows) continue;
      const other = <i32>load<u16>(a + PLACES + ((<usize>(inColumn * aColumns + inRow)) << 1));
      if (other === 0) continue;
      const weight = <f32>((word >> 12) * (other >> 12)) * (1.0 / 9);
      store<f32>(place, weight, WEIGHT);
      const aAngle = (<usize>((other >> 4) & 31)) << 3;
      const bWave = settings + WAVES + ((<usize>((word >> 4) & 31)) << 3);
      const turned = scratch + aAngle;
      const cosine = load<f32>(turned, TURNED) * load<f32>(bWave) + load<f32>(turned, TURNED + 4) * load<f32>(bWave, 4);
      const along =
        load<f32>(settings + aAngle, WAVES) * (aX - GRID * (<f32>gridX + 0.5)) +
        load<f32>(settings + aAngle, WAVES + 4) * (aY + GRID * (<f32>gridY + 0.5));
      const perPeriod = load<f32>(settings + ((<usize>((other >> 9) & 7)) << 2), PER_PERIOD);
      const predicted = <f32>(other & 15) * (1.0 / 16) + along * perPeriod;
      const turn = <f32>(word & 15) * (1.0 / 16) - select<f32>(-predicted, predicted, cosine < 0);
      const sineStep = <i32>floor<f32>(turn * TURN + 0.5);
      // Waves that run differently count as samples that agree in nothing.
      const counted = select<f32>(weight, 0, cosine * cosine > leastCos2);
      store<f32>(place, counted * sine(settings, sineStep + QUARTER), REAL);
      store<f32>(place, counted * sine(settings, sineStep), IMAGINARY);
    }
  }
  agree(scratch, columns, rows, out);
}

/** The waves of all angles, turned as A is turned. */
function turnWaves(settings: usize, cos: f32, sin: f32, scratch: usize): void {
  for (let wave: usize = 0; wave < 256; wave += 8) {
    const x = load<f32>(settings + wave, WAVES);
    const y = load<f32>(settings + wave, WAVES + 4);
    store<f32>(scratch + wave, cos * x - sin * y, TURNED);
    store<f32>(scratch + wave, sin * x + cos * y, TURNED + 4);
  }
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
