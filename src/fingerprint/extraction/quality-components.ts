/** Measures of a sample's quality. */

import type { Kernel } from '../kernel/kernel.ts';
import { CELL_PX, GUIDANCE, SAMPLE_QUALITY, WORKING_RESOLUTION_PPI } from '../parameters.ts';
import { blurGrid } from './blur-grid.ts';
import type { Component } from './components.ts';
import { countFingers } from './count-fingers.ts';
import { type FlawInput, flawShares } from './flaw-shares.ts';
import type { CellMask, NormalizedPlane, ResponsePlane } from './planes.ts';

const CELL_MM = (CELL_PX * 25.4) / WORKING_RESOLUTION_PPI;

/** Components of quality; all but areas and densities are shares, 0 to 1. */
export interface QualityComponents {
  /** Foreground, square pixels at 500 ppi. */
  readonly areaPx: number;
  /** All that the sensor can show, square pixels at 500 ppi. */
  readonly framePx: number;
  /** Fingers that the image shows; a print is of one. */
  readonly fingers: number;
  /** Share of the foreground's grey variance that is a clean ridge wave. */
  readonly clarity: number;
  /** Share of the foreground that is darker than its surroundings: low in a dry print, high in a wet one. */
  readonly ridgeShare: number;
  /** Contrast of the faint parts against that of the strong ones: low in a smudged print. */
  readonly evenness: number;
  /** Phase residues a square millimetre of the foreground, before opposite ones cancel: the strongest sign of a bad print. */
  readonly residuesPerMm2: number;
  /** Share of the foreground that is dark without ridges, as wet fingers leave it. */
  readonly clots: number;
  /** Share of the foreground that is noise rather than ridges. */
  readonly grain: number;
  /** Share of the foreground whose ridges are broken, as creases, scars and dry skin have it. */
  readonly breaks: number;
  /** Share of the foreground with ridges much fainter than the others: traces of an earlier touch. */
  readonly traces: number;
  /** Centre of the foreground, as a share of the width from the left. */
  readonly centreX: number;
  /** Centre of the foreground, as a share of the height from the top. */
  readonly centreY: number;
  /** Share of each border of the image that the foreground reaches, where the print is cut off. */
  readonly cut: {
    /** Left border. */
    readonly left: number;
    /** Right border. */
    readonly right: number;
    /** Upper border. */
    readonly top: number;
    /** Lower border. */
    readonly bottom: number;
  };
}

/** Measures a sample from what extraction has found. */
export function qualityComponents(
  kernel: Kernel,
  found: FlawInput,
  response: ResponsePlane,
  image: NormalizedPlane,
): QualityComponents {
  const { mask, residues } = found;
  const { columns, rows, cells } = mask;
  const perColumn = new Float64Array(columns);
  const perRow = new Float64Array(rows);
  for (let row = 0, cell = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, cell++) {
      perColumn[column]! += cells[cell]!;
      perRow[row]! += cells[cell]!;
    }
  }
  const count = perRow.reduce((sum, inRow) => sum + inRow, 0);
  const centre = (counts: Float64Array): number =>
    count === 0 ? 0.5 : counts.reduce((sum, n, i) => sum + n * (i + 0.5), 0) / count / counts.length;
  const { memory, functions } = kernel;
  const dark = functions.countPositive(memory.addressOf(image.values), image.values.length);
  return {
    areaPx: count * CELL_PX * CELL_PX,
    framePx: found.grey.widthPx * found.grey.heightPx,
    fingers: countFingers(mask, CELL_MM, (part) => clarityOfPart(part, response, image) >= SAMPLE_QUALITY.minClarity),
    clarity: clarityOf(kernel, response, image),
    ridgeShare: count === 0 ? 0.5 : dark / (count * CELL_PX * CELL_PX),
    evenness: count === 0 ? 1 : evennessOf(kernel, mask, image),
    residuesPerMm2: count === 0 ? 0 : residues.length / (count * CELL_MM ** 2),
    ...flawShares(kernel, found),
    centreX: centre(perColumn),
    centreY: centre(perRow),
    cut: {
      left: perColumn[0]! / rows,
      right: perColumn[columns - 1]! / rows,
      top: perRow[0]! / columns,
      bottom: perRow[rows - 1]! / columns,
    },
  };
}

/** sqrt(sum |R|^2 / (2 sum n^2)) over the whole foreground. */
function clarityOf({ memory, functions }: Kernel, response: ResponsePlane, image: NormalizedPlane): number {
  const squares = (plane: Float32Array): number => functions.sumOfSquares(memory.addressOf(plane), plane.length);
  const total = squares(image.values);
  return total > 0 ? Math.sqrt((squares(response.even) + squares(response.odd)) / (2 * total)) : 0;
}

/** The same of one part of the foreground, from one pixel a cell. */
function clarityOfPart({ cells }: Component, response: ResponsePlane, image: NormalizedPlane): number {
  const { stridePx, marginPx, values } = image;
  let [wave, total] = [0, 0];
  for (const [column, row] of cells) {
    const [x, y] = [column * CELL_PX, row * CELL_PX];
    const at = Math.floor(y / response.stepPx) * response.width + Math.floor(x / response.stepPx);
    wave += response.even[at]! ** 2 + response.odd[at]! ** 2;
    total += values[(y + marginPx) * stridePx + x + marginPx]! ** 2;
  }
  return total > 0 ? Math.sqrt(wave / (2 * total)) : 0;
}

/** Low over high quantile of the local contrast, the root mean square of the normalised image around each cell. */
function evennessOf(kernel: Kernel, { columns, rows, cells }: CellMask, image: NormalizedPlane): number {
  const { memory, functions } = kernel;
  const { stridePx, marginPx, values } = image;
  const energy = memory.float32(cells.length);
  const weight = memory.float32(cells.length);
  weight.set(cells);
  const origin = memory.addressOf(values) + 4 * marginPx * (stridePx + 1);
  functions.cellEnergies(origin, stridePx, columns, rows, energy.byteOffset);
  blurGrid(kernel, energy, columns, rows, GUIDANCE.evennessSigmaPx / CELL_PX);
  blurGrid(kernel, weight, columns, rows, GUIDANCE.evennessSigmaPx / CELL_PX);
  const contrasts = new Float32Array(cells.reduce((sum, inside) => sum + inside, 0));
  let n = 0;
  for (let cell = 0; cell < cells.length; cell++) {
    if (cells[cell] === 1) contrasts[n++] = Math.sqrt(energy[cell]! / weight[cell]!);
  }
  contrasts.sort();
  const quantile = (share: number): number => contrasts[Math.floor(share * (n - 1))]!;
  const high = quantile(1 - GUIDANCE.evennessShare);
  return high > 0 ? quantile(GUIDANCE.evennessShare) / high : 0;
}
