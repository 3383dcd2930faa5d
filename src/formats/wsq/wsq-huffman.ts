/** Huffman codes as WSQ (and JPEG) define them: canonical, at most 16 bits, none of all ones. */

import type { HuffmanTable } from './wsq-tables.ts';

/** Symbol and length of a code by the next 16 bits: length << 8 | symbol, 0 where no code begins. */
export type DecodeTable = Uint16Array;

/** The table of these codes; undefined when they are more than fit into 16 bits. */
export function buildDecodeTable(table: HuffmanTable): DecodeTable | undefined {
  const lookup = new Uint16Array(1 << 16);
  let code = 0;
  let next = 0;
  for (let length = 1; length <= 16; length++) {
    const span = 1 << (16 - length);
    for (let i = table.counts[length - 1]!; i > 0; i--) {
      const start = code * span;
      if (start + span > lookup.length) return undefined;
      lookup.fill((length << 8) | table.symbols[next++]!, start, start + span);
      code++;
    }
    code <<= 1;
  }
  return lookup;
}

/** Symbols of the coded coefficients. WSQ 3.1, table of Huffman symbols. */
export const SYMBOL = {
  longestRun: 100,
  plus8: 101,
  minus8: 102,
  plus16: 103,
  minus16: 104,
  run8: 105,
  run16: 106,
  /** The symbol of a coefficient -73..74 is this plus its value. */
  zero: 180,
} as const;

/** Where decoded coefficients go; false when there is no room for them. */
export interface CoefficientSink {
  put(value: number): boolean;
  zeros(count: number): boolean;
}

/**
 * Decodes one block: bytes without markers and stuffing, filled up with ones. Returns what is wrong with it, if
 * anything is.
 */
export function decodeBlock(bytes: Uint8Array, table: DecodeTable, sink: CoefficientSink): string | undefined {
  const endBit = bytes.length * 8;
  let bit = 0;
  const peek = (count: number): number => {
    const at = bit >> 3;
    const window = ((bytes[at] ?? 255) << 16) | ((bytes[at + 1] ?? 255) << 8) | (bytes[at + 2] ?? 255);
    return (window >> (24 - (bit & 7) - count)) & ((1 << count) - 1);
  };
  for (;;) {
    const entry = table[peek(16)]!;
    // The rest is padding: too short for a code, or not a code.
    if (entry === 0) return endBit - bit < 16 ? undefined : 'holds a code that is not in its table';
    if (bit + (entry >> 8) > endBit) return undefined;
    bit += entry >> 8;
    const symbol = entry & 255;
    const extraBits = EXTRA_BITS[symbol] ?? 0;
    if (bit + extraBits > endBit) return 'ends inside a coefficient';
    const extra = extraBits === 0 ? 0 : peek(extraBits);
    bit += extraBits;
    let hasRoom: boolean;
    if (symbol > SYMBOL.run16 && symbol < 255) hasRoom = sink.put(symbol - SYMBOL.zero);
    else if (symbol > 0 && symbol <= SYMBOL.longestRun) hasRoom = sink.zeros(symbol);
    else if (symbol === SYMBOL.run8 || symbol === SYMBOL.run16) hasRoom = sink.zeros(extra);
    else if (symbol === SYMBOL.plus8 || symbol === SYMBOL.plus16) hasRoom = sink.put(extra);
    else if (symbol === SYMBOL.minus8 || symbol === SYMBOL.minus16) hasRoom = sink.put(-extra);
    else return 'holds a symbol without meaning';
    if (!hasRoom) return 'holds more coefficients than the image';
  }
}

const EXTRA_BITS: Readonly<Record<number, number>> = {
  [SYMBOL.plus8]: 8,
  [SYMBOL.minus8]: 8,
  [SYMBOL.run8]: 8,
  [SYMBOL.plus16]: 16,
  [SYMBOL.minus16]: 16,
  [SYMBOL.run16]: 16,
};
