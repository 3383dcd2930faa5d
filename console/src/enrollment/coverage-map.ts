/** Where the cells that an enrollment has seen lie on the drawing of a finger. */

import type { FingerCoverage } from '../../../src/exports/whorl/client/browser.ts';
import type { Edge, SeenCell } from '../parts/growing-print.tsx';

/**
 * Follows a coverage as it grows. It comes as a box around what was seen, which grows to any side and does not say to which:
 * the box is laid where it agrees best with the one before. The first is laid in the middle.
 */
export class CoverageMap {
  #last: FingerCoverage | undefined;
  #left = 0;
  #top = 0;

  /** Cells with their place, millimetres from the middle of the finger. */
  place(coverage: FingerCoverage): readonly SeenCell[] {
    const { columns, rows, views, cellMm } = coverage;
    if (this.#last === undefined) {
      this.#left = -Math.round(columns / 2);
      this.#top = -Math.round(rows / 2);
    } else {
      const { right, down } = bestShift(this.#last, coverage);
      this.#left -= right;
      this.#top -= down;
    }
    this.#last = coverage;
    const cells: SeenCell[] = [];
    views.forEach((count, i) => {
      if (count === 0) return;
      const x = (this.#left + (i % columns)) * cellMm;
      const y = (this.#top + Math.floor(i / columns)) * cellMm;
      cells.push({ x, y, views: count });
    });
    return cells;
  }
}

/** By how many cells the old box lies inside the new one: the shift with the most cells seen in both. */
function bestShift(old: FingerCoverage, now: FingerCoverage): { readonly right: number; readonly down: number } {
  let best = { right: 0, down: 0, shared: -1 };
  const slack = 1;
  for (let down = -slack; down <= now.rows - old.rows + slack; down++) {
    for (let right = -slack; right <= now.columns - old.columns + slack; right++) {
      const shared = sharedCells(old, now, right, down);
      if (shared > best.shared) best = { right, down, shared };
    }
  }
  return best;
}

function sharedCells(old: FingerCoverage, now: FingerCoverage, right: number, down: number): number {
  let shared = 0;
  for (let row = 0; row < old.rows; row++) {
    const y = row + down;
    if (y < 0 || y >= now.rows) continue;
    for (let column = 0; column < old.columns; column++) {
      const x = column + right;
      if (x < 0 || x >= now.columns) continue;
      // Seen as often as before, or once more: a cell never loses views.
      const before = old.views[row * old.columns + column] ?? 0;
      const after = now.views[y * now.columns + x] ?? 0;
      if (before > 0 && after >= before) shared += 1;
    }
  }
  return shared;
}

/** Sides of a finger that count as seen when enough cells lie beyond this many millimetres from the middle. */
const REACH: Readonly<Record<Edge, (cell: SeenCell) => boolean>> = {
  left: ({ x }) => x < -6,
  right: ({ x }) => x >= 5,
  tip: ({ y }) => y < -8,
  base: ({ y }) => y >= 7,
};
const ENOUGH_CELLS = 4;
/** Sides in the order in which they are asked for. */
const ORDER: readonly Edge[] = ['left', 'right', 'tip', 'base'];

/** The sides that were seen, and those that were not, in the order in which to show them. */
export function edgesOf(cells: readonly SeenCell[]): {
  readonly done: readonly Edge[];
  readonly open: readonly Edge[];
} {
  const seen = (edge: Edge) => cells.filter(REACH[edge]).length >= ENOUGH_CELLS;
  return { done: ORDER.filter(seen), open: ORDER.filter((edge) => !seen(edge)) };
}
