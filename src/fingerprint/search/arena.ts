/**
 * Places for records in shared memory, in rows of 20 bytes. Blocks of rows are copied and scanned as a whole, so a
 * record lies within one block, and gaps state their length (code-record.ts). Released places are wiped and reused.
 */

import { RECORD_COUNT, RECORD_ROWS, ROW_BYTES } from './code-record.ts';

const BLOCK_ROWS = 3276;
const SEGMENT_BLOCKS = 256;
const SEGMENT_ROWS = BLOCK_ROWS * SEGMENT_BLOCKS;
const ROW_WORDS = ROW_BYTES / 4;

/** Bytes of a block: a little less than 64 kB. */
export const BLOCK_BYTES = ROW_BYTES * BLOCK_ROWS;

/** Places in segments of 16 MB, which occupy real memory only once they are used. */
export class Arena {
  readonly segments: SharedArrayBuffer[] = [];
  readonly #words: Int32Array[] = [];
  readonly #bytes: Uint8Array[] = [];
  /** Gaps by their rows, and which rows have some. */
  readonly #gaps = new Map<number, number[]>();
  readonly #hasGap = new Uint8Array(BLOCK_ROWS + 1);
  #next = 0;

  /** Blocks that hold something. */
  get blocks(): number {
    return Math.ceil(this.#next / BLOCK_ROWS);
  }

  /** Number of the first of so many free rows (at most a block), which say that they are a gap. */
  take(rows: number): number {
    const size = this.#hasGap.indexOf(1, rows);
    if (size >= 0) {
      const gaps = this.#gaps.get(size)!;
      const place = gaps.pop()!;
      if (gaps.length === 0) this.#hasGap[size] = 0;
      if (size > rows) this.#addGap(place + rows, size - rows);
      this.writeGap(place, rows);
      return place;
    }
    const left = BLOCK_ROWS - (this.#next % BLOCK_ROWS);
    if (rows > left) {
      this.#addGap(this.#next, left);
      this.#next += left;
    }
    const place = this.#next;
    this.#next += rows;
    while (this.segments.length * SEGMENT_ROWS < this.#next) this.#grow();
    this.writeGap(place, rows);
    return place;
  }

  /** Wipes rows that were taken and makes them free. */
  release(place: number, rows: number): void {
    const start = ROW_BYTES * (place % SEGMENT_ROWS);
    this.#bytes[Math.floor(place / SEGMENT_ROWS)]!.fill(0, start, start + ROW_BYTES * rows);
    this.#addGap(place, rows);
  }

  /** Copies bytes to a place that was taken. */
  write(place: number, bytes: Uint8Array): void {
    this.#bytes[Math.floor(place / SEGMENT_ROWS)]!.set(bytes, ROW_BYTES * (place % SEGMENT_ROWS));
  }

  /** Copies a record to a place that was taken, but for its first two words. */
  writeTail(place: number, record: Uint8Array): void {
    const start = ROW_BYTES * (place % SEGMENT_ROWS) + RECORD_COUNT;
    this.#bytes[Math.floor(place / SEGMENT_ROWS)]!.set(record.subarray(RECORD_COUNT), start);
  }

  /** A byte from a place on. */
  byte(place: number, offset: number): number {
    return this.#bytes[Math.floor(place / SEGMENT_ROWS)]![ROW_BYTES * (place % SEGMENT_ROWS) + offset]!;
  }

  /** A word of the head of a record. */
  word(place: number, offset: number): number {
    return this.#words[Math.floor(place / SEGMENT_ROWS)]![ROW_WORDS * (place % SEGMENT_ROWS) + offset / 4]!;
  }

  setWord(place: number, offset: number, value: number): void {
    const words = this.#words[Math.floor(place / SEGMENT_ROWS)]!;
    Atomics.store(words, ROW_WORDS * (place % SEGMENT_ROWS) + offset / 4, value);
  }

  /** Head of a gap, or of a record that is still to be written. */
  writeGap(place: number, rows: number): void {
    this.setWord(place, RECORD_ROWS, rows);
  }

  /** Overwrites everything and releases it. */
  clear(): void {
    wipe(this.segments, this.blocks);
    for (const list of [this.segments, this.#words, this.#bytes]) list.length = 0;
    this.#gaps.clear();
    this.#hasGap.fill(0);
    this.#next = 0;
  }

  #grow(): void {
    const segment = new SharedArrayBuffer(ROW_BYTES * SEGMENT_ROWS);
    this.segments.push(segment);
    this.#words.push(new Int32Array(segment));
    this.#bytes.push(new Uint8Array(segment));
  }

  #addGap(place: number, rows: number): void {
    this.writeGap(place, rows);
    this.#hasGap[rows] = 1;
    const places = this.#gaps.get(rows);
    if (places === undefined) this.#gaps.set(rows, [place]);
    else places.push(place);
  }
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
