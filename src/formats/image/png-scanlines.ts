/** The lines of a PNG: interlace passes and filters. PNG 8 and 9. */

/** One pass: a grid of every stepX-th pixel of every stepY-th row. An image that is not interlaced has one. */
export interface PngPass {
  readonly x: number;
  readonly y: number;
  readonly stepX: number;
  readonly stepY: number;
  readonly widthPx: number;
  readonly heightPx: number;
}

const ADAM7 = [
  { x: 0, y: 0, stepX: 8, stepY: 8 },
  { x: 4, y: 0, stepX: 8, stepY: 8 },
  { x: 0, y: 4, stepX: 4, stepY: 8 },
  { x: 2, y: 0, stepX: 4, stepY: 4 },
  { x: 0, y: 2, stepX: 2, stepY: 4 },
  { x: 1, y: 0, stepX: 2, stepY: 2 },
  { x: 0, y: 1, stepX: 1, stepY: 2 },
];

/** Passes that hold at least one pixel, in file order. */
export function passesOf(widthPx: number, heightPx: number, interlaced: boolean): PngPass[] {
  const grids = interlaced ? ADAM7 : [{ x: 0, y: 0, stepX: 1, stepY: 1 }];
  return grids
    .map((grid) => ({
      ...grid,
      widthPx: Math.ceil((widthPx - grid.x) / grid.stepX),
      heightPx: Math.ceil((heightPx - grid.y) / grid.stepY),
    }))
    .filter((pass) => pass.widthPx > 0 && pass.heightPx > 0);
}

/** Bytes of a pass before compression: each line behind its filter type. */
export function passBytes(pass: PngPass, bitsPerPixel: number): number {
  return pass.heightPx * (1 + Math.ceil((pass.widthPx * bitsPerPixel) / 8));
}

/** Undoes the filters in place. Returns the row whose filter is unknown, if there is one. */
export function unfilterPass(raw: Uint8Array, pass: PngPass, bitsPerPixel: number): number | undefined {
  const pixelBytes = Math.max(1, bitsPerPixel >> 3);
  const lineBytes = Math.ceil((pass.widthPx * bitsPerPixel) / 8);
  let above: Uint8Array = new Uint8Array(lineBytes);
  for (let row = 0; row < pass.heightPx; row++) {
    const start = row * (lineBytes + 1);
    const line = raw.subarray(start + 1, start + 1 + lineBytes);
    const filter = FILTERS[raw[start]!];
    if (filter === undefined) return row;
    filter(line, above, pixelBytes);
    above = line;
  }
  return undefined;
}

type Filter = (line: Uint8Array, above: Uint8Array, pixelBytes: number) => void;

const FILTERS: readonly Filter[] = [
  () => {},
  (line, _above, pixelBytes) => {
    for (let i = pixelBytes; i < line.length; i++) line[i] = line[i]! + line[i - pixelBytes]!;
  },
  (line, above) => {
    for (let i = 0; i < line.length; i++) line[i] = line[i]! + above[i]!;
  },
  (line, above, pixelBytes) => {
    for (let i = 0; i < line.length; i++) {
      const left = i < pixelBytes ? 0 : line[i - pixelBytes]!;
      line[i] = line[i]! + ((left + above[i]!) >> 1);
    }
  },
  (line, above, pixelBytes) => {
    for (let i = 0; i < line.length; i++) {
      const left = i < pixelBytes ? 0 : line[i - pixelBytes]!;
      const corner = i < pixelBytes ? 0 : above[i - pixelBytes]!;
      line[i] = line[i]! + paeth(left, above[i]!, corner);
    }
  },
];

/** Whichever of the three lies nearest to left + above - corner. PNG 9.4. */
export function paeth(left: number, above: number, corner: number): number {
  const toLeft = Math.abs(above - corner);
  const toAbove = Math.abs(left - corner);
  const toCorner = Math.abs(left + above - 2 * corner);
  if (toLeft <= toAbove && toLeft <= toCorner) return left;
  return toAbove <= toCorner ? above : corner;
}
