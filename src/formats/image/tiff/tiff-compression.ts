/** Compressions of TIFF, each into a buffer of known size. TIFF 6.0, sections 9, 13; supplement 2. */

import { inflateZlib } from '../../bytes/inflate.ts';

/** Fills as much of `output` as the data reaches; returns how many bytes, or undefined when the data are broken. */
export type Decompress = (data: Uint8Array, output: Uint8Array, offset: number) => number | undefined;

/** By the number in tag Compression. */
export const DECOMPRESS: Readonly<Record<number, Decompress>> = {
  1: (data, output) => copy(data, output),
  5: lzw,
  8: deflate,
  32773: packBits,
  32946: deflate,
};

function copy(data: Uint8Array, output: Uint8Array): number {
  const part = data.subarray(0, output.length);
  output.set(part);
  return part.length;
}

function deflate(data: Uint8Array, output: Uint8Array, offset: number): number {
  const options = { format: 'TIFF', field: 'deflate data', offset, ignoreSurplus: true };
  return copy(inflateZlib(data, output.length, options), output);
}

function packBits(data: Uint8Array, output: Uint8Array): number {
  let written = 0;
  for (let at = 0; at < data.length && written < output.length; ) {
    const control = (data[at++]! << 24) >> 24;
    if (control === -128) continue;
    const count = control >= 0 ? control + 1 : 1 - control;
    const end = Math.min(written + count, output.length);
    if (control >= 0) {
      const part = data.subarray(at, at + end - written);
      output.set(part, written);
      at += count;
      written += part.length;
    } else {
      if (at >= data.length) break;
      output.fill(data[at++]!, written, end);
      written = end;
    }
  }
  return written;
}

const CLEAR = 256;
const END = 257;
const TABLE_SIZE = 4096;

/** Codes of 9 to 12 bits, highest bit first, growing one code early. */
function lzw(data: Uint8Array, output: Uint8Array): number | undefined {
  const prefix = new Uint16Array(TABLE_SIZE);
  const suffix = new Uint8Array(TABLE_SIZE);
  const length = new Uint16Array(TABLE_SIZE);
  for (let i = 0; i < 256; i++) {
    suffix[i] = i;
    length[i] = 1;
  }
  let next = END + 1;
  let width = 9;
  let previous = -1;
  let written = 0;
  for (let bit = 0; bit + width <= data.length * 8 && written < output.length; ) {
    const at = bit >> 3;
    const window = (data[at]! << 16) | ((data[at + 1] ?? 0) << 8) | (data[at + 2] ?? 0);
    const code = (window >> (24 - (bit & 7) - width)) & ((1 << width) - 1);
    bit += width;
    if (code === END) break;
    if (code === CLEAR) {
      next = END + 1;
      width = 9;
      previous = -1;
      continue;
    }
    if (code > next || (code === next && previous < 0) || (previous < 0 && code > 255)) return undefined;
    // A code that is just being made is the previous string with its own first byte behind it.
    const string = code === next ? previous : code;
    let first = string;
    while (first > 255) first = prefix[first]!;
    const count = length[string]! + (code === next ? 1 : 0);
    let put = written + count - 1;
    if (code === next && put < output.length) output[put] = first;
    if (code === next) put--;
    for (let part = string; put >= written; put--, part = prefix[part]!) {
      if (put < output.length) output[put] = suffix[part]!;
    }
    written = Math.min(written + count, output.length);
    if (previous >= 0 && next < TABLE_SIZE) {
      prefix[next] = previous;
      suffix[next] = first;
      length[next] = length[previous]! + 1;
      next++;
    }
    if (next >= (1 << width) - 1 && width < 12) width++;
    previous = code;
  }
  return written;
}
