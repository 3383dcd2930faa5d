/** Quality of minutiae: the share of the local variance that the filter explains. */

import type { Minutia } from '../minutia.ts';
import { MINUTIAE } from '../parameters.ts';
import type { NormalizedPlane, ResponsePlane } from './planes.ts';

/**
 * The minutiae with their quality, best first, without those too poor for this image. The cut is relative because the
 * level depends on the sensor: an absolute cut of 0.45 ruins capacitive images.
 */
export function rateMinutiae(minutiae: readonly Minutia[], response: ResponsePlane, image: NormalizedPlane): Minutia[] {
  const rated = minutiae.map((m) => ({
    ...m,
    quality: localQuality(response, image, Math.round(m.xPx), Math.round(m.yPx)),
  }));
  rated.sort((a, b) => b.quality - a.quality || a.yPx - b.yPx || a.xPx - b.xPx);
  const upper = rated[Math.floor((1 - MINUTIAE.qualityPercentile) * rated.length)]?.quality ?? 0;
  const least = Math.max(MINUTIAE.minQuality, MINUTIAE.minQualityShare * upper);
  return rated.filter((m) => m.quality >= least).slice(0, MINUTIAE.maxCount);
}

/** sqrt(mean |R|^2 / (2 mean n^2)) over 25 x 25 pixels around (x, y), 0 to 1. */
export function localQuality(response: ResponsePlane, image: NormalizedPlane, x: number, y: number): number {
  const radius = MINUTIAE.qualityRadiusPx;
  const { even, odd, width } = response;
  const { values, stridePx, marginPx } = image;
  const left = Math.max(0, x - radius);
  const right = Math.min(image.widthPx - 1, x + radius);
  const bottom = Math.min(image.heightPx - 1, y + radius);
  let wave = 0;
  let total = 0;
  for (let row = Math.max(0, y - radius); row <= bottom; row++) {
    let p = row * width + left;
    let q = (row + marginPx) * stridePx + marginPx + left;
    for (let column = left; column <= right; column++, p++, q++) {
      const e = even[p]!;
      const o = odd[p]!;
      const n = values[q]!;
      wave += e * e + o * o;
      total += n * n;
    }
  }
  return total > 0 ? Math.min(1, Math.sqrt(wave / (2 * total))) : 0;
}
