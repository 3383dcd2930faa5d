/** What shares of the foreground show no ridges, or not those of this touch. */

import type { Kernel } from '../kernel/kernel.ts';
import type { Minutia } from '../minutia.ts';
import { CELL_PX, FLAW_SHARES, MM_PER_PX } from '../parameters.ts';
import { blurGrid } from './blur-grid.ts';
import type { CellMask, GreyPlane, OrientationField } from './planes.ts';

/** Shares of the foreground, 0 to 1. */
export interface FlawShares {
  /** Dark, and without the contrast of ridges: water or ink between them. */
  readonly clots: number;
  /** Many residues and no common flow: noise, dirt or cloth rather than skin. */
  readonly grain: number;
  /** Many residues along a clear flow: creases, scars, ridges that dryness broke. */
  readonly breaks: number;
  /** A clear flow, much fainter than elsewhere: what an earlier touch left on the sensor. */
  readonly traces: number;
}

/** What the shares are measured on. */
export interface FlawInput {
  readonly grey: GreyPlane;
  readonly mask: CellMask;
  readonly orientation: OrientationField;
  /** Residues before opposite pairs cancel. */
  readonly residues: readonly Minutia[];
}

/** Side of the squares that are judged: coarser than cells, since flaws are large, and every extraction pays for it. */
const SQUARE_PX = 2 * CELL_PX;
const SQUARE_MM2 = (SQUARE_PX * MM_PER_PX) ** 2;
/** Every second pixel of a line and of a column is read. */
const STEP_PX = 2;

/** Squares over an image, and how much of each is foreground, 0 to 1. */
interface Squares {
  readonly columns: number;
  readonly rows: number;
  readonly share: Float32Array;
}

/** Measures the shares; all 0 of an empty foreground. */
export function flawShares(kernel: Kernel, input: FlawInput): FlawShares {
  const squares = squaresOf(input.mask);
  const total = squares.share.reduce((sum, share) => sum + share, 0);
  if (total === 0) return { clots: 0, grain: 0, breaks: 0, traces: 0 };
  const smooth = smootherOf(kernel, squares, FLAW_SHARES.sigmaPx);
  const density = smooth((plane) => countResidues(plane, input, squares));
  const cos2 = smooth((plane) => sumCells(plane, input.orientation.cos2, input.mask, squares));
  const sin2 = smooth((plane) => sumCells(plane, input.orientation.sin2, input.mask, squares));
  const { mean, deviation, dark, strong } = contrastOf(kernel, input, squares);
  let [clots, grain, breaks, traces] = [0, 0, 0, 0];
  for (const [i, share] of squares.share.entries()) {
    if (share === 0) continue;
    const flows = cos2[i]! ** 2 + sin2[i]! ** 2 >= FLAW_SHARES.leastFlow ** 2;
    const isDense = density[i]! / SQUARE_MM2 > FLAW_SHARES.denseResidues;
    if (isDense && flows) breaks += share;
    if (isDense && !flows) grain += share;
    if (mean[i]! > dark && deviation[i]! < FLAW_SHARES.clotContrast * strong) clots += share;
    else if (flows && deviation[i]! < FLAW_SHARES.traceContrast * strong) traces += share;
  }
  return { clots: clots / total, grain: grain / total, breaks: breaks / total, traces: traces / total };
}

function squaresOf(mask: CellMask): Squares {
  const columns = (mask.columns + 1) >> 1;
  const rows = (mask.rows + 1) >> 1;
  const squares = { columns, rows, share: new Float32Array(columns * rows) };
  sumCells(squares.share, undefined, mask, squares);
  return squares;
}

/** Adds a quarter of the value (1 when absent) of each cell of the foreground to its square. */
function sumCells(plane: Float32Array, values: Float32Array | undefined, mask: CellMask, { columns }: Squares): void {
  for (let row = 0, cell = 0; row < mask.rows; row++) {
    const line = (row >> 1) * columns;
    for (let column = 0; column < mask.columns; column++, cell++) {
      if (mask.cells[cell] === 1) plane[line + (column >> 1)]! += values === undefined ? 0.25 : 0.25 * values[cell]!;
    }
  }
}

function countResidues(plane: Float32Array, { residues }: FlawInput, { columns }: Squares): void {
  for (const { xPx, yPx } of residues) plane[Math.floor(yPx / SQUARE_PX) * columns + Math.floor(xPx / SQUARE_PX)]! += 1;
}

/** Makes planes whose values are means over the foreground around each square. */
function smootherOf(kernel: Kernel, { columns, rows, share }: Squares, sigmaPx: number) {
  const blurred = (plane: Float32Array): Float32Array => {
    blurGrid(kernel, plane, columns, rows, sigmaPx / SQUARE_PX);
    return plane;
  };
  const weights = kernel.memory.float32(share.length);
  weights.set(share);
  blurred(weights);
  return (fill: (plane: Float32Array) => void): Float32Array => {
    const plane = kernel.memory.float32(share.length);
    fill(plane);
    blurred(plane);
    for (let i = 0; i < plane.length; i++) plane[i]! /= Math.max(1e-6, weights[i]!);
    return plane;
  };
}

/** Grey levels (ridges high) around each square, the level that is dark, and the deviation where contrast is strong. */
function contrastOf(kernel: Kernel, { grey }: FlawInput, squares: Squares) {
  const { columns, share } = squares;
  const sums = new Int32Array(share.length);
  const squareSums = new Int32Array(share.length);
  const counts = new Int32Array(share.length);
  const histogram = readGrey(grey, columns, { counts, sums, squareSums });
  const smooth = smootherOf(kernel, squares, FLAW_SHARES.contrastSigmaPx);
  const averaged = (of: Int32Array): Float32Array =>
    smooth((plane) => {
      // Squares at the right and the lower edge hold fewer pixels.
      for (let i = 0; i < plane.length; i++) plane[i] = (of[i]! / Math.max(1, counts[i]!)) * share[i]!;
    });
  const mean = averaged(sums);
  const deviation = averaged(squareSums);
  for (let i = 0; i < deviation.length; i++) deviation[i] = Math.sqrt(Math.max(0, deviation[i]! - mean[i]! ** 2));
  const light = levelAt(histogram, FLAW_SHARES.lightQuantile);
  const span = Math.max(FLAW_SHARES.leastSpan, levelAt(histogram, 1 - FLAW_SHARES.lightQuantile) - light);
  const contrasts = deviation.filter((_, i) => share[i]! > 0).sort();
  const strong = contrasts[Math.floor(FLAW_SHARES.strongQuantile * (contrasts.length - 1))]!;
  return { mean, deviation, dark: light + FLAW_SHARES.darkLevel * span, strong };
}

/** Pixels of each square, sums of their grey levels and of the squares of these. */
interface GreySums {
  readonly counts: Int32Array;
  readonly sums: Int32Array;
  readonly squareSums: Int32Array;
}

/** Adds up grey levels by square; returns how often each occurs. */
function readGrey({ widthPx, heightPx, values }: GreyPlane, columns: number, into: GreySums): Int32Array {
  const { counts, sums, squareSums } = into;
  const histogram = new Int32Array(256);
  for (let y = 0; y < heightPx; y += STEP_PX) {
    const line = Math.floor(y / SQUARE_PX) * columns;
    for (let x = 0; x < widthPx; x += STEP_PX) {
      const level = values[y * widthPx + x]!;
      const at = line + ((x / SQUARE_PX) | 0);
      histogram[level]!++;
      counts[at]!++;
      sums[at]! += level;
      squareSums[at]! += level * level;
    }
  }
  return histogram;
}

function levelAt(histogram: Int32Array, share: number): number {
  const wanted = share * histogram.reduce((sum, count) => sum + count, 0);
  let below = 0;
  const level = histogram.findIndex((count) => {
    below += count;
    return below > wanted;
  });
  return level < 0 ? histogram.length - 1 : level;
}
