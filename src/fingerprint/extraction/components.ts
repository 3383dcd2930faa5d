/** Connected parts of a mask, each with what is asked of it: its cells and its bounds. */

import { label } from './mask-morphology.ts';
import type { CellMask } from './planes.ts';

/** A part of the foreground, in cells. */
export interface Component {
  /** Columns and rows of its cells, one behind the other. */
  readonly cells: readonly (readonly [column: number, row: number])[];
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** All parts of at least so many cells, the largest first. */
export function componentsOf(mask: CellMask, leastCells: number): Component[] {
  const { labels, sizes } = label(mask, 1);
  const cells = sizes.map((): [number, number][] => []);
  for (let i = 0; i < labels.length; i++) {
    const number = labels[i]!;
    if (number > 0 && sizes[number]! >= leastCells)
      cells[number]!.push([i % mask.columns, Math.floor(i / mask.columns)]);
  }
  return cells
    .filter(({ length }) => length > 0)
    .map(component)
    .sort((a, b) => b.cells.length - a.cells.length);
}

/** The part that these cells are. */
export function component(cells: readonly (readonly [column: number, row: number])[]): Component {
  let [left, right] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let [top, bottom] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const [column, row] of cells) {
    left = Math.min(left, column);
    right = Math.max(right, column);
    top = Math.min(top, row);
    bottom = Math.max(bottom, row);
  }
  return { cells, left, right, top, bottom };
}
