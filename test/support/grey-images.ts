/** Arbitrary small grey images. */

import fc from 'fast-check';
import type { GreyImage } from '../../src/core/grey-image.ts';

export function greyImages(maxSidePx = 24): fc.Arbitrary<GreyImage> {
  return fc
    .record({
      widthPx: fc.integer({ min: 1, max: maxSidePx }),
      heightPx: fc.integer({ min: 1, max: maxSidePx }),
      resolutionPpi: fc.integer({ min: 150, max: 2000 }),
    })
    .chain((shape) =>
      fc
        .uint8Array({ minLength: shape.widthPx * shape.heightPx, maxLength: shape.widthPx * shape.heightPx })
        .map((pixels) => ({ ...shape, pixels })),
    );
}

/** A ramp with some texture, the same in every run. */
export function sampleImage(widthPx = 16, heightPx = 12, resolutionPpi = 500): GreyImage {
  const pixels = Uint8Array.from({ length: widthPx * heightPx }, (_, i) => {
    const [x, y] = [i % widthPx, Math.floor(i / widthPx)];
    return Math.round(128 + 60 * Math.sin(x / 1.4 + y / 5) + 50 * Math.cos(y / 1.9 - x / 7)) & 255;
  });
  return { widthPx, heightPx, resolutionPpi, pixels };
}
