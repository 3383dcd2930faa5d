/**
 * Compresses bytes to a zlib stream (RFC 1950, 1951), in blocks with Huffman codes of their own. Ours because the
 * platforms offer it under different names, in browsers only asynchronously.
 */

import { ByteWriter } from './byte-writer.ts';
import {
  CODE_LENGTH_ORDER,
  DISTANCE_BASE,
  distanceExtra,
  END_OF_BLOCK,
  LENGTH_BASE,
  LENGTH_EXTRA,
  reverseBits,
} from './deflate-codes.ts';
import { huffmanLengths } from './huffman-lengths.ts';
import { RepeatFinder } from './repeat-finder.ts';

/**
 * Literals and repeats per block. A block states its code in about 80 bytes; longer blocks fit their code less well.
 */
const BLOCK_TOKENS = 16_384;
const DYNAMIC_BLOCK = 2;
/** Greatest sums that Adler-32 adds up before it takes the remainder: 5552 bytes stay below 2^32. */
const ADLER_RUN = 5552;

/** Index into LENGTH_BASE for each length in bytes, and into DISTANCE_BASE for each distance up to 32768. */
const LENGTH_SYMBOL = symbolTable(LENGTH_BASE, 258);
const DISTANCE_SYMBOL = symbolTable(DISTANCE_BASE, 32_768);

/** The zlib stream that inflates to `data`, with its Adler-32 checksum at the end. */
export function deflateZlib(data: Uint8Array): Uint8Array {
  const bits = new BitWriter();
  bits.write(0x9c78, 16); // Deflate, window 32 KiB, default effort: RFC 1950 2.2.
  const repeats = new RepeatFinder(data);
  const tokens = new Uint32Array(BLOCK_TOKENS);
  do {
    const count = repeats.fill(tokens);
    writeBlock(bits, tokens.subarray(0, count), repeats.isDone);
  } while (!repeats.isDone);
  return bits.finish(adler32(data));
}

/** One block with dynamic codes. RFC 1951 3.2.7. */
function writeBlock(bits: BitWriter, tokens: Uint32Array, isLast: boolean): void {
  const { literals, distances } = codesFor(tokens);
  bits.write(isLast ? 1 : 0, 1);
  bits.write(DYNAMIC_BLOCK, 2);
  writeCodes(bits, literals.lengths, distances.lengths);
  for (const token of tokens) {
    const length = token >> 16;
    if (length === 0) {
      bits.symbol(literals, token);
      continue;
    }
    const distance = token & 0xffff;
    const lengthSymbol = LENGTH_SYMBOL[length]!;
    const distanceSymbol = DISTANCE_SYMBOL[distance]!;
    bits.symbol(literals, END_OF_BLOCK + 1 + lengthSymbol);
    bits.write(length - LENGTH_BASE[lengthSymbol]!, LENGTH_EXTRA[lengthSymbol]!);
    bits.symbol(distances, distanceSymbol);
    bits.write(distance - DISTANCE_BASE[distanceSymbol]!, distanceExtra(distanceSymbol));
  }
  bits.symbol(literals, END_OF_BLOCK);
}

/** The best codes for a block: literals with lengths, and distances. */
function codesFor(tokens: Uint32Array): { literals: PrefixCode; distances: PrefixCode } {
  const literals = new Uint32Array(286);
  const distances = new Uint32Array(30);
  literals[END_OF_BLOCK] = 1;
  for (const token of tokens) {
    const length = token >> 16;
    if (length === 0) literals[token]!++;
    else {
      literals[END_OF_BLOCK + 1 + LENGTH_SYMBOL[length]!]!++;
      distances[DISTANCE_SYMBOL[token & 0xffff]!]!++;
    }
  }
  return { literals: prefixCode(huffmanLengths(literals, 15)), distances: prefixCode(huffmanLengths(distances, 15)) };
}

/** Both codes as their lengths, run-length coded under a third code. */
function writeCodes(bits: BitWriter, literals: Uint8Array, distances: Uint8Array): void {
  const literalCount = Math.max(257, usedLength(literals));
  const distanceCount = Math.max(1, usedLength(distances));
  const runs = runsOf([...literals.subarray(0, literalCount), ...distances.subarray(0, distanceCount)]);
  const counts = new Uint32Array(19);
  for (const { symbol } of runs) counts[symbol]!++;
  const code = prefixCode(huffmanLengths(counts, 7));
  const orderCount = Math.max(4, usedLength(CODE_LENGTH_ORDER.map((symbol) => code.lengths[symbol]!)));
  bits.write(literalCount - 257, 5);
  bits.write(distanceCount - 1, 5);
  bits.write(orderCount - 4, 4);
  for (const symbol of CODE_LENGTH_ORDER.slice(0, orderCount)) bits.write(code.lengths[symbol]!, 3);
  for (const run of runs) {
    bits.symbol(code, run.symbol);
    bits.write(run.extra, run.extraBits);
  }
}

interface Run {
  readonly symbol: number;
  readonly extra: number;
  readonly extraBits: number;
}

/** Symbol 16 repeats the length before it 3 to 6 times, 17 and 18 are 3 to 10 and 11 to 138 zeros. */
function runsOf(lengths: readonly number[]): Run[] {
  const runs: Run[] = [];
  for (let at = 0; at < lengths.length; ) {
    const length = lengths[at]!;
    let end = at + 1;
    while (lengths[end] === length) end++;
    if (length !== 0) runs.push({ symbol: length, extra: 0, extraBits: 0 });
    let left = end - at - (length === 0 ? 0 : 1);
    while (left >= 3) {
      const [symbol, least, most, extraBits] =
        length !== 0 ? [16, 3, 6, 2] : left <= 10 ? [17, 3, 10, 3] : ([18, 11, 138, 7] as const);
      const count = Math.min(left, most);
      runs.push({ symbol, extra: count - least, extraBits });
      left -= count;
    }
    for (; left > 0; left--) runs.push({ symbol: length, extra: 0, extraBits: 0 });
    at = end;
  }
  return runs;
}

/** A canonical code, its bits in the order in which they are written. */
interface PrefixCode {
  readonly lengths: Uint8Array;
  readonly codes: Uint16Array;
}

/** RFC 1951 3.2.2. */
function prefixCode(lengths: Uint8Array): PrefixCode {
  const codes = new Uint16Array(lengths.length);
  for (let bits = 1, code = 0; bits <= 15; bits++, code <<= 1) {
    for (let symbol = 0; symbol < lengths.length; symbol++) {
      if (lengths[symbol] === bits) codes[symbol] = reverseBits(code++, bits);
    }
  }
  return { lengths, codes };
}

/** Length without the zeros at the end. */
function usedLength(lengths: Uint8Array | readonly number[]): number {
  return lengths.findLastIndex((length: number) => length > 0) + 1;
}

function symbolTable(bases: readonly number[], greatest: number): Uint8Array {
  const table = new Uint8Array(greatest + 1);
  for (let value = 1, symbol = 0; value <= greatest; value++) {
    if (value === bases[symbol + 1]) symbol++;
    table[value] = symbol;
  }
  return table;
}

/** RFC 1950 8.2. */
function adler32(data: Uint8Array): number {
  let low = 1;
  let high = 0;
  for (let at = 0; at < data.length; ) {
    for (const end = Math.min(data.length, at + ADLER_RUN); at < end; at++) {
      low += data[at]!;
      high += low;
    }
    low %= 65_521;
    high %= 65_521;
  }
  return ((high << 16) | low) >>> 0;
}

/** Bits from the lowest upwards, as deflate packs them. */
class BitWriter {
  readonly #out = new ByteWriter({ capacity: 65_536 });
  #hold = 0;
  #held = 0;

  /** At most 16 bits. */
  write(value: number, count: number): void {
    this.#hold |= value << this.#held;
    this.#held += count;
    for (; this.#held >= 8; this.#held -= 8, this.#hold >>>= 8) this.#out.u8(this.#hold & 0xff);
  }

  symbol({ codes, lengths }: PrefixCode, symbol: number): void {
    this.write(codes[symbol]!, lengths[symbol]!);
  }

  finish(checksum: number): Uint8Array {
    if (this.#held > 0) this.#out.u8(this.#hold & 0xff);
    this.#out.u32(checksum);
    return this.#out.finish();
  }
}
