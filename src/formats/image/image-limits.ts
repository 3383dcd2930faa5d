/** What every image decoder checks before it allocates, and every encoder before it writes. */

import { BiometricError } from '../../core/biometric-error.ts';
import type { GreyImage } from '../../core/grey-image.ts';
import { type FormatPlace, formatError } from '../format-error.ts';
import type { ResolutionOptions } from './choose-resolution.ts';

/** Most pixels an image may declare when the caller sets no other limit: enough for a palm at 1000 ppi. */
export const DEFAULT_MAX_PIXELS = 36_000_000;

/**
 * What a wavelet decoder computes for whatever its file holds, as long as the caller sets no limit: a blank picture of
 * 36 million pixels fits into 653 bytes of WSQ and takes seconds. Beyond a page, data pay for pixels. Prints take one
 * byte for some 10.
 */
const FREE_WAVELET_PIXELS = 2048 * 2048;
const MAX_WAVELET_PIXELS_PER_BYTE = 256;

/** Options of every image decoder. */
export interface DecodeImageOptions extends ResolutionOptions {
  /**
   * Most pixels the image may declare. When absent {@link DEFAULT_MAX_PIXELS}; of WSQ and JPEG 2000 moreover 256 for each
   * byte of the file, and 4,194,304 whatever its size.
   */
  readonly maxPixels?: number;
}

/** Options of what reads one image of several. */
export interface ChosenImageOptions extends DecodeImageOptions {
  /**
   * Which image of several, from 1: of a transaction, a record with several views, a TIFF with several pages, the
   * fingers of a travel document. The first that can be read when absent. {@link fileImages} tells which there are.
   */
  readonly image?: number;
}

/** Checks declared sizes. Throws WHORL_E_MALFORMED when one is zero, WHORL_E_LIMIT_EXCEEDED above the limit. */
export function checkDeclaredSize(place: FormatPlace, widthPx: number, heightPx: number, maxPixels?: number): void {
  if (!(widthPx > 0 && heightPx > 0)) throw formatError('WHORL_E_MALFORMED', place, 'width or height is zero');
  const limit = maxPixels ?? DEFAULT_MAX_PIXELS;
  if (widthPx * heightPx > limit) {
    throw formatError('WHORL_E_LIMIT_EXCEEDED', place, `declares ${widthPx} x ${heightPx} pixels, limit is ${limit}`);
  }
}

/**
 * Checks the declared size of a picture made of wavelets, in a file of so many bytes. Throws WHORL_E_MALFORMED when a side
 * is zero, WHORL_E_LIMIT_EXCEEDED above the limits of {@link DecodeImageOptions.maxPixels}.
 */
export function checkWaveletSize(
  place: FormatPlace,
  size: Pick<GreyImage, 'widthPx' | 'heightPx'>,
  fileBytes: number,
  maxPixels?: number,
): void {
  const paidFor = Math.max(FREE_WAVELET_PIXELS, fileBytes * MAX_WAVELET_PIXELS_PER_BYTE);
  checkDeclaredSize(place, size.widthPx, size.heightPx, maxPixels ?? Math.min(DEFAULT_MAX_PIXELS, paidFor));
}

/** Checks an image before it is written. Throws E_INVALIDARG when sizes, pixels and resolution disagree. */
export function checkGreyImage(image: GreyImage, maxSidePx = 0xffff_ffff): void {
  const { widthPx, heightPx, resolutionPpi, pixels } = image;
  const legalSide = (side: number) => Number.isInteger(side) && side > 0 && side <= maxSidePx;
  if (!legalSide(widthPx) || !legalSide(heightPx)) {
    throw new BiometricError('E_INVALIDARG', `width and height must be 1..${maxSidePx}`);
  }
  if (!(pixels instanceof Uint8Array) || pixels.length !== widthPx * heightPx) {
    throw new BiometricError('E_INVALIDARG', 'pixels must be width x height bytes');
  }
  if (!(Number.isFinite(resolutionPpi) && resolutionPpi > 0)) {
    throw new BiometricError('E_INVALIDARG', 'resolutionPpi must be above zero');
  }
}

/**
 * Pixels per inch from a count in a file's own unit (2.54 for a count per centimetre, 0.0254 per metre): a whole number
 * when the unit cannot distinguish it from one (197 per centimetre are 500), else two decimals.
 */
export function pixelsPerInch(count: number, unitsPerInch: number): number {
  const exact = count * unitsPerInch;
  const whole = Math.round(exact);
  return Math.abs(exact - whole) <= unitsPerInch / 2 ? whole : Math.round(exact * 100) / 100;
}
