/** Bare pixels: nothing but bytes, so the caller says what they are. */

import type { GreyImage } from '../../core/grey-image.ts';
import { formatError } from '../format-error.ts';
import { checkDeclaredSize } from './image-limits.ts';

/** What bare pixels are. */
export interface RawImageOptions {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly resolutionPpi: number;
  readonly maxPixels?: number;
}

/** The image. Rejects bytes that are not exactly width x height with WHORL_E_MALFORMED. */
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
