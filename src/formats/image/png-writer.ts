/** Grey pixels to PNG: 8 bits, each row with the filter that suits it. PNG 3rd edition. */

import type { GreyImage } from '../../core/grey-image.ts';
import { ByteWriter } from '../bytes/byte-writer.ts';
import { crc32 } from '../bytes/crc32.ts';
import { deflateZlib } from '../bytes/deflate.ts';
import { checkGreyImage } from './image-limits.ts';
import { paeth } from './png-scanlines.ts';

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
/** PNG 4.1: what fits 31 bits. */
const MAX_SIDE_PX = 0x7fff_ffff;
const METRES_PER_INCH = 0.0254;

/** Filters are numbered 0 to 4: none, sub, up, average, Paeth. PNG 9.2. */
const FILTER_COUNT = 5;

/** Options of {@link encodePng}. */
export interface EncodePngOptions {
  /** Leaves the pHYs chunk out, for images whose resolution is not known; false when absent. */
  readonly withoutResolution?: boolean;
}

/**
 * The image as an 8-bit grey PNG, with its resolution (rounded to whole pixels per metre) in a pHYs chunk. Throws
 * E_INVALIDARG when sizes, pixels and resolution are not those of an image. PNG 3rd edition 11.
 *
 * @example
 * const png = encodePng({ widthPx: 2, heightPx: 1, resolutionPpi: 500, pixels: Uint8Array.of(0, 255) });
 */
export function encodePng(image: GreyImage, options: EncodePngOptions = {}): Uint8Array {
  checkGreyImage(image, MAX_SIDE_PX);
  const writer = new ByteWriter();
  writer.bytes(SIGNATURE);
  writeChunk(writer, 'IHDR', (chunk) => {
    chunk.u32(image.widthPx);
    chunk.u32(image.heightPx);
    chunk.bytes(Uint8Array.of(8, 0, 0, 0, 0)); // Depth, grey, deflate, adaptive filters, not interlaced: 11.2.1.
  });
  if (options.withoutResolution !== true) {
    writeChunk(writer, 'pHYs', (chunk) => {
      const perMetre = Math.round(image.resolutionPpi / METRES_PER_INCH);
      chunk.u32(perMetre);
      chunk.u32(perMetre);
      chunk.u8(1); // The unit is the metre: 11.3.4.3.
    });
  }
  writeChunk(writer, 'IDAT', (chunk) => chunk.bytes(deflateZlib(filterRows(image))));
  writeChunk(writer, 'IEND', () => {});
  return writer.finish();
}

function writeChunk(writer: ByteWriter, type: string, writeBody: (chunk: ByteWriter) => void): void {
  const chunk = new ByteWriter();
  chunk.text(type);
  writeBody(chunk);
  const typed = chunk.finish();
  writer.u32(typed.length - type.length);
  writer.bytes(typed);
  writer.u32(crc32(typed));
}

/** Every row behind the number of its filter: the one whose differences are least in sum, as PNG 12.7 advises. */
function filterRows({ widthPx, heightPx, pixels }: GreyImage): Uint8Array {
  const filtered = new Uint8Array(heightPx * (1 + widthPx));
  let above: Uint8Array = new Uint8Array(widthPx);
  for (let row = 0; row < heightPx; row++) {
    const line = pixels.subarray(row * widthPx, (row + 1) * widthPx);
    let best = 0;
    let least = Number.POSITIVE_INFINITY;
    for (let filter = 0; filter < FILTER_COUNT; filter++) {
      const sum = sumOfDifferences(filter, line, above);
      if (sum < least) [best, least] = [filter, sum];
    }
    const start = row * (1 + widthPx);
    filtered[start] = best;
    for (let x = 0; x < widthPx; x++) filtered[start + 1 + x] = difference(best, line, above, x);
    above = line;
  }
  return filtered;
}

/** Differences are bytes that wrap: 255 counts as one less, not 255 more. */
function sumOfDifferences(filter: number, line: Uint8Array, above: Uint8Array): number {
  let sum = 0;
  for (let x = 0; x < line.length; x++) sum += Math.abs((difference(filter, line, above, x) << 24) >> 24);
  return sum;
}

/** Pixel `x` less what the filter predicts from its neighbours, where those before the first are 0. */
function difference(filter: number, line: Uint8Array, above: Uint8Array, x: number): number {
  const left = x === 0 ? 0 : line[x - 1]!;
  const up = above[x]!;
  switch (filter) {
    case 1:
      return line[x]! - left;
    case 2:
      return line[x]! - up;
    case 3:
      return line[x]! - ((left + up) >> 1);
    case 4:
      return line[x]! - paeth(left, up, x === 0 ? 0 : above[x - 1]!);
    default:
      return line[x]!;
  }
}
