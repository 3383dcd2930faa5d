/** First stage: checks the image, brings it to 500 ppi and inverts it, so that ridges are high. */

import { BiometricError } from '../../core/biometric-error.ts';
import type { GreyImage } from '../../core/grey-image.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { INPUT, WORKING_RESOLUTION_PPI } from '../parameters.ts';
import type { GreyPlane } from './planes.ts';

/**
 * The image at working resolution, ridges high, in the kernel's memory.
 *
 * Throws E_INVALIDARG for sizes that are not positive integers, too few pixels, or a resolution outside 200..2400 ppi;
 * WHORL_E_LIMIT_EXCEEDED above 4096 pixels a side as given or 1600 after resampling, which bounds time and memory.
 */
export function resample({ memory, functions }: Kernel, image: GreyImage): GreyPlane {
  checkImage(image);
  const scale = WORKING_RESOLUTION_PPI / image.resolutionPpi;
  const { widthPx, heightPx, pixels } = image;
  const isOf500 = Math.abs(scale - 1) <= INPUT.resolutionTolerance;
  const width = isOf500 ? widthPx : Math.round(widthPx * scale);
  const height = isOf500 ? heightPx : Math.round(heightPx * scale);
  checkWorkingSize(width, height);
  const values = memory.uint8(width * height);
  if (isOf500) {
    values.set(pixels.subarray(0, values.length));
    invert(values);
    return { widthPx, heightPx, values };
  }
  memory.scope(() => {
    const columns = blends(widthPx, width, scale, COLUMN_LANES);
    const rows = blends(heightPx, height, scale, 1);
    const source = memory.uint8(widthPx * (heightPx + rows.taps));
    source.set(pixels.subarray(0, widthPx * heightPx));
    const line = memory.float32(widthPx + columns.taps + 8);
    functions.resampleImage(
      source.byteOffset,
      widthPx,
      memory.addressOf(rows.entries),
      height,
      rows.taps,
      memory.addressOf(columns.entries),
      width,
      columns.taps,
      line.byteOffset,
      values.byteOffset,
    );
  });
  return { widthPx: width, heightPx: height, values };
}

/** Inverts an array in the kernel's memory, four values at a time. */
function invert(values: Uint8Array): void {
  const words = new Int32Array(values.buffer, values.byteOffset, values.length >> 2);
  for (let i = 0; i < words.length; i++) words[i] = ~words[i]!;
  for (let i = 4 * words.length; i < values.length; i++) values[i] = 255 - values[i]!;
}

/** Columns are summed up so many at a time. */
const COLUMN_LANES = 4;

/**
 * Which of `length` rows (or columns) are summed up, and with which weights, for each of `outLength`: two neighbours,
 * interpolated; when the image is shrunk, each of them smoothed before, with replicated edges.
 */
function blends(length: number, outLength: number, scale: number, lanes: number) {
  const bell = scale < INPUT.shrinkBelow ? bellOf(INPUT.shrinkSigma / scale) : [1];
  const radius = (bell.length - 1) / 2;
  const taps = lanes * Math.ceil((bell.length + 1) / lanes);
  const entries = new Float32Array((taps + 1) * outLength);
  const firsts = new Int32Array(entries.buffer);
  for (let i = 0; i < outLength; i++) {
    const center = clamp((i + 0.5) / scale - 0.5, length - 1);
    const before = Math.min(Math.floor(center), Math.max(0, length - 2));
    const first = clamp(before - radius, Math.max(0, length - taps));
    const entry = (taps + 1) * i;
    firsts[entry] = first;
    for (const [neighbour, share] of [
      [before, 1 - (center - before)],
      [before + 1, center - before],
    ] as const) {
      for (const [k, weight] of bell.entries()) {
        const place = clamp(Math.min(neighbour, length - 1) + k - radius, length - 1) - first;
        entries[entry + 1 + place]! += share * weight;
      }
    }
  }
  return { taps, entries };
}

/** Weights of a Gaussian, which sum up to 1. */
function bellOf(sigma: number): number[] {
  const radius = Math.ceil(3 * sigma);
  const bell = Array.from({ length: 2 * radius + 1 }, (_, i) => Math.exp(-((i - radius) ** 2) / (2 * sigma ** 2)));
  const total = bell.reduce((sum, weight) => sum + weight, 0);
  return bell.map((weight) => weight / total);
}

function checkImage(image: GreyImage): void {
  const { widthPx, heightPx, resolutionPpi, pixels } = image;
  if (!Number.isInteger(widthPx) || !Number.isInteger(heightPx) || widthPx < 1 || heightPx < 1) {
    throw new BiometricError('E_INVALIDARG', 'an image has a positive whole number of pixels each way');
  }
  if (widthPx > INPUT.maxSidePx || heightPx > INPUT.maxSidePx) {
    throw new BiometricError('WHORL_E_LIMIT_EXCEEDED', `an image side has at most ${INPUT.maxSidePx} pixels`);
  }
  if (!(resolutionPpi >= INPUT.minResolutionPpi && resolutionPpi <= INPUT.maxResolutionPpi)) {
    const range = `${INPUT.minResolutionPpi} to ${INPUT.maxResolutionPpi}`;
    throw new BiometricError('E_INVALIDARG', `resolution is ${range} pixels per inch`);
  }
  if (!(pixels instanceof Uint8Array) || pixels.length < widthPx * heightPx) {
    throw new BiometricError('E_INVALIDARG', 'fewer pixels than width times height');
  }
}

function checkWorkingSize(width: number, height: number): void {
  if (Math.max(width, height) <= INPUT.maxWorkingSidePx) return;
  const inches = INPUT.maxWorkingSidePx / WORKING_RESOLUTION_PPI;
  throw new BiometricError(
    'WHORL_E_LIMIT_EXCEEDED',
    `an image of one finger is at most ${inches} inches wide and high; segmentSlap (whorl segment) cuts several fingers apart`,
  );
}

function clamp(value: number, most: number): number {
  return Math.min(most, Math.max(0, value));
}
