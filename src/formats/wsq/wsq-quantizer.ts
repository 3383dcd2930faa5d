/** How coarsely each subband may be coded for the file to have the requested bit rate. WSQ 3.1, 5.3. */

import { type Region, SUBBAND_COUNT, THIRD_BLOCK_SUBBAND } from './wsq-subbands.ts';

/** Subbands with less variance are not coded. */
const LEAST_VARIANCE = 1.01;
/** Sum of the four lowest variances below which whole subbands are measured, not their middle. */
const FLAT_VARIANCE = 20_000;
/** First subbands that are a 256th, and a sixteenth, of the image. */
const FIRST_256TH = 4;
const FIRST_16TH = 51;
/** Width of the bin around zero, relative to the others. */
export const ZERO_BIN_RATIO = 1.2;
/** Decoders keep a bin number in 16 bits with a sign. */
const LARGEST_NUMBER = 32_000;
/** Loading factor: bins cover this many standard deviations. */
const LOADING = 2.5;
/** Weights of the highest subbands, 52..59. */
const HIGH_WEIGHTS = [1.32, 1.08, 1.42, 1.08, 1.32, 1.42, 1.08, 1.08];

/** Bin width of each subband; zero: not coded. */
export function chooseBinWidths(
  plane: Float32Array,
  stridePx: number,
  subbands: readonly Region[],
  bitRate: number,
): Float64Array {
  const variances = measure(plane, stridePx, subbands);
  const coded = [...variances.keys()].filter((subband) => variances[subband]! >= LEAST_VARIANCE);
  const relative = variances.map((variance, subband) => relativeWidth(subband, variance));
  // Subbands that would get no bits are left out of the calculation, round by round.
  let counted = coded;
  let q = 1;
  for (;;) {
    const share = counted.reduce((sum, subband) => sum + sizeShare(subband), 0);
    if (share === 0) break;
    const logProduct = counted.reduce(
      (sum, subband) => sum + sizeShare(subband) * Math.log(Math.sqrt(variances[subband]!) / relative[subband]!),
      0,
    );
    q = 2 ** (bitRate / share - 1) / LOADING / Math.exp(logProduct / share);
    const positive = counted.filter((subband) => relative[subband]! / q < 2 * LOADING * Math.sqrt(variances[subband]!));
    if (positive.length === counted.length) break;
    counted = positive;
  }
  const widths = new Float64Array(SUBBAND_COUNT);
  for (const subband of coded) {
    // At high bit rates a bin may not be so narrow that a coefficient's number outgrows 16 bits.
    const narrowest = largestIn(plane, stridePx, subbands[subband]!) / LARGEST_NUMBER;
    widths[subband] = Math.max(relative[subband]! / q, narrowest);
  }
  return widths;
}

/** The bin a coefficient falls into. */
export function quantize(value: number, binWidth: number): number {
  const zeroHalf = (ZERO_BIN_RATIO * binWidth) / 2;
  if (value > zeroHalf) return Math.trunc((value - zeroHalf) / binWidth + 1);
  return value < -zeroHalf ? Math.trunc((value + zeroHalf) / binWidth - 1) : 0;
}

function relativeWidth(subband: number, variance: number): number {
  if (subband < FIRST_256TH) return 1;
  return 10 / ((HIGH_WEIGHTS[subband - THIRD_BLOCK_SUBBAND] ?? 1) * Math.log(variance));
}

function sizeShare(subband: number): number {
  if (subband < FIRST_256TH) return 1 / 1024;
  return subband < FIRST_16TH ? 1 / 256 : 1 / 16;
}

function measure(plane: Float32Array, stridePx: number, subbands: readonly Region[]): number[] {
  const middle = subbands.map((region) => varianceOf(plane, stridePx, middleOf(region)));
  const lowest = middle.slice(0, FIRST_256TH).reduce((sum, variance) => sum + variance, 0);
  return lowest < FLAT_VARIANCE ? subbands.map((region) => varianceOf(plane, stridePx, region)) : middle;
}

type Rectangle = Pick<Region, 'x' | 'y' | 'widthPx' | 'heightPx'>;

/** The part of a subband that the finger covers in most images. */
function middleOf({ x, y, widthPx, heightPx }: Region): Rectangle {
  return {
    x: x + Math.floor(widthPx / 8),
    y: y + Math.floor((9 * heightPx) / 32),
    widthPx: Math.floor((3 * widthPx) / 4),
    heightPx: Math.floor((7 * heightPx) / 16),
  };
}

function largestIn(plane: Float32Array, stridePx: number, { x, y, widthPx, heightPx }: Rectangle): number {
  let largest = 0;
  for (let row = y; row < y + heightPx; row++) {
    for (let at = row * stridePx + x; at < row * stridePx + x + widthPx; at++) {
      largest = Math.max(largest, Math.abs(plane[at]!));
    }
  }
  return largest;
}

function varianceOf(plane: Float32Array, stridePx: number, { x, y, widthPx, heightPx }: Rectangle): number {
  const count = widthPx * heightPx;
  if (count < 2) return 0;
  let sum = 0;
  let squares = 0;
  for (let row = y; row < y + heightPx; row++) {
    for (let at = row * stridePx + x; at < row * stridePx + x + widthPx; at++) {
      sum += plane[at]!;
      squares += plane[at]! ** 2;
    }
  }
  return (squares - (sum * sum) / count) / (count - 1);
}
