/** Morphology of cell masks with square elements, holes and components. Runs anywhere. */

import type { CellMask } from './planes.ts';

/** Cells that have a foreground cell within the square of the given radius. */
export function dilate(mask: CellMask, radius: number): CellMask {
  return slide(mask, radius, 1, false);
}

/** Cells whose whole square is foreground; outside the grid counts as foreground when `edgeIsForeground`. */
export function erode(mask: CellMask, radius: number, edgeIsForeground: boolean): CellMask {
  return slide(mask, radius, 0, edgeIsForeground);
}

/** Background that does not reach the border becomes foreground. */
export function fillHoles(mask: CellMask): CellMask {
  const { columns, rows } = mask;
  const labels = label(mask, 0);
  const outside = new Set<number>();
  for (let x = 0; x < columns; x++) outside.add(labels[x]!).add(labels[(rows - 1) * columns + x]!);
  for (let y = 0; y < rows; y++) outside.add(labels[y * columns]!).add(labels[y * columns + columns - 1]!);
  const cells = Uint8Array.from(mask.cells, (cell, i) => (cell === 1 || !outside.has(labels[i]!) ? 1 : 0));
  return { columns, rows, cells };
}

/** Foreground components (4-connected) of at least the given share of the largest. */
export function dropSmallComponents(mask: CellMask, share: number): CellMask {
  const { columns, rows } = mask;
  const labels = label(mask, 1);
  const sizes = new Map<number, number>();
  for (const id of labels) if (id > 0) sizes.set(id, (sizes.get(id) ?? 0) + 1);
  const least = share * Math.max(0, ...sizes.values());
  return { columns, rows, cells: Uint8Array.from(labels, (id) => (id > 0 && sizes.get(id)! >= least ? 1 : 0)) };
}

/** Separable running extreme: a cell becomes `target` when any cell of its square is. */
function slide(mask: CellMask, radius: number, target: 0 | 1, edgeIsForeground: boolean): CellMask {
  const { columns, rows } = mask;
  const edgeHits = !edgeIsForeground && target === 0;
  const horizontal = new Uint8Array(mask.cells.length).fill(1 - target);
  const cells = new Uint8Array(mask.cells.length).fill(1 - target);
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      let hit = edgeHits && (x < radius || x + radius >= columns);
      const last = Math.min(columns - 1, x + radius);
      for (let i = Math.max(0, x - radius); i <= last && !hit; i++) hit = mask.cells[y * columns + i] === target;
      if (hit) horizontal[y * columns + x] = target;
    }
  }
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      let hit = edgeHits && (y < radius || y + radius >= rows);
      const last = Math.min(rows - 1, y + radius);
      for (let i = Math.max(0, y - radius); i <= last && !hit; i++) hit = horizontal[i * columns + x] === target;
      if (hit) cells[y * columns + x] = target;
    }
  }
  return { columns, rows, cells };
}

/** Number of the 4-connected component of each cell of the wanted value, from 1; 0 elsewhere. */
function label(mask: CellMask, wanted: number): Int32Array {
  const { columns, rows, cells } = mask;
  const labels = new Int32Array(cells.length);
  const stack: number[] = [];
  let next = 0;
  for (let seed = 0; seed < cells.length; seed++) {
    if (cells[seed] !== wanted || labels[seed] !== 0) continue;
    labels[seed] = ++next;
    stack.push(seed);
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      const x = at % columns;
      const neighbours = [
        x > 0 ? at - 1 : -1,
        x < columns - 1 ? at + 1 : -1,
        at - columns,
        at < (rows - 1) * columns ? at + columns : -1,
      ];
      for (const to of neighbours) {
        if (to >= 0 && cells[to] === wanted && labels[to] === 0) {
          labels[to] = next;
          stack.push(to);
        }
      }
    }
  }
  return labels;
}
