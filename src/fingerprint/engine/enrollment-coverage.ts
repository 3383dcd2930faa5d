/** Which parts of a finger the views of an enrollment show together. */

import type { FingerCoverage } from '../../core/finger-coverage.ts';
import { movePoint } from '../comparison/rigid-motion.ts';
import { COVERAGE, MM_PER_PX } from '../parameters.ts';
import { type ForegroundPoint, foregroundPoints } from '../template/foreground-points.ts';
import { decodeTemplate } from '../template/template-codec.ts';
import type { PlacedView } from './place-views.ts';

const CELL_SIDE_PX = COVERAGE.cellMm / MM_PER_PX;

/** The map of the views, in the frame of the first. Throws WHORL_E_MALFORMED for broken features. */
export function enrollmentCoverage(views: readonly PlacedView[]): FingerCoverage {
  const placed = views.map(({ bytes, motion }) =>
    decodeTemplate(bytes)
      .flatMap((impression) => foregroundPoints(impression))
      .map(({ xPx, yPx, inside }) => {
        const [x, y] = movePoint(motion, xPx, yPx);
        return { xPx: x, yPx: y, inside };
      }),
  );
  const seen = placed.flat().filter(({ inside }) => inside);
  const [left, right] = range(seen.map(({ xPx }) => xPx));
  const [top, bottom] = range(seen.map(({ yPx }) => yPx));
  const columns = Math.ceil((right - left) / CELL_SIDE_PX);
  const rows = Math.ceil((bottom - top) / CELL_SIDE_PX);
  const counts = new Uint8Array(columns * rows);
  for (const points of placed) {
    const votes = castVotes(points, left, top, columns, rows);
    for (let cell = 0; cell < counts.length; cell++) if (votes[cell]! > 0) counts[cell]!++;
  }
  const covered = counts.reduce((sum, count) => sum + Math.min(1, count), 0);
  return { areaMm2: covered * COVERAGE.cellMm ** 2, cellMm: COVERAGE.cellMm, columns, rows, views: counts };
}

/** Each point speaks for the cells around it, for or against: above 0 where the finger was. */
function castVotes(
  points: readonly ForegroundPoint[],
  left: number,
  top: number,
  columns: number,
  rows: number,
): Float64Array {
  const votes = new Float64Array(columns * rows);
  const reach = COVERAGE.reachCells;
  for (const { xPx, yPx, inside } of points) {
    // In cells, from the centre of the first.
    const x = (xPx - left) / CELL_SIDE_PX - 0.5;
    const y = (yPx - top) / CELL_SIDE_PX - 0.5;
    for (let row = Math.max(0, Math.ceil(y - reach)); row < rows && row <= y + reach; row++) {
      for (let column = Math.max(0, Math.ceil(x - reach)); column < columns && column <= x + reach; column++) {
        const weight = Math.max(0, 1 - Math.hypot(column - x, row - y) / reach);
        votes[row * columns + column]! += inside ? weight : -weight;
      }
    }
  }
  return votes;
}

function range(values: readonly number[]): [least: number, greatest: number] {
  if (values.length === 0) return [0, 0];
  // Too many for the arguments of one call.
  return [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
}
