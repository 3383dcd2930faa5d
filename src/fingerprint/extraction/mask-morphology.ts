/** Morphology of cell masks with square elements, holes and components. */

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
  const { labels, sizes } = label(mask, 0);
  const outside = new Uint8Array(sizes.length);
  for (let x = 0; x < columns; x++) outside[labels[x]!] = outside[labels[(rows - 1) * columns + x]!] = 1;
  for (let y = 0; y < rows; y++) outside[labels[y * columns]!] = outside[labels[(y + 1) * columns - 1]!] = 1;
  const cells = new Uint8Array(labels.length);
  for (let i = 0; i < cells.length; i++) cells[i] = labels[i] === 0 || outside[labels[i]!] === 0 ? 1 : 0;
  return { columns, rows, cells };
}

/** Foreground components (4-connected) of at least the given share of the largest. */
export function dropSmallComponents(mask: CellMask, share: number): CellMask {
  const { labels, sizes } = label(mask, 1);
  const least = share * Math.max(0, ...sizes);
  const cells = new Uint8Array(labels.length);
  for (let i = 0; i < cells.length; i++) cells[i] = labels[i]! > 0 && sizes[labels[i]!]! >= least ? 1 : 0;
  return { ...mask, cells };
}

/** Separable: a cell becomes `target` when any cell of its square is. */
function slide(mask: CellMask, radius: number, target: 0 | 1, edgeIsForeground: boolean): CellMask {
  const { columns, rows } = mask;
  const edgeHits = !edgeIsForeground && target === 0;
  const horizontal = new Uint8Array(mask.cells.length);
  const cells = new Uint8Array(mask.cells.length);
  for (let y = 0; y < rows; y++) slideLine(mask.cells, horizontal, y * columns, 1, columns, radius, target, edgeHits);
  for (let x = 0; x < columns; x++) slideLine(horizontal, cells, x, columns, rows, radius, target, edgeHits);
  return { columns, rows, cells };
}

/** One line of it: how long ago the target was seen, once in each direction. */
function slideLine(
  from: Uint8Array,
  to: Uint8Array,
  start: number,
  step: number,
  length: number,
  radius: number,
  target: 0 | 1,
  edgeHits: boolean,
): void {
  const atEdge = edgeHits ? 0 : radius + 1;
  let distance = atEdge;
  for (let i = 0, at = start; i < length; i++, at += step) {
    distance = from[at] === target ? 0 : distance + 1;
    to[at] = distance <= radius ? target : 1 - target;
  }
  distance = atEdge;
  for (let i = 0, at = start + (length - 1) * step; i < length; i++, at -= step) {
    distance = from[at] === target ? 0 : distance + 1;
    if (distance <= radius) to[at] = target;
  }
}

/** Number of the 4-connected component of each cell of the wanted value, from 1 (0 elsewhere), and sizes by number. */
export function label(mask: CellMask, wanted: number): { labels: Int32Array; sizes: number[] } {
  const { columns, cells } = mask;
  const labels = new Int32Array(cells.length);
  const stack = new Int32Array(cells.length);
  const sizes = [0];
  let depth = 0;
  const visit = (cell: number, id: number): void => {
    if (cells[cell] !== wanted || labels[cell] !== 0) return;
    labels[cell] = id;
    stack[depth++] = cell;
  };
  for (let seed = 0; seed < cells.length; seed++) {
    if (cells[seed] !== wanted || labels[seed] !== 0) continue;
    const id = sizes.length;
    let size = 0;
    visit(seed, id);
    for (; depth > 0; size++) {
      const at = stack[--depth]!;
      const x = at % columns;
      if (x > 0) visit(at - 1, id);
      if (x < columns - 1) visit(at + 1, id);
      if (at >= columns) visit(at - columns, id);
      if (at < cells.length - columns) visit(at + columns, id);
    }
    sizes.push(size);
  }
  return { labels, sizes };
}
