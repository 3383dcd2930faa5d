/**
 * Places for records in shared memory, in rows of 20 bytes. Blocks of rows are copied and looked at as a whole, so a record
 * lies in one block, and gaps say how long they are (code-record.ts). What is given back is wiped and used again.
 * Runs anywhere.
 */

import { RECORD_ROWS, ROW_BYTES } from './code-record.ts';

const BLOCK_ROWS = 3276;
const SEGMENT_BLOCKS = 256;
const SEGMENT_ROWS = BLOCK_ROWS * SEGMENT_BLOCKS;

/** Bytes of a block: a little less than 64 kB. */
export const BLOCK_BYTES = ROW_BYTES * BLOCK_ROWS;

/** Places in segments of 16 MB, which only take real memory once they are used. */
export class Arena {
  readonly segments: SharedArrayBuffer[] = [];
  /** Gaps by their rows. */
  readonly #gaps = new Map<number, number[]>();
  #next = 0;

  /** Blocks that hold something. */
  get blocks(): number {
    return Math.ceil(this.#next / BLOCK_ROWS);
  }

  /** Number of the first of so many free rows (at most a block), which say that they are a gap. */
  take(rows: number): number {
    for (let size = rows; size <= BLOCK_ROWS && this.#gaps.size > 0; size++) {
      const place = this.#gaps.get(size)?.pop();
      if (place === undefined) continue;
      if (this.#gaps.get(size)!.length === 0) this.#gaps.delete(size);
      if (size > rows) this.#addGap(place + rows, size - rows);
      writeGap(this.segments, place, rows);
      return place;
    }
    const left = BLOCK_ROWS - (this.#next % BLOCK_ROWS);
    if (rows > left) {
      this.#addGap(this.#next, left);
      this.#next += left;
    }
    const place = this.#next;
    this.#next += rows;
    while (this.segments.length * SEGMENT_ROWS < this.#next) {
      this.segments.push(new SharedArrayBuffer(ROW_BYTES * SEGMENT_ROWS));
    }
    writeGap(this.segments, place, rows);
    return place;
  }

  /** Wipes rows that were taken, for others to use. */
  release(place: number, rows: number): void {
    bytesAt(this.segments, place, rows * ROW_BYTES).fill(0);
    this.#addGap(place, rows);
  }

  /** Overwrites everything and lets go of it. */
  clear(): void {
    wipe(this.segments, this.blocks);
    this.segments.length = 0;
    this.#gaps.clear();
    this.#next = 0;
  }

  #addGap(place: number, rows: number): void {
    writeGap(this.segments, place, rows);
    const places = this.#gaps.get(rows);
    if (places === undefined) this.#gaps.set(rows, [place]);
    else places.push(place);
  }
}

/** Head of a gap, or of a record that is still to be written. */
export function writeGap(segments: readonly SharedArrayBuffer[], place: number, rows: number): void {
  Atomics.store(wordsAt(segments, place), RECORD_ROWS / 4, rows);
}

/** Words of a record's head. */
export function wordsAt(segments: readonly SharedArrayBuffer[], place: number): Int32Array {
  const { buffer, byteOffset } = bytesAt(segments, place, ROW_BYTES);
  return new Int32Array(buffer, byteOffset, ROW_BYTES / 4);
}

/** Bytes from a row on. */
export function bytesAt(segments: readonly SharedArrayBuffer[], place: number, length: number): Uint8Array {
  return new Uint8Array(segments[Math.floor(place / SEGMENT_ROWS)]!, ROW_BYTES * (place % SEGMENT_ROWS), length);
}

/** A block by its number. */
export function blockBytes(segments: readonly SharedArrayBuffer[], block: number): Uint8Array {
  return bytesAt(segments, block * BLOCK_ROWS, BLOCK_BYTES);
}

/** Overwrites the first blocks with zeros. */
export function wipe(segments: readonly SharedArrayBuffer[], blocks: number): void {
  for (let block = 0; block < blocks; block++) blockBytes(segments, block).fill(0);
}
