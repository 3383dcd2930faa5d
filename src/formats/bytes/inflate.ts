/**
 * Decompresses zlib streams (RFC 1950, 1951) into a buffer of known size. Ours because libraries inflate whatever a
 * stream expands to: here a stream that holds more than declared is rejected at the first byte too many.
 */

import { type FormatErrorCode, formatError } from '../format-error.ts';
import {
  CODE_LENGTH_ORDER,
  DISTANCE_BASE,
  distanceExtra,
  END_OF_BLOCK,
  LENGTH_BASE,
  LENGTH_EXTRA,
  reverseBits,
} from './deflate-codes.ts';

/** Most bytes that one byte of deflate can expand to. */
const MAX_EXPANSION = 1032;
const FAST_BITS = 10;

/** Where the stream stands, for errors. */
export interface InflateOptions {
  readonly format: string;
  readonly field: string;
  /** Byte of the input file where the stream starts. */
  readonly offset: number;
  /** Ignores what the stream holds beyond the output; false when absent. */
  readonly ignoreSurplus?: boolean;
}

/**
 * Exactly `outputBytes` bytes. Throws WHORL_E_MALFORMED for a stream that ends early or is not deflate,
 * WHORL_E_LIMIT_EXCEEDED for one that holds more. Allocates no more than the output, and nothing for a stream too short
 * to fill it.
 */
export function inflateZlib(stream: Uint8Array, outputBytes: number, options: InflateOptions): Uint8Array {
  return new Inflater(stream, outputBytes, options).run();
}

/** Huffman code in canonical form, with a table for its short codes. */
interface Huffman {
  readonly counts: Uint16Array;
  readonly symbols: Uint16Array;
  /** Index: next bits; value: length << 9 | symbol, 0 when the code is longer. */
  readonly fast: Uint16Array;
}

class Inflater {
  readonly #in: Uint8Array;
  readonly #options: InflateOptions;
  readonly #out: Uint8Array;
  #at = 2;
  #hold = 0;
  #bits = 0;
  #written = 0;

  constructor(stream: Uint8Array, outputBytes: number, options: InflateOptions) {
    this.#in = stream;
    this.#options = options;
    const [method = 0, flags = 0] = stream;
    if ((method & 15) !== 8 || ((method << 8) | flags) % 31 !== 0 || (flags & 0x20) !== 0) {
      throw this.#error('is not a zlib stream');
    }
    if (outputBytes > stream.length * MAX_EXPANSION) throw this.#error('is too short for the size declared');
    this.#out = new Uint8Array(outputBytes);
  }

  run(): Uint8Array {
    let last = false;
    while (!last && !this.#isEnough()) {
      last = this.#take(1) === 1;
      const kind = this.#take(2);
      if (kind === 0) this.#stored();
      else if (kind === 1) this.#codes(FIXED_LENGTHS, FIXED_DISTANCES);
      else if (kind === 2) this.#dynamic();
      else throw this.#error('has a block of unknown kind');
    }
    if (this.#written < this.#out.length) throw this.#error('ends before the size declared');
    return this.#out;
  }

  #stored(): void {
    this.#at -= this.#bits >> 3;
    this.#hold = 0;
    this.#bits = 0;
    const length = this.#in[this.#at]! | (this.#in[this.#at + 1]! << 8);
    const check = this.#in[this.#at + 2]! | (this.#in[this.#at + 3]! << 8);
    this.#at += 4;
    if (this.#at + length > this.#in.length) throw this.#error('ends inside a stored block');
    if ((length ^ check) !== 0xffff) throw this.#error('has a stored block of contradictory length');
    const room = this.#out.length - this.#written;
    if (length > room && !this.#options.ignoreSurplus) throw this.#tooMuch();
    const used = Math.min(length, room);
    this.#out.set(this.#in.subarray(this.#at, this.#at + used), this.#written);
    this.#at += length;
    this.#written += used;
  }

  #dynamic(): void {
    const lengthCodes = this.#take(5) + 257;
    const distanceCodes = this.#take(5) + 1;
    const codeLengthCodes = this.#take(4) + 4;
    const lengths = new Uint8Array(320);
    for (let i = 0; i < codeLengthCodes; i++) lengths[CODE_LENGTH_ORDER[i]!] = this.#take(3);
    const codeLengths = this.#build(lengths.subarray(0, 19));
    lengths.fill(0);
    const total = lengthCodes + distanceCodes;
    for (let i = 0; i < total; ) {
      const symbol = this.#symbol(codeLengths);
      if (symbol < 16) {
        lengths[i++] = symbol;
        continue;
      }
      if (symbol === 16 && i === 0) throw this.#error('repeats a code length before the first');
      const value = symbol === 16 ? lengths[i - 1]! : 0;
      const repeat = symbol === 16 ? 3 + this.#take(2) : symbol === 17 ? 3 + this.#take(3) : 11 + this.#take(7);
      if (i + repeat > total) throw this.#error('repeats a code length beyond the last');
      lengths.fill(value, i, i + repeat);
      i += repeat;
    }
    this.#codes(this.#build(lengths.subarray(0, lengthCodes)), this.#build(lengths.subarray(lengthCodes, total)));
  }

  #codes(lengths: Huffman, distances: Huffman): void {
    const out = this.#out;
    while (!this.#isEnough()) {
      const symbol = this.#symbol(lengths);
      if (symbol === END_OF_BLOCK) return;
      if (symbol < 256) {
        if (this.#written === out.length) throw this.#tooMuch();
        out[this.#written++] = symbol;
        continue;
      }
      if (symbol > 285) throw this.#error('has an unknown length code');
      let length = LENGTH_BASE[symbol - 257]! + this.#take(LENGTH_EXTRA[symbol - 257]!);
      const code = this.#symbol(distances);
      if (code > 29) throw this.#error('has an unknown distance code');
      const distance = DISTANCE_BASE[code]! + this.#take(distanceExtra(code));
      if (distance > this.#written) throw this.#error('refers to bytes before the first');
      if (this.#written + length > out.length) {
        if (!this.#options.ignoreSurplus) throw this.#tooMuch();
        length = out.length - this.#written;
      }
      for (let from = this.#written - distance, end = this.#written + length; this.#written < end; ) {
        out[this.#written++] = out[from++]!;
      }
    }
  }

  #isEnough(): boolean {
    return this.#options.ignoreSurplus === true && this.#written === this.#out.length;
  }

  #symbol(code: Huffman): number {
    while (this.#bits < 15 && this.#at < this.#in.length) {
      this.#hold |= this.#in[this.#at++]! << this.#bits;
      this.#bits += 8;
    }
    const entry = code.fast[this.#hold & ((1 << FAST_BITS) - 1)]!;
    if (entry !== 0 && entry >> 9 <= this.#bits) {
      this.#drop(entry >> 9);
      return entry & 511;
    }
    for (let length = 1, value = 0, first = 0, index = 0; length <= 15 && length <= this.#bits; length++) {
      value |= (this.#hold >> (length - 1)) & 1;
      const count = code.counts[length]!;
      if (value - count < first) {
        this.#drop(length);
        return code.symbols[index + value - first]!;
      }
      index += count;
      first = (first + count) << 1;
      value <<= 1;
    }
    throw this.#error('has a code that is not in its table, or ends early');
  }

  #take(count: number): number {
    while (this.#bits < count) {
      if (this.#at >= this.#in.length) throw this.#error('ends early');
      this.#hold |= this.#in[this.#at++]! << this.#bits;
      this.#bits += 8;
    }
    const value = this.#hold & ((1 << count) - 1);
    this.#drop(count);
    return value;
  }

  #drop(count: number): void {
    this.#hold >>>= count;
    this.#bits -= count;
  }

  #build(lengths: Uint8Array): Huffman {
    const code = buildHuffman(lengths);
    if (code === undefined) throw this.#error('has a code table with too many codes');
    return code;
  }

  #tooMuch() {
    return this.#error('holds more than the size declared', 'WHORL_E_LIMIT_EXCEEDED');
  }

  #error(text: string, code: FormatErrorCode = 'WHORL_E_MALFORMED') {
    const { format, field, offset } = this.#options;
    return formatError(code, { format, field, offset: offset + Math.min(this.#at, this.#in.length) }, text);
  }
}

/** The code with these lengths per symbol; undefined when it has more codes than fit. */
function buildHuffman(lengths: Uint8Array): Huffman | undefined {
  const counts = new Uint16Array(16);
  for (const length of lengths) counts[length]!++;
  counts[0] = 0;
  const next = new Uint16Array(17);
  const firstCode = new Uint16Array(17);
  let left = 1;
  for (let length = 1; length <= 15; length++) {
    left = (left << 1) - counts[length]!;
    if (left < 0) return undefined;
    next[length + 1] = next[length]! + counts[length]!;
    firstCode[length + 1] = (firstCode[length]! + counts[length]!) << 1;
  }
  const symbols = new Uint16Array(lengths.length);
  const fast = new Uint16Array(1 << FAST_BITS);
  for (const [symbol, length] of lengths.entries()) {
    if (length === 0) continue;
    symbols[next[length]!++] = symbol;
    const code = firstCode[length]!++;
    if (length > FAST_BITS) continue;
    for (let i = reverseBits(code, length); i < fast.length; i += 1 << length) fast[i] = (length << 9) | symbol;
  }
  return { counts, symbols, fast };
}

const FIXED_LENGTHS = buildHuffman(
  Uint8Array.from({ length: 288 }, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8)),
)!;
const FIXED_DISTANCES = buildHuffman(new Uint8Array(30).fill(5))!;
