/** Quality of a sample, its components, and the reject detail that follows from them. Runs anywhere. */

import {
  WINBIO_FP_POOR_QUALITY,
  WINBIO_FP_TOO_HIGH,
  WINBIO_FP_TOO_LEFT,
  WINBIO_FP_TOO_LOW,
  WINBIO_FP_TOO_RIGHT,
  WINBIO_FP_TOO_SHORT,
} from '../../core/constants.ts';
import type { RejectDetail } from '../../core/identifiers.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Minutia } from '../minutia.ts';
import { CELL_PX, SAMPLE_QUALITY } from '../parameters.ts';
import type { CellMask, NormalizedPlane, ResponsePlane } from './planes.ts';

/** How good a sample is. */
export interface SampleQuality {
  /** 0 to 100. */
  readonly value: number;
  /** Foreground, square pixels at 500 ppi. */
  readonly areaPx: number;
  /** 0 to 1: share of the foreground's grey variance that is a clean ridge wave. */
  readonly clarity: number;
  /** Centre of the foreground as shares of width and height, 0 to 1. */
  readonly centreX: number;
  readonly centreY: number;
  /** `WINBIO_FP_*` when the sample should not be used, 0 when it can be. */
  readonly rejectDetail: RejectDetail;
}

/** Measures a sample from what extraction has found. */
export function sampleQuality(
  kernel: Kernel,
  mask: CellMask,
  response: ResponsePlane,
  image: NormalizedPlane,
  minutiae: readonly Minutia[],
): SampleQuality {
  let cells = 0;
  let columnSum = 0;
  let rowSum = 0;
  for (let row = 0, cell = 0; row < mask.rows; row++) {
    for (let column = 0; column < mask.columns; column++, cell++) {
      if (mask.cells[cell] === 0) continue;
      cells++;
      columnSum += column + 0.5;
      rowSum += row + 0.5;
    }
  }
  const areaPx = cells * CELL_PX * CELL_PX;
  const clarity = clarityOf(kernel, response, image);
  const centreX = cells > 0 ? columnSum / cells / mask.columns : 0.5;
  const centreY = cells > 0 ? rowSum / cells / mask.rows : 0.5;
  const { poorClarity, goodClarity, goodAreaPx } = SAMPLE_QUALITY;
  const clear = Math.min(1, Math.max(0, (clarity - poorClarity) / (goodClarity - poorClarity)));
  const value = Math.round(100 * clear * Math.sqrt(Math.min(1, areaPx / goodAreaPx)));
  const rejectDetail = rejectDetailOf(areaPx, clarity, centreX, centreY, minutiae.length);
  return { value, areaPx, clarity, centreX, centreY, rejectDetail };
}

/** A sample is refused only when little can be expected of it; a small one says where the finger was. */
function rejectDetailOf(areaPx: number, clarity: number, x: number, y: number, minutiae: number): RejectDetail {
  if (areaPx === 0 || clarity < SAMPLE_QUALITY.minClarity) return WINBIO_FP_POOR_QUALITY;
  if (areaPx < SAMPLE_QUALITY.minAreaPx) {
    const { offCentre } = SAMPLE_QUALITY;
    if (x < offCentre) return WINBIO_FP_TOO_LEFT;
    if (x > 1 - offCentre) return WINBIO_FP_TOO_RIGHT;
    if (y < offCentre) return WINBIO_FP_TOO_HIGH;
    if (y > 1 - offCentre) return WINBIO_FP_TOO_LOW;
    return WINBIO_FP_TOO_SHORT;
  }
  return minutiae < SAMPLE_QUALITY.minMinutiae ? WINBIO_FP_POOR_QUALITY : 0;
}

/** sqrt(sum |R|^2 / (2 sum n^2)) over the whole foreground. */
function clarityOf({ memory, functions }: Kernel, response: ResponsePlane, image: NormalizedPlane): number {
  const squares = (plane: Float32Array): number => functions.sumOfSquares(memory.addressOf(plane), plane.length);
  const total = squares(image.values);
  return total > 0 ? Math.sqrt((squares(response.even) + squares(response.odd)) / (2 * total)) : 0;
}
