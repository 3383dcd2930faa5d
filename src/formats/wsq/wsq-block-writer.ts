/** Codes the coefficients of a block as symbols and bits.  WSQ 3.1, 5.4. */

import type { ByteWriter } from '../bytes/byte-writer.ts';
import { SYMBOL } from './wsq-huffman.ts';
import type { HuffmanTable } from './wsq-tables.ts';

const LONGEST_CODE = 16;
const LOWEST_COEFFICIENT = -73;
const HIGHEST_COEFFICIENT = 74;
const LONGEST_RUN = 0xffff;

/** A symbol and what follows it. */
type Emit = (symbol: number, extra: number, extraBits: number) => void;

/** The best Huffman table for these blocks together. */
export function chooseHuffmanTable(blocks: readonly Int16Array[]): HuffmanTable {
  const counts = new Float64Array(257);
  for (const block of blocks) codeBlock(block, (symbol) => counts[symbol]!++);
  // One code more than is used, the longest, so that no used code consists of ones only.
  counts[256] = 1;
  const lengths = codeLengths(counts);
  const byLength = limitLengths(lengths);
  const used = [...lengths.keys()].filter((symbol) => lengths[symbol]! > 0 && symbol < 256);
  used.sort((a, b) => lengths[a]! - lengths[b]! || a - b);
  return { counts: byLength, symbols: Uint8Array.from(used) };
}

/** Writes a block with stuffed zeros, filled up with ones. */
export function writeBlock(writer: ByteWriter, block: Int16Array, table: HuffmanTable): void {
  const { codes, lengths } = codesOf(table);
  let hold = 0;
  let held = 0;
  const put = (value: number, bits: number): void => {
    for (let left = bits; left > 0; ) {
      const take = Math.min(left, 8 - held);
      hold = (hold << take) | ((value >>> (left - take)) & ((1 << take) - 1));
      held += take;
      left -= take;
      if (held < 8) continue;
      writer.u8(hold);
      if (hold === 0xff) writer.u8(0);
      hold = 0;
      held = 0;
    }
  };
  codeBlock(block, (symbol, extra, extraBits) => {
    put(codes[symbol]!, lengths[symbol]!);
    put(extra, extraBits);
  });
  if (held > 0) put(0xff, 8 - held);
}

/** The symbols of a block, in order. */
function codeBlock(block: Int16Array, emit: Emit): void {
  let zeros = 0;
  const endRun = (): void => {
    if (zeros === 0) return;
    if (zeros <= SYMBOL.longestRun) emit(zeros, 0, 0);
    else if (zeros <= 0xff) emit(SYMBOL.run8, zeros, 8);
    else emit(SYMBOL.run16, zeros, 16);
    zeros = 0;
  };
  for (let i = 0; i < block.length; i++) {
    const value = block[i]!;
    if (value === 0) {
      if (++zeros === LONGEST_RUN) endRun();
      continue;
    }
    endRun();
    const size = Math.abs(value);
    if (value >= LOWEST_COEFFICIENT && value <= HIGHEST_COEFFICIENT) emit(SYMBOL.zero + value, 0, 0);
    else if (size <= 0xff) emit(value > 0 ? SYMBOL.plus8 : SYMBOL.minus8, size, 8);
    else emit(value > 0 ? SYMBOL.plus16 : SYMBOL.minus16, size, 16);
  }
  endRun();
}

/** Code lengths by symbol, of a Huffman code for these counts. JPEG (ISO/IEC 10918-1) K.2. */
function codeLengths(counts: Float64Array): Uint16Array {
  const lengths = new Uint16Array(counts.length);
  let trees = [...counts.keys()]
    .filter((symbol) => counts[symbol]! > 0)
    .map((symbol) => ({ count: counts[symbol]!, symbols: [symbol] }));
  // Rarest first; of equally rare ones the highest symbol.
  while (trees.length > 1) {
    trees.sort((a, b) => b.count - a.count || a.symbols[0]! - b.symbols[0]!);
    const [second, first] = trees.slice(-2) as [(typeof trees)[0], (typeof trees)[0]];
    const symbols = [...second.symbols, ...first.symbols];
    for (const symbol of symbols) lengths[symbol]!++;
    trees = [...trees.slice(0, -2), { count: first.count + second.count, symbols }];
  }
  return lengths;
}

/** How many codes there are of each length, none above 16, without the reserved one. JPEG K.2, figure K.3. */
function limitLengths(lengths: Uint16Array): Uint8Array {
  const byLength = new Uint16Array(Math.max(LONGEST_CODE, ...lengths) + 1);
  for (const length of lengths) if (length > 0) byLength[length]!++;
  for (let length = byLength.length - 1; length > LONGEST_CODE; length--) {
    while (byLength[length]! > 0) {
      let shorter = length - 2;
      while (byLength[shorter] === 0) shorter--;
      byLength[length]! -= 2;
      byLength[length - 1]!++;
      byLength[shorter + 1]! += 2;
      byLength[shorter]!--;
    }
  }
  const longest = byLength.findLastIndex((count) => count > 0);
  if (longest > 0) byLength[longest]!--;
  return Uint8Array.from(byLength.subarray(1, LONGEST_CODE + 1));
}

function codesOf(table: HuffmanTable): { codes: Uint16Array; lengths: Uint8Array } {
  const codes = new Uint16Array(256);
  const lengths = new Uint8Array(256);
  let code = 0;
  let next = 0;
  for (let length = 1; length <= LONGEST_CODE; length++) {
    for (let i = table.counts[length - 1]!; i > 0; i--) {
      const symbol = table.symbols[next++]!;
      codes[symbol] = code++;
      lengths[symbol] = length;
    }
    code <<= 1;
  }
  return { codes, lengths };
}
