/** Lossless JPEG, which the reference programs of libjpeg-turbo 2 do not write: predictor 1. ITU-T T.81, annex H. */

import type { GreyImage } from '../../src/core/grey-image.ts';

export function losslessJpeg({ widthPx, heightPx, pixels }: GreyImage): Uint8Array {
  const u16 = (value: number) => [value >> 8, value & 0xff];
  const bits: number[] = [];
  const push = (value: number, count: number) => {
    for (let i = count - 1; i >= 0; i--) bits.push((value >> i) & 1);
  };
  for (let i = 0; i < pixels.length; i++) {
    const before = i === 0 ? 128 : i % widthPx === 0 ? pixels[i - widthPx]! : pixels[i - 1]!;
    const difference = pixels[i]! - before;
    const size = 32 - Math.clz32(Math.abs(difference));
    // Every category has a code of four bits, its own number.
    push(size, 4);
    push(difference < 0 ? difference + 2 ** size - 1 : difference, size);
  }
  while (bits.length % 8 !== 0) bits.push(1);
  const data: number[] = [];
  for (let i = 0; i < bits.length; i += 8) {
    const byte = bits.slice(i, i + 8).reduce((sum, bit) => 2 * sum + bit, 0);
    data.push(byte, ...(byte === 0xff ? [0] : []));
  }
  const lengths = [0, 0, 0, 9, ...new Array<number>(12).fill(0)];
  const categories = [0, 1, 2, 3, 4, 5, 6, 7, 8];
  return Uint8Array.from([
    ...[0xff, 0xd8],
    ...[0xff, 0xc3, ...u16(11), 8, ...u16(heightPx), ...u16(widthPx), 1, 1, 0x11, 0],
    ...[0xff, 0xc4, ...u16(19 + categories.length), 0, ...lengths, ...categories],
    ...[0xff, 0xda, ...u16(8), 1, 1, 0, 1, 0, 0],
    ...data,
    ...[0xff, 0xd9],
  ]);
}
