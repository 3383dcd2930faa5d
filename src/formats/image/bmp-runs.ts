/** Run-length bitmaps, RLE8 and RLE4: to one index of the palette a pixel. */

import type { ByteReader } from '../bytes/byte-reader.ts';

const END_OF_LINE = 0;
const END_OF_BITMAP = 1;
const MOVE = 2;
/** Two bytes hold at most this many pixels. */
const LONGEST_RUN = 255;

/** Size of a run-length bitmap, and the bits of an index. */
export interface RunSize {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly depth: 4 | 8;
}

/** Indices in the order of the file, the lowest line first. Pixels that are skipped have index 0. */
export function decodeRuns(reader: ByteReader, { widthPx, heightPx, depth }: RunSize): Uint8Array {
  if ((reader.remaining / 2) * LONGEST_RUN < widthPx * heightPx) throw reader.malformed('pixels', 'are too few');
  const indices = new Uint8Array(widthPx * heightPx);
  let [x, y] = [0, 0];
  const put = (index: number): void => {
    if (x >= widthPx || y >= heightPx) throw reader.malformed('pixels', 'run beyond the line');
    indices[y * widthPx + x++] = index;
  };
  const indexOf = (byte: number, i: number): number => (depth === 8 ? byte : i % 2 === 0 ? byte >> 4 : byte & 15);
  while (y < heightPx) {
    const count = reader.u8('pixels');
    const code = reader.u8('pixels');
    if (count > 0) for (let i = 0; i < count; i++) put(indexOf(code, i));
    else if (code === END_OF_BITMAP) break;
    else if (code === END_OF_LINE) [x, y] = [0, y + 1];
    else if (code === MOVE) [x, y] = [x + reader.u8('pixels'), y + reader.u8('pixels')];
    else {
      const bytes = reader.bytes(Math.ceil((code * depth) / 8), 'pixels');
      for (let i = 0; i < code; i++) put(indexOf(bytes[(i * depth) >> 3]!, i));
      // Absolute runs end on words; the last one of a file may lack the filler.
      if (bytes.length % 2 === 1 && reader.remaining > 0) reader.skip(1, 'pixels');
    }
  }
  return indices;
}
