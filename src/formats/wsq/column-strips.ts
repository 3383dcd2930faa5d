/** Work on the columns of a region, a strip at a time: in place, with little memory, and near enough for the cache. */

/** Columns of a strip. */
const STRIP_PX = 64;

type Rectangle = { readonly x: number; readonly y: number; readonly widthPx: number; readonly heightPx: number };

/** A strip as it was: `width` values a row from the top of the region; the plane is written at `start` and below. */
type Work = (before: Float32Array, width: number, start: number) => void;

/** Calls `work` for each strip of the region, which then writes to the plane. */
export function inColumnStrips(plane: Float32Array, stridePx: number, region: Rectangle, work: Work): void {
  const { x, y, widthPx, heightPx } = region;
  const before = new Float32Array(heightPx * Math.min(STRIP_PX, widthPx));
  for (let left = 0; left < widthPx; left += STRIP_PX) {
    const width = Math.min(STRIP_PX, widthPx - left);
    const start = y * stridePx + x + left;
    for (let row = 0; row < heightPx; row++) {
      const from = start + row * stridePx;
      before.set(plane.subarray(from, from + width), row * width);
    }
    work(before, width, start);
  }
}
