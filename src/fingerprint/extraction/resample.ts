/** First stage: checks the image, brings it to 500 ppi and inverts it, so that ridges are high. */

import { BiometricError } from '../../core/biometric-error.ts';
import type { GreyImage } from '../../core/grey-image.ts';
import { INPUT, WORKING_RESOLUTION_PPI } from '../parameters.ts';
import type { GreyPlane } from './planes.ts';

/**
 * The image at working resolution, ridges high.
 *
 * Throws E_INVALIDARG for sizes that are not positive integers, too few pixels, or a resolution outside 200..2400 ppi;
 * WHORL_E_LIMIT_EXCEEDED above 4096 pixels a side as given or 1600 after resampling, which bounds time and memory.
 */
export function resample(image: GreyImage): GreyPlane {
  checkImage(image);
  const scale = WORKING_RESOLUTION_PPI / image.resolutionPpi;
  const { widthPx, heightPx } = image;
  if (Math.abs(scale - 1) <= INPUT.resolutionTolerance) return invert(image);
  const source = scale < INPUT.shrinkBelow ? smooth(image, INPUT.shrinkSigma / scale) : image.pixels;
  const width = Math.round(widthPx * scale);
  const height = Math.round(heightPx * scale);
  checkWorkingSize(width, height);
  const values = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const sy = clamp((y + 0.5) / scale - 0.5, heightPx - 1);
    const y0 = Math.min(Math.floor(sy), Math.max(0, heightPx - 2));
    const fy = sy - y0;
    const row0 = y0 * widthPx;
    const row1 = Math.min(y0 + 1, heightPx - 1) * widthPx;
    for (let x = 0; x < width; x++) {
      const sx = clamp((x + 0.5) / scale - 0.5, widthPx - 1);
      const x0 = Math.min(Math.floor(sx), Math.max(0, widthPx - 2));
      const x1 = Math.min(x0 + 1, widthPx - 1);
      const fx = sx - x0;
      const top = source[row0 + x0]! * (1 - fx) + source[row0 + x1]! * fx;
      const bottom = source[row1 + x0]! * (1 - fx) + source[row1 + x1]! * fx;
      values[y * width + x] = 255.5 - (top * (1 - fy) + bottom * fy);
    }
  }
  return { widthPx: width, heightPx: height, values };
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

function invert(image: GreyImage): GreyPlane {
  const { widthPx, heightPx, pixels } = image;
  checkWorkingSize(widthPx, heightPx);
  const values = new Uint8Array(widthPx * heightPx);
  for (let i = 0; i < values.length; i++) values[i] = 255 - pixels[i]!;
  return { widthPx, heightPx, values };
}

/** Gaussian smoothing with replicated edges. */
function smooth(image: GreyImage, sigma: number): Float32Array {
  const { widthPx: w, heightPx: h, pixels } = image;
  const radius = Math.ceil(3 * sigma);
  const kernel = Float64Array.from({ length: 2 * radius + 1 }, (_, i) =>
    Math.exp(-((i - radius) ** 2) / (2 * sigma ** 2)),
  );
  const total = kernel.reduce((sum, k) => sum + k, 0);
  const rows = new Float32Array(w * h);
  const line = new Float64Array(w + 2 * radius);
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < line.length; x++) line[x] = pixels[y * w + clamp(x - radius, w - 1)]!;
    for (let x = 0; x < w; x++) {
      let sum = 0;
      for (let k = 0; k <= 2 * radius; k++) sum += kernel[k]! * line[x + k]!;
      rows[y * w + x] = sum / total;
    }
  }
  const out = new Float32Array(w * h);
  const sums = new Float64Array(w);
  for (let y = 0; y < h; y++) {
    sums.fill(0);
    for (let k = 0; k <= 2 * radius; k++) {
      const from = clamp(y + k - radius, h - 1) * w;
      for (let x = 0; x < w; x++) sums[x]! += kernel[k]! * rows[from + x]!;
    }
    for (let x = 0; x < w; x++) out[y * w + x] = sums[x]! / total;
  }
  return out;
}

function clamp(value: number, most: number): number {
  return Math.min(most, Math.max(0, value));
}
