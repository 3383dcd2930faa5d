/** Plain form of sobelMoments and robertsMoments. */

import type { CellMask } from '../extraction/planes.ts';

/** Squared gradients as double-angle vectors, summed over the 2 x 2 samples of each foreground cell. */
export function plainMoments(plane: Float32Array, { columns, rows, cells }: CellMask, operator: 'sobel' | 'roberts') {
  const [width, height] = [2 * columns, 2 * rows];
  const cos2 = new Float64Array(cells.length);
  const sin2 = new Float64Array(cells.length);
  const gradient = operator === 'sobel' ? sobel : roberts;
  const first = operator === 'sobel' ? 1 : 0;
  for (let y = first; y < height - 1; y++) {
    for (let x = first; x < width - 1; x++) {
      const cell = (y >> 1) * columns + (x >> 1);
      if (cells[cell] === 0) continue;
      const [gx, gy] = gradient((dx, dy) => plane[(y + dy) * width + x + dx]!);
      cos2[cell]! += gx * gx - gy * gy;
      sin2[cell]! += 2 * gx * gy;
    }
  }
  return { cos2, sin2 };
}

type Sample = (dx: number, dy: number) => number;

function sobel(at: Sample): [number, number] {
  const gx = at(1, -1) + 2 * at(1, 0) + at(1, 1) - at(-1, -1) - 2 * at(-1, 0) - at(-1, 1);
  const gy = at(-1, 1) + 2 * at(0, 1) + at(1, 1) - at(-1, -1) - 2 * at(0, -1) - at(1, -1);
  return [gx, gy];
}

function roberts(at: Sample): [number, number] {
  const rising = at(1, 1) - at(0, 0);
  const falling = at(1, 0) - at(0, 1);
  return [rising + falling, rising - falling];
}
