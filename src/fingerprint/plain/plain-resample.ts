/** Plain form of resampling: smoothed as a whole, then interpolated; double precision. */

import type { GreyImage } from '../../core/grey-image.ts';
import { INPUT, WORKING_RESOLUTION_PPI } from '../parameters.ts';

/** The image at 500 ppi, inverted. */
export function plainResample(image: GreyImage): Uint8Array {
  const scale = WORKING_RESOLUTION_PPI / image.resolutionPpi;
  const { widthPx, heightPx } = image;
  const source = scale < INPUT.shrinkBelow ? smooth(image, INPUT.shrinkSigma / scale) : image.pixels;
  const width = Math.round(widthPx * scale);
  const height = Math.round(heightPx * scale);
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
  return values;
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
