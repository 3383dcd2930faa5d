/** Samples the phase of the second filter response on a grid, where ridges are clear. */

import type { Kernel } from '../kernel/kernel.ts';
import { CELL_PX, PERIOD, TEXTURE } from '../parameters.ts';
import { packSample, type Texture } from '../texture.ts';
import { waveAngle } from './gabor-filter.ts';
import type { CellMask, NormalizedPlane, OrientationField, ResponsePlane } from './planes.ts';

/** What the earlier stages found in an image. */
export interface TextureInput {
  readonly widthPx: number;
  readonly heightPx: number;
  /** At every pixel. */
  readonly response: ResponsePlane;
  readonly normal: NormalizedPlane;
  readonly orientation: OrientationField;
  /** Position on the geometric scale of periods, per cell. */
  readonly period: Float32Array;
  readonly mask: CellMask;
}

/** A sample and its place on the grid. */
interface PlacedSample {
  readonly column: number;
  readonly row: number;
  readonly word: number;
}

const { gridPx, maxSide, maxSamples, phaseSteps, angleSteps, periodSteps, weightSteps } = TEXTURE;
/** Pixel of the first sample. */
const FIRST_PX = gridPx / 2;

/** The samples of an image; undefined when its ridges are clear nowhere. */
export function sampleTexture(kernel: Kernel, input: TextureInput): Texture | undefined {
  const clarity = clarityPerCell(kernel, input);
  const found: PlacedSample[] = [];
  for (let row = 0; gridPx * row + FIRST_PX < input.heightPx; row++) {
    for (let column = 0; gridPx * column + FIRST_PX < input.widthPx; column++) {
      const word = sampleAt(input, clarity, gridPx * column + FIRST_PX, gridPx * row + FIRST_PX);
      if (word !== 0) found.push({ column, row, word });
    }
  }
  return found.length === 0 ? undefined : frameOf(found);
}

/** Share of the variance that the filter explains around each cell, 0 to 1. */
function clarityPerCell({ memory, functions }: Kernel, { response, normal, mask }: TextureInput) {
  const { columns, rows } = mask;
  const energies = (address: number, stride: number): Float64Array => {
    const out = memory.float32(columns * rows);
    functions.cellEnergies(address, stride, columns, rows, out.byteOffset);
    return sumTable(out, columns, rows);
  };
  const even = energies(memory.addressOf(response.even), response.width);
  const odd = energies(memory.addressOf(response.odd), response.width);
  const { values, marginPx, stridePx } = normal;
  const grey = energies(memory.addressOf(values) + 4 * marginPx * (stridePx + 1), stridePx);
  return (column: number, row: number): number => {
    const sum = (table: Float64Array): number => boxSum(table, columns, rows, column, row);
    const total = sum(grey);
    return total > 0 ? Math.min(1, Math.sqrt((sum(even) + sum(odd)) / (2 * total))) : 0;
  };
}

/** The word of the sample at a pixel; 0 where there is none. */
function sampleAt(
  { mask, orientation, period, response }: TextureInput,
  clarity: (column: number, row: number) => number,
  xPx: number,
  yPx: number,
): number {
  const column = Math.floor(xPx / CELL_PX);
  const row = Math.floor(yPx / CELL_PX);
  const cell = row * mask.columns + column;
  if (mask.cells[cell] === 0) return 0;
  const share = (clarity(column, row) - TEXTURE.noClarity) / (TEXTURE.fullClarity - TEXTURE.noClarity);
  const weight = Math.min(weightSteps, Math.ceil(weightSteps * share));
  if (weight <= 0) return 0;
  const at = yPx * response.width + xPx;
  const step = Math.round((waveAngle(orientation, cell) * angleSteps) / Math.PI);
  // A wave that is turned by half a turn runs the other way: its phase changes the sign.
  const phase = Math.atan2(response.odd[at]!, response.even[at]!) * (step === angleSteps ? -1 : 1);
  const position = Math.min(PERIOD.count - 1, Math.max(0, period[cell]!));
  return packSample({
    phase: Math.round((phase * phaseSteps) / (2 * Math.PI)) & (phaseSteps - 1),
    angle: step % angleSteps,
    period: Math.round((position * (periodSteps - 1)) / (PERIOD.count - 1)),
    weight,
  });
}

/** The frame around the samples. Of more than fit, those far from their middle and unclear ones are left out. */
function frameOf(found: readonly PlacedSample[]): Texture {
  const columns = span(found.map(({ column }) => column));
  const rows = span(found.map(({ row }) => row));
  const inside = found.filter(({ column, row }) => isIn(columns, column) && isIn(rows, row));
  const best = inside.length <= maxSamples ? inside : byWeight(inside).slice(0, maxSamples);
  const samples = new Uint16Array(columns.length * rows.length);
  for (const { column, row, word } of best)
    samples[(row - rows.first) * columns.length + column - columns.first] = word;
  return {
    firstColumn: columns.first,
    firstRow: rows.first,
    columns: columns.length,
    rows: rows.length,
    samples,
  };
}

interface Span {
  readonly first: number;
  readonly length: number;
}

/** From the least to the greatest place, or as many as a frame may have around the median. */
function span(places: readonly number[]): Span {
  const sorted = Float64Array.from(places).sort();
  const [least, greatest] = [sorted[0]!, sorted[sorted.length - 1]!];
  const length = Math.min(maxSide, greatest - least + 1);
  const middle = sorted[sorted.length >> 1]! - (length >> 1);
  return { first: Math.min(Math.max(least, middle), greatest - length + 1), length };
}

function isIn({ first, length }: Span, place: number): boolean {
  return place >= first && place < first + length;
}

function byWeight(found: readonly PlacedSample[]): PlacedSample[] {
  return [...found].sort((a, b) => (b.word >> 12) - (a.word >> 12));
}

/** Sums of all values above and to the left: `columns` + 1 a row. */
function sumTable(values: Float32Array, columns: number, rows: number): Float64Array {
  const table = new Float64Array((columns + 1) * (rows + 1));
  for (let row = 0, i = 0; row < rows; row++) {
    let line = 0;
    for (let column = 0; column < columns; column++, i++) {
      line += values[i]!;
      const at = (row + 1) * (columns + 1) + column + 1;
      table[at] = table[at - columns - 1]! + line;
    }
  }
  return table;
}

/** Sum of the cells around one, of those that there are. */
function boxSum(table: Float64Array, columns: number, rows: number, column: number, row: number): number {
  const radius = TEXTURE.clarityRadiusCells;
  const left = Math.max(0, column - radius);
  const right = Math.min(columns, column + radius + 1);
  const top = Math.max(0, row - radius) * (columns + 1);
  const bottom = Math.min(rows, row + radius + 1) * (columns + 1);
  return table[bottom + right]! - table[bottom + left]! - table[top + right]! + table[top + left]!;
}
