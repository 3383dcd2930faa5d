/** Plain form of gradientCells. */

import type { GreyPlane } from '../extraction/planes.ts';

/** Mean Sobel magnitude (grey levels a pixel) per 4 x 4 cell, and the pixels by whole magnitude. */
export function plainGradient(image: GreyPlane, columns: number, rows: number) {
  const { widthPx: w, heightPx: h, values } = image;
  const strength = new Float64Array(columns * rows);
  const histogram = new Int32Array(256);
  for (let y = 1; y < h - 1; y++) {
    for (let x = 1; x < w - 1; x++) {
      const grey = (dx: number, dy: number): number => values[(y + dy) * w + x + dx]!;
      const gx = grey(1, -1) + 2 * grey(1, 0) + grey(1, 1) - grey(-1, -1) - 2 * grey(-1, 0) - grey(-1, 1);
      const gy = grey(-1, 1) + 2 * grey(0, 1) + grey(1, 1) - grey(-1, -1) - 2 * grey(0, -1) - grey(1, -1);
      const magnitude = Math.sqrt(gx * gx + gy * gy) / 8;
      strength[(y >> 2) * columns + (x >> 2)]! += magnitude / 16;
      histogram[Math.floor(magnitude)]!++;
    }
  }
  return { strength, histogram };
}
