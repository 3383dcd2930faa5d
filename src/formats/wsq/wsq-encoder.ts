/** Grey pixels to WSQ files, by the encoder the specification describes (number two). WSQ 3.1. */

import { BiometricError } from '../../core/biometric-error.ts';
import type { GreyImage } from '../../core/grey-image.ts';
import { ByteWriter } from '../bytes/byte-writer.ts';
import { checkGreyImage } from '../image/image-limits.ts';
import { analyze } from './wsq-analysis.ts';
import { chooseHuffmanTable, writeBlock } from './wsq-block-writer.ts';
import { STANDARD_FILTERS } from './wsq-filters.ts';
import { chooseBinWidths, quantize, ZERO_BIN_RATIO } from './wsq-quantizer.ts';
import { planSubbands, type Region, SECOND_BLOCK_SUBBAND, SUBBAND_COUNT, THIRD_BLOCK_SUBBAND } from './wsq-subbands.ts';
import * as t from './wsq-tables.ts';

/** Options of {@link encodeWsq}. */
export interface EncodeWsqOptions {
  /** Bits per pixel to aim for, 0.1 to 8; 0.75 (about 15:1) when absent, 2.25 gives about 5:1. */
  readonly bitRate?: number;
}

/** Encoder algorithm that the frame header names. */
const ENCODER_NUMBER = 2;

/**
 * A WSQ file; its comment states the resolution as a whole number. Throws E_INVALIDARG for a `bitRate` out of range,
 * and when sizes, pixels and resolution are not those of an image.
 *
 * @example
 * await writeFile('print.wsq', encodeWsq(image, { bitRate: 2.25 }));
 */
export function encodeWsq(image: GreyImage, options: EncodeWsqOptions = {}): Uint8Array {
  const { bitRate = 0.75 } = options;
  checkGreyImage(image, 0xffff);
  if (!(bitRate >= 0.1 && bitRate <= 8)) throw new BiometricError('E_INVALIDARG', 'bitRate must be 0.1 to 8');
  const { widthPx, heightPx } = image;
  const { plane, shift, scale } = centre(image.pixels);
  const plan = planSubbands(widthPx, heightPx);
  analyze(plane, widthPx, plan, STANDARD_FILTERS);
  const binWidths = chooseBinWidths(plane, widthPx, plan.subbands, bitRate);
  const block = (from: number, to: number) =>
    quantizeSubbands(plane, widthPx, plan.subbands.slice(from, to), binWidths.subarray(from, to));
  const blocks = [
    block(0, SECOND_BLOCK_SUBBAND),
    block(SECOND_BLOCK_SUBBAND, THIRD_BLOCK_SUBBAND),
    block(THIRD_BLOCK_SUBBAND, SUBBAND_COUNT),
  ] as const;
  const tables = [chooseHuffmanTable(blocks.slice(0, 1)), chooseHuffmanTable(blocks.slice(1))] as const;
  const writer = new ByteWriter();
  writer.u16(t.SOI);
  t.writeComment(writer, commentOf(image, bitRate));
  t.writeTransformTable(writer, STANDARD_FILTERS);
  t.writeQuantizationTable(writer, binWidths, ZERO_BIN_RATIO);
  t.writeFrame(writer, { widthPx, heightPx, shift, scale, encoder: ENCODER_NUMBER, software: 0 });
  t.writeHuffmanTable(writer, 0, tables[0]);
  t.writeBlockHeader(writer, 0);
  writeBlock(writer, blocks[0], tables[0]);
  t.writeHuffmanTable(writer, 1, tables[1]);
  for (const each of blocks.slice(1)) {
    t.writeBlockHeader(writer, 1);
    writeBlock(writer, each, tables[1]);
  }
  writer.u16(t.EOI);
  return writer.finish();
}

/** Pixels about their mean, within -128..128. */
function centre(pixels: Uint8Array): { plane: Float32Array; shift: number; scale: number } {
  let sum = 0;
  let low = 255;
  let high = 0;
  for (const grey of pixels) {
    sum += grey;
    if (grey < low) low = grey;
    if (grey > high) high = grey;
  }
  const shift = sum / pixels.length;
  const scale = Math.max(shift - low, high - shift) / 128 || 1;
  // Not Float32Array.from, which lists all values before it stores them.
  const plane = new Float32Array(pixels.length);
  for (let i = 0; i < plane.length; i++) plane[i] = (pixels[i]! - shift) / scale;
  return { plane, shift, scale };
}

function quantizeSubbands(plane: Float32Array, stridePx: number, regions: readonly Region[], binWidths: Float64Array) {
  const coded = [...regions.entries()].filter(([i]) => binWidths[i] !== 0);
  // The choice of bin widths keeps every number within 16 bits.
  const values = new Int16Array(coded.reduce((sum, [, region]) => sum + region.widthPx * region.heightPx, 0));
  let written = 0;
  for (const [i, { x, y, widthPx, heightPx }] of coded) {
    for (let row = y; row < y + heightPx; row++) {
      for (let at = row * stridePx + x; at < row * stridePx + x + widthPx; at++) {
        values[written++] = quantize(plane[at]!, binWidths[i]!);
      }
    }
  }
  return values;
}

function commentOf(image: GreyImage, bitRate: number): string {
  return [
    'NIST_COM 9',
    `PIX_WIDTH ${image.widthPx}`,
    `PIX_HEIGHT ${image.heightPx}`,
    'PIX_DEPTH 8',
    `PPI ${Math.round(image.resolutionPpi)}`,
    'LOSSY 1',
    'COLORSPACE GRAY',
    'COMPRESSION WSQ',
    `WSQ_BITRATE ${bitRate.toFixed(6)}`,
  ].join('\n');
}
