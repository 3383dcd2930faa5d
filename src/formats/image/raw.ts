/** Bare pixels: the bytes state nothing, so the caller does. */

import type { GreyImage } from '../../core/grey-image.ts';
import { formatError } from '../format-error.ts';
import { checkDeclaredSize } from './image-limits.ts';

/** What the pixels are. */
export interface RawImageOptions {
  /** Pixels in a line. */
  readonly widthPx: number;
  /** Lines. */
  readonly heightPx: number;
  /** Pixels per inch. */
  readonly resolutionPpi: number;
  /** Most pixels to accept; {@link DEFAULT_MAX_PIXELS} when absent. */
  readonly maxPixels?: number;
}

/**
 * The image, its pixels copied. Throws WHORL_E_MALFORMED unless the bytes are exactly width x height,
 * WHORL_E_LIMIT_EXCEEDED above `maxPixels`, and TypeError without sizes and resolution.
 *
 * @example
 * const image = decodeRaw(frame, { widthPx: 256, heightPx: 360, resolutionPpi: 508 });
 */
export function decodeRaw(bytes: Uint8Array, options: RawImageOptions): GreyImage {
  const { widthPx, heightPx, resolutionPpi, maxPixels } = options;
  const place = { format: 'raw', field: 'pixels', offset: 0 };
  if (!Number.isInteger(widthPx) || !Number.isInteger(heightPx) || !(resolutionPpi > 0)) {
    throw new TypeError('widthPx, heightPx and resolutionPpi must be given');
  }
  checkDeclaredSize(place, widthPx, heightPx, maxPixels);
  if (bytes.length !== widthPx * heightPx) {
    throw formatError('WHORL_E_MALFORMED', place, `are ${bytes.length} bytes, not ${widthPx} x ${heightPx}`);
  }
  return { widthPx, heightPx, resolutionPpi, pixels: new Uint8Array(bytes) };
}
