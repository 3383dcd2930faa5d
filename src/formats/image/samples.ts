/** Samples of 1 to 16 bits as they are packed in the lines of an image. */

/** Reads the sample with this number of a line; bits are packed from the highest one down. */
export function sampler(line: Uint8Array, depth: number, littleEndian = false): (index: number) => number {
  if (depth === 8) return (i) => line[i]!;
  if (depth === 16 && littleEndian) return (i) => line[2 * i]! | (line[2 * i + 1]! << 8);
  if (depth === 16) return (i) => (line[2 * i]! << 8) | line[2 * i + 1]!;
  const perByte = 8 / depth;
  const mask = 2 ** depth - 1;
  return (i) => (line[Math.floor(i / perByte)]! >> (8 - depth * ((i % perByte) + 1))) & mask;
}

/** Scales a sample to 0..255, rounded. */
export function toByte(depth: number): (value: number) => number {
  if (depth === 8) return (value) => value;
  const highest = 2 ** depth - 1;
  return (value) => Math.round((value * 255) / highest);
}
